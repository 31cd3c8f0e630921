import { UnstyledButton } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SyncState } from '#shared/contracts/sync.ts';
import { formatAgo, formatInteger } from '../../app/format.ts';
import classes from '../../app/StatusBar.module.css';
import { isBusy, stateLine } from './state-line.ts';
import { useSyncState } from './useSyncState.ts';

/** 已同步 2 分钟前 · 正在同步 · 没有网络 */
const stateWords = (t: TFunction<'sync'>, state: SyncState, online: boolean): string => {
  const offline = !online || state.problem?.code === 'offline';
  if (!state.connected) return t(online ? 'status.local' : 'status.offline');
  if (isBusy(state)) return t('status.busy');
  const { tone } = stateLine(state, false);
  if (state.problem && tone !== 'calm') return t('status.problem');
  if (offline || !state.lastSyncAt) return t(offline ? 'status.offline' : 'status.local');
  return t('status.synced', { ago: formatAgo(state.lastSyncAt) });
};

/** State of sync and its three counts at the foot; each opens its list. */
export const SyncStatus = () => {
  const { t } = useTranslation('sync');
  const { online } = useNetwork();
  const navigate = useNavigate();
  const state = useSyncState();
  if (!state) return <span>{t(online ? 'status.local' : 'status.offline')}</span>;
  const { waiting, refused, conflicts } = state;
  const isPressing = state.problem !== null && stateLine(state, false).tone !== 'calm';
  return (
    <>
      <UnstyledButton
        className={isPressing ? classes.alert : classes.link}
        onClick={() => void navigate('/sync')}
      >
        {stateWords(t, state, online)}
      </UnstyledButton>
      <UnstyledButton className={`${classes.link} tnum`} onClick={() => void navigate('/sync/waiting')}>
        {t('common:status.waiting', { count: waiting, shown: formatInteger(waiting) })}
      </UnstyledButton>
      {(['refused', 'conflicts'] as const).map((name) => {
        const count = name === 'refused' ? refused : conflicts;
        return (
          count > 0 && (
            <UnstyledButton
              key={name}
              className={`${classes.alert} tnum`}
              onClick={() => void navigate(`/sync/${name}`)}
            >
              {t(`status.${name}`, { count, shown: formatInteger(count) })}
            </UnstyledButton>
          )
        );
      })}
    </>
  );
};
