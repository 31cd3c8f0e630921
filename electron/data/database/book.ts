import type { Clock } from '#shared/sync/clock.ts';
import {
  type CommitHook,
  type CommitReceipt,
  type CommitRequest,
  type JournalEntry,
  knownCommand,
  stampChange,
  writeEntry,
} from './commit.ts';
import type { ReadableDb, WritableDb } from './connection.ts';

/** Where entries go before the transaction that applies them commits (docs/spec/journal.md). */
export interface JournalSink {
  /** Appends and flushes; throws when the entry is not safely on disk. */
  append(entry: JournalEntry): void;
  /** The transaction of the entry was rolled back: it must not be replayed. */
  revoke(commandId: string): void;
  readonly bytes: number;
}

export interface BookParts {
  db: WritableDb;
  clock: Clock;
  journal: JournalSink;
  hooks: readonly CommitHook[];
  onCommitted?: (receipt: CommitReceipt) => void;
}

/** The open book: queries read through `db`, every change goes through `commit`. */
export interface Book {
  readonly db: ReadableDb;
  /** For the store's own tables (settings, drafts, jobs); records are only written by `commit`. */
  readonly writable: WritableDb;
  readonly journal: JournalSink;
  commit(request: CommitRequest): CommitReceipt;
  close(): void;
}

/** Builds the write path: rows, history, outbox, audit, index and journal, all or nothing. */
export const createBook = (parts: BookParts): Book => {
  const { db, clock, journal, hooks } = parts;
  const commit = (request: CommitRequest): CommitReceipt => {
    const known = knownCommand(db, request.commandId);
    if (known) return { applied: false, result: known.result, mutations: [] };
    let journalled = false;
    db.exec('BEGIN IMMEDIATE');
    try {
      const mutations = request.changes
        .map((change) => stampChange(db, change, clock, request))
        .filter((mutation) => mutation.op !== 'update' || Object.keys(mutation.fields).length > 0);
      const entry: JournalEntry = {
        commandId: request.commandId,
        name: request.name,
        at: request.at,
        actor: request.actor,
        result: request.result,
        mutations,
        ...(request.undoes && { undoes: request.undoes }),
      };
      writeEntry(db, entry, hooks);
      journal.append(entry);
      journalled = true;
      db.exec('COMMIT');
      const receipt = { applied: true, result: request.result, mutations };
      parts.onCommitted?.(receipt);
      return receipt;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      if (journalled) journal.revoke(request.commandId);
      throw error;
    }
  };
  return { db, writable: db, journal, commit, close: () => db.close() };
};
