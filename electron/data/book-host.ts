import type { DataEvent } from '#shared/contracts/envelope.ts';
import { openAttachmentFiles } from './attachments/files.ts';
import { sweepAttachments } from './attachments/sweep.ts';
import { createChangeFeed } from './change-feed.ts';
import type { Book } from './database/book.ts';
import { bookFiles } from './database/files.ts';
import type { Recovery } from './database/recovery/report.ts';
import { openStore } from './database/store.ts';
import type { StoreOptions } from './database/store-parts.ts';
import type { ChosenFiles } from './feature.ts';
import { commitHooks, features } from './features.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { ensureFacts } from './repositories/customer-facts/hook.ts';
import { createRouter, type Router } from './router.ts';
import { beginIndex } from './search/rebuild.ts';
import { createAttachmentSync } from './sync/attachments/sync.ts';
import { assertLeaseOpen, assertLeaseWritable } from './sync/lease.ts';
import { createSyncService, type SyncService } from './sync/service.ts';

export interface HostOptions extends Pick<StoreOptions, 'folder' | 'key' | 'nativeBinding' | 'restoreFrom'> {
  demo: boolean;
  appVersion: string;
  files: ChosenFiles;
  emit(event: DataEvent): void;
  log(error: unknown): void;
  /** This device was cut off, and what waited is in safety: nothing of the book may stay here. */
  onRevoked(): void;
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
  let sync: SyncService | null = null;
  const feed = createChangeFeed(emit);
  const store = openStore({
    ...options,
    hooks: commitHooks,
    assertWritable: (db) => assertLeaseWritable(db, Date.now()),
    onCommitted: (receipt) => {
      feed.add(receipt.mutations);
      sync?.touch();
    },
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
  const service = createSyncService({
    book,
    attachments: createAttachmentSync({
      book,
      files: attachments,
      now,
      onChange: () => emit({ event: 'changed', changes: [{ entity: 'attachment' }] }),
      log,
    }),
    appVersion: options.appVersion,
    onState: () => emit({ event: 'changed', changes: [{ entity: 'sync' }] }),
    onRevoked: options.onRevoked,
    log,
  });
  sync = service;
  if (!book.writable.readonly) service.start();
  const router = createRouter(
    features,
    (commandId, at) => ({
      db: book.db,
      now,
      commandId,
      at,
      book,
      jobs,
      files,
      attachments,
      sync: service,
      emit,
    }),
    log,
    store.suspect,
    (method) => assertLeaseOpen(book.db, method, Date.now()),
  );
  return {
    book,
    jobs,
    router,
    recovery: store.recovery,
    async close() {
      await service.stop();
      for (const job of jobs.list()) jobs.cancel(job);
      await jobs.settled();
      await store.close();
    },
  };
};
