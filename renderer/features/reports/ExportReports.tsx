import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  Progress,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { ReportSelection } from '#shared/contracts/book.ts';
import type { JobState } from '#shared/contracts/envelope.ts';
import { REPORT_COLUMNS } from '#shared/presentation/report-columns.ts';
import { call, onDataEvent } from '../../app/data-client.ts';
import type { Language } from '../../app/i18n.ts';
import { errorText, notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';

type Format = 'pdf' | 'xlsx' | 'csv';
const PURPOSE = { pdf: 'exportPdf', xlsx: 'exportXlsx', csv: 'exportCsv' } as const;

interface Props {
  selection: ReportSelection;
  /** Suggested name of the file, without its ending. */
  name: string;
  opened: boolean;
  onClose(): void;
}

type Step =
  | { at: 'choose' }
  | { at: 'running'; jobId: string | null; printId: string | null; job: JobState | null }
  | { at: 'done'; file: string; words: string }
  | { at: 'failed'; words: string };

/** Exports reports as PDF, XLSX or CSV with progress and cancel; the folder opens at the end. */
export const ExportReports = ({ selection, name, opened, onClose }: Props) => {
  const { t, i18n } = useTranslation('reports');
  const [format, setFormat] = useState<Format>('pdf');
  const [bom, setBom] = useState(true);
  /** Empty for all columns. */
  const [columns, setColumns] = useState<string[]>([]);
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (opened) setStep({ at: 'choose' });
  }, [opened]);
  const written = step.at === 'done' ? step.file : null;
  useEffect(() => {
    if (written) shell('shell.showFile', { file: written }).catch(notifyError);
  }, [written]);
  useEffect(
    () =>
      onDataEvent((event) => {
        if (event.event !== 'job') return;
        setStep((former) => {
          if (former.at !== 'running' || former.jobId !== event.job.id) return former;
          if (event.job.state === 'done') return { at: 'done', file: target ?? '', words: t('exported') };
          if (event.job.state === 'cancelled') return { at: 'choose' };
          if (event.job.state === 'failed')
            return { at: 'failed', words: t(`errors:${event.job.error?.code ?? 'internal'}`) };
          return { ...former, job: event.job };
        });
      }),
    [t, target],
  );
  const run = async (): Promise<void> => {
    try {
      const chosen = await shell('shell.chooseSave', {
        purpose: PURPOSE[format],
        suggested: `${name}.${format}`,
      });
      if (!chosen) return;
      setTarget(chosen.file);
      const language = i18n.language as Language;
      if (format === 'pdf') {
        const jobId = uuid();
        setStep({ at: 'running', jobId: null, printId: jobId, job: null });
        const { pages, reports } = await shell('shell.printReports', {
          file: chosen.file,
          selection,
          language,
          jobId,
        });
        setStep({ at: 'done', file: chosen.file, words: t('exportedPdf', { count: reports, pages }) });
      } else {
        const { jobId } = await call('export.reports', {
          file: chosen.file,
          format,
          selection,
          bom,
          ...(columns.length > 0 && { columns: REPORT_COLUMNS.filter((key) => columns.includes(key)) }),
          language,
        });
        setStep({ at: 'running', jobId, printId: null, job: null });
        const now = await call('job.get', { id: jobId });
        if (now.state === 'done') setStep({ at: 'done', file: chosen.file, words: t('exported') });
      }
    } catch (error) {
      setStep({ at: 'failed', words: errorText(error) });
    }
  };
  const cancel = (): void => {
    if (step.at !== 'running') return;
    if (step.jobId) void call('job.cancel', { id: step.jobId });
    if (step.printId) void shell('shell.cancelPrint', { jobId: step.printId });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('exportTitle')}
      closeOnClickOutside={step.at !== 'running'}
    >
      {step.at === 'choose' && (
        <Stack gap="sm">
          <SegmentedControl
            value={format}
            onChange={(value) => setFormat(value as Format)}
            data={[
              { value: 'pdf', label: 'PDF' },
              { value: 'xlsx', label: 'Excel' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
          <Text size="sm" c="dimmed">
            {t(`format.${format}`)}
          </Text>
          {format !== 'pdf' && (
            <MultiSelect
              label={t('columns')}
              placeholder={columns.length === 0 ? t('allColumns') : undefined}
              clearable
              searchable
              data={REPORT_COLUMNS.map((key) => ({ value: key, label: t(`documents:field.${key}`) }))}
              value={columns}
              onChange={setColumns}
            />
          )}
          {format === 'csv' && (
            <Checkbox
              label={t('bom')}
              checked={bom}
              onChange={(event) => setBom(event.currentTarget.checked)}
            />
          )}
          <Group>
            <Button onClick={() => void run()} data-autofocus>
              {t('exportDo')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
          </Group>
        </Stack>
      )}
      {step.at === 'running' && (
        <Stack gap="sm">
          <Progress
            value={step.job?.total ? (100 * step.job.done) / step.job.total : 20}
            animated={!step.job?.total}
            aria-label={t('exportTitle')}
          />
          <Button variant="default" w="fit-content" onClick={cancel}>
            {t('common:action.cancel')}
          </Button>
        </Stack>
      )}
      {step.at === 'done' && (
        <Stack gap="sm">
          <Text role="status">{step.words}</Text>
          <Group>
            <Button
              onClick={() => void shell('shell.showFile', { file: step.file }).catch(notifyError)}
              data-autofocus
            >
              {t('common:action.showFolder')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('common:action.close')}
            </Button>
          </Group>
        </Stack>
      )}
      {step.at === 'failed' && (
        <Stack gap="sm">
          <Text c="red" role="alert">
            {step.words}
          </Text>
          <Button w="fit-content" onClick={() => setStep({ at: 'choose' })}>
            {t('common:action.retry')}
          </Button>
        </Stack>
      )}
    </Modal>
  );
};
