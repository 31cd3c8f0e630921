import { type WritableDb, write } from '../database/connection.ts';

/** What sync did that a person may ask about; words under `sync.event.*`. */
export type SyncEventKind =
  | 'connected'
  | 'signedOut'
  | 'snapshot'
  | 'resnapshot'
  | 'round'
  | 'refused'
  | 'conflict'
  | 'granted'
  | 'purged'
  | 'restoredServer'
  | 'newClient'
  | 'deletionsStopped'
  | 'deletionsApplied'
  | 'tooLarge';

const KEPT = 2_000;

/** Writes a line of sync's own history, in a transaction of the caller or alone. */
export const noteEvent = (
  db: WritableDb,
  at: string,
  kind: SyncEventKind,
  params: Record<string, string | number> = {},
): void => {
  write(db, 'INSERT INTO sync_event (at, kind, params) VALUES (?, ?, ?)').run(
    at,
    kind,
    JSON.stringify(params),
  );
  write(db, `DELETE FROM sync_event WHERE n <= (SELECT max(n) FROM sync_event) - ${KEPT}`).run();
};
