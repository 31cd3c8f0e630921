import type { Foundation } from './damaged.ts';
import type { Replay } from './replay.ts';

/** What recovery did at this start: a locale key of `today` and its counts. */
export interface Recovery {
  key: string;
  params: Record<string, string | number>;
}

/** What to tell the user; null when nothing happened that matters to a person. */
export const recoveryOf = (
  { from, backupAt }: Pick<Foundation, 'from' | 'backupAt'>,
  { replayed, review }: Replay,
  lost: number,
): Recovery | null => {
  const params = { replayed, review, lost, ...(backupAt && { backupAt }) };
  const partly = review + lost > 0 ? 'Partly' : '';
  if (from === 'backup') return { key: `recovery.restored${partly}`, params };
  if (from === 'journal') return { key: `recovery.rebuilt${partly}`, params };
  if (partly) return { key: 'recovery.replayedPartly', params };
  return replayed > 0 ? { key: 'recovery.replayed', params } : null;
};
