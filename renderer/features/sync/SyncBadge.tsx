import { useTranslation } from 'react-i18next';
import { CountBadge } from '../../ui/CountBadge.tsx';
import { toDecide } from './state-line.ts';
import { useSyncState } from './useSyncState.ts';

/** How many refused changes and conflicts wait for a decision, at the entry of 同步. */
export const SyncBadge = () => {
  const { t } = useTranslation('sync');
  const state = useSyncState();
  const count = state ? toDecide(state) : 0;
  return <CountBadge count={count} label={t('status.badge', { count })} />;
};
