import { statSync } from 'node:fs';
import { read } from '../../database/connection.ts';
import { defineFeature } from '../../feature.ts';
import { countWaiting } from '../../sync/outbox.ts';
import { countsOf } from './counts.ts';

const count = (db: Parameters<typeof read>[0], sql: string): number =>
  read<{ n: number }>(db, sql).get()?.n ?? 0;

const fileSize = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
};

/** The state of the book for the status bar and the settings. */
export const bookState = defineFeature({
  queries: {
    'book.state': (_input, { db, book }) => {
      const meta = (key: string) =>
        read<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(key)?.value;
      return {
        bookId: meta('bookId') ?? '',
        demo: meta('demo') === '1',
        unfilled:
          meta('demoFilling') !== undefined || read(db, 'SELECT 1 FROM customer LIMIT 1').get() === undefined,
        ...countsOf(db),
        waiting: countWaiting(db),
        lastBackupAt: book.backups.list()[0]?.at ?? null,
        journalBytes: book.journal.bytes,
        databaseBytes: fileSize(book.writable.name),
        schemaVersion: book.writable.pragma('user_version', { simple: true }) as number,
        sqliteVersion: read<{ v: string }>(db, 'SELECT sqlite_version() AS v').get()?.v ?? '',
        cipher: book.writable.pragma('cipher', { simple: true }) as string,
        review: count(db, 'SELECT count(*) AS n FROM review WHERE settled_as IS NULL'),
      };
    },
  },
});
