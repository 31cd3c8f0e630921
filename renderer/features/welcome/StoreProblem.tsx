import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import { notifyError } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';
import { useReady } from '../../app/useReady.ts';
import classes from './Door.module.css';
import { Protect } from './Protect.tsx';
import { useCreateBook } from './useCreateBook.ts';

/** The store cannot be opened: what happened, what it means for the data, and every way on. Deleting is none of them. */
export const StoreProblem = () => {
  const { t } = useTranslation('welcome');
  useReady('problem');
  const status = useSession((session) => session.status);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  const createOwn = useCreateBook();
  const [anew, setAnew] = useState(false);
  if (anew) return <Protect onBack={() => setAnew(false)} onDone={createOwn} />;
  const backups = status?.backups ?? [];
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('problem.title')}</h1>
        </div>
        <p className={classes.lead} data-testid="store-problem">
          {t(`errors:${status?.error ?? 'internal'}`)} {t('problem.safe')}
        </p>
        <Group mb="lg">
          <Button loading={busy} onClick={() => void run(() => shell('shell.retryOpen', {}))}>
            {t('common:action.retry')}
          </Button>
          <Button variant="default" onClick={() => void run(() => shell('shell.openDataFolder', {}))}>
            {t('problem.openFolder')}
          </Button>
          {status?.error === 'keys_unreadable' && (
            <Button variant="default" onClick={() => setAnew(true)}>
              {t('problem.anew')}
            </Button>
          )}
        </Group>
        {backups.length > 0 && (
          <>
            <h2>{t('problem.backups')}</h2>
            <Table>
              <Table.Tbody>
                {backups.slice(0, 8).map((backup) => (
                  <Table.Tr key={backup.name}>
                    <Table.Td>{formatDateTime(backup.at)}</Table.Td>
                    <Table.Td className="muted">{formatAgo(backup.at)}</Table.Td>
                    <Table.Td className="muted tnum">{(backup.bytes / 1_048_576).toFixed(1)} MB</Table.Td>
                    <Table.Td>
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={busy}
                        onClick={() => void run(() => shell('shell.restoreBackup', { name: backup.name }))}
                      >
                        {t('problem.restore')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </>
        )}
      </main>
    </div>
  );
};
