import type { SyncState } from '#shared/contracts/sync.ts';
import { useBookQuery } from '../../app/queries.ts';

const EVERY_MS = 30_000;

/** The state of sync; told anew by the data process at every change, and looked at again now and then for its times. */
export const useSyncState = (): SyncState | undefined =>
  useBookQuery('sync.state', {}, { refetchInterval: EVERY_MS }).data;
