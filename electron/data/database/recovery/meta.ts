import { v7 as uuid } from 'uuid';
import { type ReadableDb, read, type WritableDb, write } from '../connection.ts';

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
const newClientId = (): string => uuid().slice(-12);

/** Gives the database its identity. `renewed` is true for one that comes from a backup or was made anew. */
export const identify = (
  db: WritableDb,
  known: { bookId?: string | undefined; renewed: boolean; demo: boolean },
): { bookId: string; clientId: string } => {
  const bookId = metaOf(db, 'bookId') ?? known.bookId ?? uuid();
  const clientId = (!known.renewed && metaOf(db, 'clientId')) || newClientId();
  setMeta(db, 'bookId', bookId);
  setMeta(db, 'clientId', clientId);
  if (known.demo) setMeta(db, 'demo', '1');
  return { bookId, clientId };
};

/** Newest journal entry that the database holds. */
export const knownSequence = (db: ReadableDb): number =>
  read<{ n: number }>(
    db,
    'SELECT journal_seq AS n FROM audit_event ORDER BY audit_event.n DESC LIMIT 1',
  ).get()?.n ?? 0;
