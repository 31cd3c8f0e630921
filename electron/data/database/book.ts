import type { Clock } from '#shared/sync/clock.ts';
import type { Mutation } from '#shared/sync/mutation.ts';
import type { Backups } from './backup/backups.ts';
import { codecs } from './codec.ts';
import {
  type CommitHook,
  type CommitReceipt,
  type CommitRequest,
  type JournalEntry,
  knownCommand,
  stampChange,
} from './commit.ts';
import { type ReadableDb, type WritableDb, write } from './connection.ts';
import { failPoint } from './fail-points.ts';
import type { JournalSink } from './journal/journal.ts';
import { noteAbsorbed } from './version.ts';
import { applyMutation, recordEntry } from './write-entry.ts';

export type { JournalSink } from './journal/journal.ts';

/** Keeps settings and drafts in the database and in their own journal. */
export interface LocalStore {
  /** Keeps a JSON text under a key; null removes it. */
  put(table: 'setting' | 'draft', key: string, value: string | null, at: string): void;
}

export interface BookParts {
  db: WritableDb;
  clock: Clock;
  journal: JournalSink;
  hooks: readonly CommitHook[];
  local: LocalStore;
  backups: Backups;
  /** Asked before every change: throws when nothing may be written. */
  assertWritable?: () => void;
  /** Asked before what comes from the server is written. */
  assertAbsorbing?: () => void;
  onCommitted?: (receipt: CommitReceipt) => void;
}

/** The open book: queries read through `db`, every change goes through `commit`. */
export interface Book {
  readonly db: ReadableDb;
  /** For the store's own tables (jobs, reindexing); records are only written by `commit`. */
  readonly writable: WritableDb;
  readonly journal: JournalSink;
  readonly local: LocalStore;
  readonly backups: Backups;
  commit(request: CommitRequest): CommitReceipt;
  /**
   * Writes what came from the server, in one transaction: rows, and through the hooks what is derived from them. No outbox, no
   * journal: the server has it.
   */
  absorb<T>(work: (db: WritableDb) => Absorbed<T>): T;
  readonly clock: Clock;
  close(): void;
}

/** What a piece of work on the server's records says it did. */
export interface Absorbed<T> {
  value: T;
  /** Changed records as the hooks and the pages see them. */
  mutations: readonly Mutation[];
  /** Records that are to go without a trace, once the hooks have seen them as removed. */
  erase?: readonly Pick<Mutation, 'entity' | 'id'>[];
  /** The hooks are not run: whoever fills a whole book rebuilds what is derived at the end. */
  plain?: boolean;
}

/** The entry of a request, without the mutations that say nothing. */
const entryOf = ({ changes: _, ...request }: CommitRequest, mutations: Mutation[]): JournalEntry => ({
  ...request,
  mutations: mutations.filter(({ op, fields }) => op !== 'update' || Object.keys(fields).length > 0),
});

/** Builds the write path: rows, history, outbox, audit, index and journal, all or nothing. */
export const createBook = (parts: BookParts): Book => {
  const { db, clock, journal, hooks } = parts;

  const commit = (request: CommitRequest): CommitReceipt => {
    const known = knownCommand(db, request.commandId);
    if (known) return { applied: false, result: known.result, mutations: [] };
    parts.assertWritable?.();
    const mutations: Mutation[] = [];
    let entry: JournalEntry;
    let journalled = false;
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const change of request.changes) {
        const mutation = stampChange(db, change, clock, request);
        applyMutation(db, mutation);
        mutations.push(mutation);
      }
      entry = entryOf(request, mutations);
      recordEntry(db, entry, hooks, journal.next);
      failPoint('commit.afterRows');
      journal.append(entry);
      journalled = true;
      failPoint('commit.beforeCommit');
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      if (journalled) journal.revoke(request.commandId);
      throw error;
    }
    failPoint('commit.afterCommit');
    const receipt = { applied: true, result: request.result, mutations: entry.mutations };
    parts.onCommitted?.(receipt);
    return receipt;
  };

  const absorb = <T>(work: (db: WritableDb) => Absorbed<T>): T => {
    parts.assertAbsorbing?.();
    db.exec('BEGIN IMMEDIATE');
    try {
      const absorbed = work(db);
      if (!absorbed.plain)
        for (const hook of hooks) hook.afterWrite(db, absorbed.mutations, new Date().toISOString());
      for (const { entity, id } of absorbed.erase ?? [])
        write(db, `DELETE FROM ${codecs[entity].table} WHERE id = ?`).run(id);
      failPoint('absorb.beforeCommit');
      db.exec('COMMIT');
      noteAbsorbed(db);
      failPoint('absorb.afterCommit');
      parts.onCommitted?.({ applied: true, result: null, mutations: absorbed.mutations });
      return absorbed.value;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    db,
    writable: db,
    clock,
    absorb,
    journal,
    local: parts.local,
    backups: parts.backups,
    commit,
    close: () => db.close(),
  };
};
