import type { Book } from './book.ts';
import type { CommitHook, CommitReceipt } from './commit.ts';
import type { ReadableDb } from './connection.ts';
import type { Recovery } from './recovery/report.ts';

/** What a book on disk is opened with. */
export interface StoreOptions {
  folder: string;
  /** 32 random bytes. */
  key: Uint8Array;
  nativeBinding?: string | undefined;
  demo?: boolean;
  hooks: readonly CommitHook[];
  /** Backup to go back to by the user's choice. */
  restoreFrom?: string;
  now?: () => Date;
  onCommitted?(receipt: CommitReceipt): void;
  onBackup?(): void;
  /** Asked before every change of a person; throws when nothing may be written. */
  assertWritable?(db: ReadableDb): void;
  log?(error: unknown): void;
}

/** The book on disk, open: database, journal and backups. */
export interface Store {
  book: Book;
  /** What happened at this start that the user should know. */
  recovery: Recovery | null;
  /** An error met on the way said that the database is damaged: it is looked through at the next start. */
  suspect(): void;
  close(): Promise<void>;
}
