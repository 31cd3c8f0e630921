import type { DataEvent } from '#shared/contracts/envelope.ts';
import { openAttachmentFiles } from './attachments/files.ts';
import { sweepAttachments } from './attachments/sweep.ts';
import { createChangeFeed } from './change-feed.ts';
import type { Book } from './database/book.ts';
import { bookFiles } from './database/files.ts';
import type { Recovery } from './database/recovery/report.ts';
import { openStore, type StoreOptions } from './database/store.ts';
import type { ChosenFiles } from './feature.ts';
import { commitHooks, features } from './features.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { ensureFacts } from './repositories/customer-facts/hook.ts';
import { createRouter, type Router } from './router.ts';
import { beginIndex } from './search/rebuild.ts';

export interface HostOptions extends Pick<StoreOptions, 'folder' | 'key' | 'nativeBinding' | 'restoreFrom'> {
  demo: boolean;
  files: ChosenFiles;
  emit(event: DataEvent): void;
  log(error: unknown): void;
}

/** An open book with everything that answers requests about it. */
export interface BookHost {
  book: Book;
  jobs: Jobs;
  router: Router;
  recovery: Recovery | null;
  close(): Promise<void>;
}

/** Opens the book in a folder and builds the router over it. @throws AppError or the error of SQLite. */
export const openHost = (options: HostOptions): BookHost => {
  const { emit, log, files } = options;
  const feed = createChangeFeed(emit);
  const store = openStore({
    ...options,
    hooks: commitHooks,
    onCommitted: (receipt) => feed.add(receipt.mutations),
    onBackup: () => emit({ event: 'changed', changes: [{ entity: 'backup' }] }),
  });
  const { book } = store;
  const attachments = openAttachmentFiles(bookFiles(options.folder).attachments, options.key);
  if (!book.writable.readonly) {
    ensureFacts(book.writable);
    beginIndex(book.writable);
    sweepAttachments(book.db, attachments, new Date());
  }
  const jobs = createJobs((job) => emit({ event: 'job', job }), log);
  const now = () => new Date();
  const router = createRouter(
    features,
    (commandId, at) => ({ db: book.db, now, commandId, at, book, jobs, files, attachments, emit }),
    log,
    store.suspect,
  );
  return {
    book,
    jobs,
    router,
    recovery: store.recovery,
    async close() {
      for (const job of jobs.list()) jobs.cancel(job);
      await jobs.settled();
      await store.close();
    },
  };
};
