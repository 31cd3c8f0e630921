import { Button, Checkbox, Group, Modal, Radio, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { formatInteger, toPlainDate } from '../../app/format.ts';
import { i18n, languageOf } from '../../app/i18n.ts';
import { useJob } from '../../app/jobs.ts';
import { notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import classes from './ExportDialog.module.css';
import { askedView, shownColumns, useTable } from './table-store.ts';

interface Props {
  opened: boolean;
  total: number;
  onClose(): void;
}
type Format = 'xlsx' | 'csv';

const PURPOSE = { xlsx: 'exportXlsx', csv: 'exportCsv' } as const;

/** Writes the chosen customers, or all of the view, into a file: the columns and the order of the table. */
export const ExportDialog = ({ opened, total, onClose }: Props) => {
  const { t } = useTranslation('customers');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('export.title')}
      size={440}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <ExportForm total={total} onClose={onClose} />
    </Modal>
  );
};

const ExportForm = ({ total, onClose }: Omit<Props, 'opened'>) => {
  const { t } = useTranslation('customers');
  const chosen = useTable((table) => table.selection.ids);
  const [which, setWhich] = useState<'chosen' | 'all'>(chosen.size > 0 ? 'chosen' : 'all');
  const [format, setFormat] = useState<Format>('xlsx');
  const [bom, setBom] = useState(true);
  const [job, setJob] = useState<{ id: string; file: string; name: string } | null>(null);
  const state = useJob(job?.id ?? null);
  const count = which === 'chosen' ? chosen.size : total;
  const written = state?.state === 'done' ? job?.file : undefined;
  useEffect(() => {
    if (written) shell('shell.showFile', { file: written }).catch(notifyError);
  }, [written]);

  const start = async (): Promise<void> => {
    try {
      const suggested = `${t('export.fileName', { date: toPlainDate(new Date()) })}.${format}`;
      const file = await shell('shell.chooseSave', { purpose: PURPOSE[format], suggested });
      if (!file) return;
      const table = useTable.getState();
      const { jobId } = await call(
        'export.customers',
        {
          file: file.file,
          format,
          view: askedView(table.view, shownColumns(table)),
          ...(which === 'chosen' && { ids: [...chosen] }),
          bom,
          language: languageOf(i18n.language),
        },
        uuid(),
      );
      setJob({ id: jobId, file: file.file, name: file.name });
    } catch (error) {
      notifyError(error);
    }
  };

  if (job) {
    const finished = state !== undefined && state.state !== 'running';
    return (
      <div className={classes.form}>
        <JobProgress
          job={state}
          label={t('export.running', { name: job.name })}
          doneLabel={t('export.done', { name: job.name, count, shown: formatInteger(count) })}
        />
        <Group justify="flex-end" gap="xs">
          {state?.state === 'done' && (
            <Button
              variant="default"
              onClick={() => void shell('shell.showFile', { file: job.file }).catch(notifyError)}
            >
              {t('common:action.showFolder')}
            </Button>
          )}
          {finished && state.state !== 'done' && (
            <Button variant="default" onClick={() => setJob(null)}>
              {t('common:action.back')}
            </Button>
          )}
          <Button disabled={!finished} onClick={onClose} data-autofocus>
            {t('common:action.done')}
          </Button>
        </Group>
      </div>
    );
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Radio.Group value={which} onChange={(value) => setWhich(value === 'chosen' ? 'chosen' : 'all')}>
        <Radio
          value="chosen"
          disabled={chosen.size === 0}
          label={t('export.chosen', { count: chosen.size, shown: formatInteger(chosen.size) })}
        />
        <Radio mt={8} value="all" label={t('export.all', { count: total, shown: formatInteger(total) })} />
      </Radio.Group>
      <SegmentedControl
        value={format}
        onChange={(value) => setFormat(value === 'csv' ? 'csv' : 'xlsx')}
        data={[
          { value: 'xlsx', label: t('export.xlsx') },
          { value: 'csv', label: t('export.csv') },
        ]}
        aria-label={t('export.format')}
      />
      <Checkbox
        checked={bom}
        disabled={format !== 'csv'}
        onChange={(event) => setBom(event.currentTarget.checked)}
        label={t('export.bom')}
      />
      <p className={classes.note}>{t('export.note')}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
        <Button type="submit" disabled={count === 0} data-autofocus>
          {t('export.choose')}
        </Button>
      </Group>
    </form>
  );
};
