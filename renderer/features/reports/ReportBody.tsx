import { Badge, Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Output } from '#shared/contracts/registry.ts';
import { call } from '../../app/data-client.ts';
import { formatDateTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { ReportSheet } from '../../print/report/ReportSheet.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { MarksOf } from '../history/marks.tsx';
import { ExportReports } from './ExportReports.tsx';
import { ReportEditor } from './ReportEditor.tsx';
import classes from './Reports.module.css';
import { SignReport } from './SignReport.tsx';

interface Props {
  id: string;
  /** Another version was made or chosen. */
  onOther(id: string): void;
}

/** A report: edited while it is a draft, shown as it prints once it is signed. */
export const ReportBody = ({ id, onOther }: Props) => {
  const { t } = useTranslation('reports');
  const { data: report, error } = useBookQuery('report.get', { id });
  const [signing, setSigning] = useState(false);
  const flush = useRef<(() => Promise<void>) | null>(null);
  const [exporting, setExporting] = useState(false);
  if (error) return <EmptyState text={t(`errors:${error.code}`)} />;
  if (!report) return null;
  return (
    <div>
      <div className={classes.bar}>
        <Badge
          variant="light"
          color={report.state === 'signed' ? 'green' : 'gray'}
          leftSection={report.state === 'signed' && <IconLock size={12} />}
        >
          {t(`vocabulary:reportState.${report.state}`)} · {t('version', { n: report.version })}
        </Badge>
        {report.signedAt && (
          <span className="muted">
            {t('signedBy', { name: report.signedBy ?? '', at: formatDateTime(report.signedAt) })}
          </span>
        )}
        <MarksOf recordIds={[report.id]}>
          <RecordMark id={report.id} />
        </MarksOf>
        <Group gap={8} ml="auto">
          <HistoryButton entity="visitReport" id={report.id} label={report.title} />
          <ReportMenu report={report} onOther={onOther} />
          <Button size="xs" variant="default" onClick={() => setExporting(true)}>
            {t('common:action.export')}
          </Button>
          {report.state === 'draft' && (
            <Button size="xs" onClick={() => setSigning(true)}>
              {t('sign')}
            </Button>
          )}
        </Group>
      </div>
      {report.state === 'draft' ? (
        <ReportEditor key={report.id} report={report} flushBy={flush} />
      ) : (
        <div className={classes.paper}>
          <ReportSheet report={report} />
        </div>
      )}
      <SignReport
        report={report}
        before={() => flush.current?.()}
        opened={signing}
        onClose={() => setSigning(false)}
      />
      <ExportReports
        selection={{ ids: [report.id] }}
        opened={exporting}
        onClose={() => setExporting(false)}
        name={`${report.customerName}-${report.visitedAt.slice(0, 10)}`}
      />
    </div>
  );
};

const ReportMenu = ({ report, onOther }: { report: Output<'report.get'>; onOther(id: string): void }) => {
  const { t } = useTranslation('reports');
  const run = async (
    work: () => Promise<{ commandId: string }>,
    words: string,
    after?: () => void,
  ): Promise<void> => {
    try {
      const { commandId } = await work();
      after?.();
      notifyDone(words, commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const newId = uuid();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
          {t('common:action.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {report.versions.length > 1 && <Menu.Label>{t('versions')}</Menu.Label>}
        {report.versions.length > 1 &&
          report.versions.map((version) => (
            <Menu.Item
              key={version.id}
              disabled={version.id === report.id}
              onClick={() => onOther(version.id)}
            >
              {t('version', { n: version.version })} · {t(`vocabulary:reportState.${version.state}`)}
            </Menu.Item>
          ))}
        {report.state === 'signed' ? (
          <Menu.Item
            onClick={() =>
              void run(
                () => call('report.correct', { id: report.id, newId }),
                t('corrected'),
                () => onOther(newId),
              )
            }
          >
            {t('correct')}
          </Menu.Item>
        ) : (
          <Menu.Item
            color="red"
            onClick={() => void run(() => call('report.remove', { id: report.id }), t('removed'))}
          >
            {t('common:action.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
