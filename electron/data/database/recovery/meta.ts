import { v7 as uuid } from 'uuid';
import { type ReadableDb, read, type WritableDb, write } from '../connection.ts';

/** Key of the newest stamp met in what came from the server. */
export const NEWEST_STAMP = 'sync.newestStamp';
/** Key of the milliseconds the server's clock is ahead of this computer's. */
export const CLOCK_OFFSET = 'sync.clockOffset';

/** What the database says about itself. */
export const metaOf = (db: ReadableDb, key: string): string | undefined =>
  read<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(key)?.value;

export const setMeta = (db: WritableDb, key: string, value: string): void => {
  write(
    db,
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
};

/** A client that never was: stamps and mutation numbers of a restored database must not meet those it made before. */
export const newClientId = (): string => uuid().slice(-12);

/** Takes away what only one client may be; the next start sees that the database comes from a backup. */
export const forgetClient = (db: WritableDb): void => {
  write(db, `DELETE FROM meta WHERE key = 'clientId'`).run();
};

/** Newest journal entry that the database holds. */
export const knownSequence = (db: ReadableDb): number =>
  read<{ n: number }>(
    db,
    'SELECT journal_seq AS n FROM audit_event ORDER BY audit_event.n DESC LIMIT 1',
  ).get()?.n ?? 0;
