import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { DataEvent } from '#shared/contracts/envelope.ts';
import { createClock } from '#shared/sync/clock.ts';
import { createChangeFeed } from './change-feed.ts';
import { type Book, createBook } from './database/book.ts';
import { read, type WritableDb, write } from './database/connection.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open.ts';
import type { ChosenFiles } from './feature.ts';
import { commitHooks, features } from './features.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { ensureFacts } from './repositories/customer-facts/hook.ts';
import { createRouter, type Router } from './router.ts';

export interface HostOptions {
  folder: string;
  key: Uint8Array;
  demo: boolean;
  nativeBinding?: string | undefined;
  files: ChosenFiles;
  emit(event: DataEvent): void;
  log(error: unknown): void;
}

/** An open book with everything that answers requests about it. */
export interface BookHost {
  book: Book;
  jobs: Jobs;
  router: Router;
  close(): Promise<void>;
}

const metaOf = (db: WritableDb, key: string, make: () => string): string => {
  const known = read<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(key)?.value;
  if (known) return known;
  const made = make();
  write(db, 'INSERT INTO meta (key, value) VALUES (?, ?)').run(key, made);
  return made;
};

/** Opens the book in a folder and builds the router over it. @throws AppError or the error of SQLite. */
export const openHost = (options: HostOptions): BookHost => {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const db = openDatabase({
    file: join(options.folder, 'book.db'),
    key: options.key,
    nativeBinding: options.nativeBinding,
  });
  migrate(db);
  ensureFacts(db);
  const clientId = metaOf(db, 'clientId', () => uuid().slice(-12));
  metaOf(db, 'bookId', uuid);
  if (options.demo) metaOf(db, 'demo', () => '1');
  const last = read<{ stamp: string }>(db, 'SELECT stamp FROM change ORDER BY seq DESC LIMIT 1').get()?.stamp;
  const feed = createChangeFeed(options.emit);
  const book = createBook({
    db,
    clock: createClock(clientId, Date.now, last),
    journal: { append: () => undefined, revoke: () => undefined, bytes: 0 },
    hooks: commitHooks,
    onCommitted: (receipt) => feed.add(receipt.mutations),
  });
  const jobs = createJobs((job) => options.emit({ event: 'job', job }), options.log);
  const now = () => new Date();
  const router = createRouter(
    features,
    (commandId, at) => ({
      db: book.db,
      now,
      commandId,
      at,
      book,
      jobs,
      files: options.files,
      emit: options.emit,
    }),
    options.log,
  );
  return {
    book,
    jobs,
    router,
    async close() {
      await jobs.settled();
      book.close();
    },
  };
};
