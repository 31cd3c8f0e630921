import { Button, Progress } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudOff,
  IconCloudUp,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SyncState } from '#shared/contracts/sync.ts';
import { formatAgo, formatDate, formatDateTime, formatInteger } from '../../app/format.ts';
import { notifyError } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { useSession } from '../../app/session.ts';
import { ManyDeletions } from './ManyDeletions.tsx';
import classes from './Sync.module.css';
import { type StateAction, stateLine } from './state-line.ts';

const iconOf = (state: SyncState, tone: string) => {
  if (tone === 'risk' || tone === 'soon') return IconAlertTriangle;
  if (!state.connected || state.problem?.code === 'offline') return IconCloudOff;
  if (tone === 'busy') return IconRefresh;
  return state.waiting > 0 ? IconCloudUp : IconCircleCheck;
};

/** How sync stands in one sentence, the one action that helps, and the facts around it. */
export const StatePanel = ({ state }: { state: SyncState }) => {
  const { t } = useTranslation('sync');
  const isDemo = useSession((session) => session.status?.demo === true);
  const { words, count, tone, action } = stateLine(state, isDemo);
  const Icon = iconOf(state, tone);
  return (
    <section className={classes.state} data-tone={tone} data-testid="sync-state">
      <div className={classes.sentence}>
        <Icon size={20} stroke={1.6} aria-hidden />
        <p role="status">{t(`state.${words}`, { count })}</p>
        <Act action={action} />
      </div>
      {state.problem?.code === 'many_deletions' && <ManyDeletions params={state.problem.params} />}
      {state.progress && <Steps progress={state.progress} />}
      <Facts state={state} />
    </section>
  );
};

const Act = ({ action }: { action: StateAction }) => {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  const now = useBookCommand('sync.now');
  if (action === null) return null;
  if (action === 'connect' || action === 'signIn')
    return (
      <Button size="compact-sm" onClick={() => void navigate('/settings/server')}>
        {t(action)}
      </Button>
    );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={now.isPending}
      onClick={() => now.mutate({}, { onError: notifyError })}
    >
      {t(action)}
    </Button>
  );
};

/** How far a long work of sync is. */
export const Steps = ({ progress }: { progress: NonNullable<SyncState['progress']> }) => {
  const { t } = useTranslation('sync');
  const { phase, done, total } = progress;
  const label = t(`progress.${phase}`);
  return (
    <div className={classes.progress}>
      <div className={classes.step}>
        <span>{label}</span>
        <span className="tnum muted">
          {total === null
            ? formatInteger(done)
            : t('progress.of', { done: formatInteger(done), total: formatInteger(total) })}
        </span>
      </div>
      <Progress
        size="sm"
        value={total ? Math.min(100, (100 * done) / total) : 100}
        animated={!total}
        transitionDuration={100}
        aria-label={label}
      />
      {(phase === 'customers' || phase === 'rest') && <p className="muted">{t('progress.usable')}</p>}
    </div>
  );
};

const MINUTE_MS = 60_000;

const Facts = ({ state }: { state: SyncState }) => {
  const { t } = useTranslation('sync');
  const { server, user, bookName, lastSyncAt, lastBackupAt, retryAt, clockOffMs, lease } = state;
  const facts: [string, string, string?][] = [];
  if (server) facts.push([t('facts.server'), server.name, server.url]);
  if (user) facts.push([t('facts.user'), user.name, user.username]);
  if (bookName) facts.push([t('facts.book'), bookName]);
  if (state.connected)
    facts.push([
      t('facts.lastSync'),
      lastSyncAt ? formatAgo(lastSyncAt) : t('facts.never'),
      lastSyncAt ? formatDateTime(lastSyncAt) : undefined,
    ] as [string, string, string?]);
  facts.push([
    t('facts.backup'),
    lastBackupAt ? formatAgo(lastBackupAt) : t('facts.noBackup'),
    lastBackupAt ? formatDateTime(lastBackupAt) : undefined,
  ] as [string, string, string?]);
  const hints: string[] = [];
  if (state.problem && retryAt) hints.push(t('facts.retryAt', { when: formatAgo(retryAt) }));
  if (clockOffMs !== null)
    hints.push(
      t(clockOffMs > 0 ? 'facts.clockAhead' : 'facts.clockBehind', {
        count: Math.max(1, Math.round(Math.abs(clockOffMs) / MINUTE_MS)),
      }),
    );
  if (lease && (state.problem || lease.state !== 'ok'))
    hints.push(
      t(lease.state === 'ok' ? 'facts.lease' : 'facts.leaseOver', { date: formatDate(lease.until) }),
    );
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value, title]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={title}>{value}</dd>
          </div>
        ))}
      </dl>
      {hints.map((hint) => (
        <p key={hint} className={classes.hint}>
          {hint}
        </p>
      ))}
    </>
  );
};
