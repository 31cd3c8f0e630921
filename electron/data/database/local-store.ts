import type { LocalStore } from './book.ts';
import { read, type WritableDb, write } from './connection.ts';
import { type LocalJournal, type LocalRecord, openLocalJournal, readLocal } from './journal/local-journal.ts';

type Local = Omit<LocalRecord, 'kind'>;

const apply = (db: WritableDb, { table, key, value, at }: Local): void => {
  if (value === null) write(db, `DELETE FROM ${table} WHERE key = ?`).run(key);
  else if (table === 'draft')
    write(
      db,
      `INSERT INTO draft (key, value, saved_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at`,
    ).run(key, value, at);
  else
    write(
      db,
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(key, value);
};

const everything = (db: WritableDb): Local[] => [
  ...read<Local>(db, `SELECT 'setting' AS "table", key, value, '' AS at FROM setting`).all(),
  ...read<Local>(db, `SELECT 'draft' AS "table", key, value, saved_at AS at FROM draft`).all(),
];

/** What is typed and set, in the database alone: for tests that need no journal. */
export const plainLocalStore = (db: WritableDb): LocalStore => ({
  put: (table, key, value, at) => apply(db, { table, key, value, at }),
});

/** What is typed and set, journal first. After a restore the journal's state is taken over. */
export const openLocalStore = (
  db: WritableDb,
  options: { folder: string; bookKey: Uint8Array; bookId: string; takeOver: boolean },
): LocalStore & { close(): void } => {
  if (options.takeOver) for (const record of readLocal(options.folder, options.bookKey)) apply(db, record);
  const journal: LocalJournal = openLocalJournal({ ...options, snapshot: () => everything(db) });
  return {
    put(table, key, value, at) {
      journal.put({ table, key, value, at });
      apply(db, { table, key, value, at });
    },
    close: () => journal.close(),
  };
};
