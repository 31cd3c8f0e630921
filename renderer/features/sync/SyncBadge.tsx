import { useTranslation } from 'react-i18next';
import classes from './SyncBadge.module.css';
import { toDecide } from './state-line.ts';
import { useSyncState } from './useSyncState.ts';

const MOST = 99;

/** How many refused changes and conflicts wait for a decision, at the entry of 同步. */
export const SyncBadge = () => {
  const { t } = useTranslation('sync');
  const state = useSyncState();
  const count = state ? toDecide(state) : 0;
  if (count === 0) return null;
  return (
    <span className={classes.badge} role="img" aria-label={t('status.badge', { count })}>
      {count > MOST ? `${MOST}+` : count}
    </span>
  );
};
