import { type ReadableDb, read } from './connection.ts';
import { knownSequence } from './recovery/meta.ts';

/** Newest journal entry of which the server has acknowledged everything, and everything before it. */
export const acknowledgedSequence = (db: ReadableDb): number => {
  const oldest = read<{ n: number }>(
    db,
    `SELECT a.journal_seq AS n FROM audit_event a
     WHERE a.command_id = (SELECT c.command_id FROM change c WHERE c.seq = (SELECT change_seq FROM outbox ORDER BY n LIMIT 1))`,
  ).get();
  return oldest ? oldest.n - 1 : knownSequence(db);
};
