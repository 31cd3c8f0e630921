import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SyncStatus } from '../features/sync/SyncStatus.tsx';
import { formatAgo, formatInteger } from './format.ts';
import { useBookQuery } from './queries.ts';
import classes from './StatusBar.module.css';
import { useSession } from './session.ts';

const DRAFTS_EVERY_MS = 3_000;

/** One line at the foot: what works, what waits, when the last backup was made, and whether this is the demo. */
export const StatusBar = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const status = useSession((session) => session.status);
  const { data } = useBookQuery('book.state', {});
  // drafts are kept several times a second; nobody needs to hear of each
  const drafts =
    useBookQuery('draft.list', {}, { refetchInterval: DRAFTS_EVERY_MS }).data?.drafts.length ?? 0;
  return (
    <footer className={classes.bar}>
      <SyncStatus />
      {drafts > 0 && <span className="tnum">{t('status.drafts', { count: drafts })}</span>}
      {data && (
        <UnstyledButton className={classes.link} onClick={() => void navigate('/settings/backups')}>
          {data.lastBackupAt
            ? t('status.backup', { ago: formatAgo(data.lastBackupAt) })
            : t('status.noBackup')}
        </UnstyledButton>
      )}
      {data && data.review > 0 && (
        <UnstyledButton className={classes.alert} onClick={() => void navigate('/settings/backups')}>
          {t('status.review', { count: data.review })}
        </UnstyledButton>
      )}
      <span className={classes.space} />
      {data && (
        <span className="tnum muted">
          {t('status.customers', { count: data.customers, shown: formatInteger(data.customers) })}
        </span>
      )}
      {status?.demo && (
        <UnstyledButton className={classes.demo} onClick={() => void navigate('/settings/data')}>
          {t('status.demo')}
        </UnstyledButton>
      )}
    </footer>
  );
};
