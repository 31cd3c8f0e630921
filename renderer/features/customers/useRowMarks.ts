import { useDebouncedValue } from '@mantine/hooks';
import type { Marks } from '../history/mark-index.ts';
import { useMarks } from '../history/marks.tsx';
import { useSyncState } from '../sync/useSyncState.ts';

const REST_MS = 200;

/** What is disputed on the customers in sight and below them. Nothing is asked while nothing is disputed anywhere. */
export const useRowMarks = (ids: readonly (string | undefined)[]): Marks => {
  const state = useSyncState();
  const disputes = (state?.refused ?? 0) + (state?.conflicts ?? 0);
  const [rested] = useDebouncedValue(ids.filter(Boolean).join(' '), REST_MS);
  return useMarks({ recordIds: disputes > 0 && rested !== '' ? rested.split(' ') : [] });
};
