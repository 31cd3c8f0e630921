import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../app/data-client.ts';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { shell } from '../../app/shell-client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Settings.module.css';

/** Verified backups, going back to one, and journal entries that wait for a person. */
export const BackupsSection = () => {
  const { t } = useTranslation('settings');
  const { data } = useBookQuery('backup.list', {});
  const backup = useBookCommand('backup.now');
  const [restoring, setRestoring] = useState(false);
  const now = async (): Promise<void> => {
    try {
      await backup.mutateAsync({});
      notifyDone(t('backups.made'));
    } catch (error) {
      notifyError(error);
    }
  };
  const restore = async (name: string): Promise<void> => {
    setRestoring(true);
    try {
      await shell('shell.restoreBackup', { name });
      notifyDone(t('backups.restored'));
    } catch (error) {
      notifyError(error);
    } finally {
      setRestoring(false);
    }
  };
  return (
    <div className={classes.stack}>
      <Review />
      <p className={classes.note}>{t('backups.text')}</p>
      <Group>
        <Button loading={backup.isPending} onClick={() => void now()}>
          {t('backups.now')}
        </Button>
      </Group>
      {data?.backups.length === 0 && <EmptyState text={t('backups.empty')} />}
      <Table verticalSpacing={6} fz={13}>
        <Table.Tbody>
          {data?.backups.map((one) => (
            <Table.Tr key={one.name}>
              <Table.Td className="tnum">{formatDateTime(one.at)}</Table.Td>
              <Table.Td className="muted">{formatAgo(one.at)}</Table.Td>
              <Table.Td>{t(`backups.reason.${one.reason}`)}</Table.Td>
              <Table.Td className="muted tnum">{(one.bytes / 1_048_576).toFixed(1)} MB</Table.Td>
              <Table.Td>{t(one.verified ? 'backups.verified' : 'backups.unverified')}</Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={restoring}
                  onClick={() => void restore(one.name)}
                >
                  {t('backups.restore')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/** Changes from the journal that no longer fitted: nothing is dropped before somebody has looked. */
const Review = () => {
  const { t } = useTranslation('settings');
  const { data } = useBookQuery('review.list', {});
  const settle = async (id: string, how: 'apply' | 'discard'): Promise<void> => {
    try {
      const { commandId } = await call('review.settle', { id, how });
      notifyDone(t('review.settled'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  if (!data || data.entries.length === 0) return null;
  return (
    <section style={{ width: '100%' }}>
      <h3>{t('review.title')}</h3>
      <p className={classes.note}>{t('review.text')}</p>
      {data.entries.map((entry) => (
        <div key={entry.id} className={classes.review}>
          <strong>{entry.command}</strong> <span className="muted">{formatDateTime(entry.at)}</span>
          <pre>{entry.content}</pre>
          <Group gap={8}>
            <Button size="compact-sm" onClick={() => void settle(entry.id, 'apply')}>
              {t('review.apply')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => void settle(entry.id, 'discard')}>
              {t('review.discard')}
            </Button>
          </Group>
        </div>
      ))}
    </section>
  );
};
