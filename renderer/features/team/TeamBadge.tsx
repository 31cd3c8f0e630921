import { useTranslation } from 'react-i18next';
import type { HandoverView } from '#shared/contracts/team.ts';
import { useBookQuery } from '../../app/queries.ts';
import { CountBadge } from '../../ui/CountBadge.tsx';

const LOOK_EVERY_MS = 2 * 60_000;

const waitsForMe = ({ mySide, doneAt, cancelledAt, fromConfirmedAt, toConfirmedAt }: HandoverView): boolean =>
  doneAt === null &&
  cancelledAt === null &&
  (mySide === 'from' ? fromConfirmedAt === null : mySide === 'to' && toConfirmedAt === null);

/** How many handovers wait for my word, at the entry of 团队. */
export const TeamBadge = () => {
  const { t } = useTranslation('team');
  const connected = useBookQuery('sync.state', {}).data?.connected === true;
  const { data } = useBookQuery('team.handovers', {}, { enabled: connected, refetchInterval: LOOK_EVERY_MS });
  const count = data?.handovers.filter(waitsForMe).length ?? 0;
  return <CountBadge count={count} label={t('badge', { count })} />;
};
