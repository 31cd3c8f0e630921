import { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { type CommitHook, type JournalEntry, knownCommand } from '../commit.ts';
import { type WritableDb, write } from '../connection.ts';
import { asAppError } from '../errors.ts';
import { failPoint } from '../fail-points.ts';
import type { Journal } from '../journal/journal.ts';
import { writeEntry } from '../write-entry.ts';

export interface Replay {
  replayed: number;
  review: number;
}

/** Whether an entry does not fit the records as they are, and not that the disk or the program failed. */
const isMisfit = (error: unknown): boolean => {
  if (error instanceof z.ZodError) return true;
  if (error instanceof AppError) return true;
  return String((error as { code?: unknown })?.code ?? '').startsWith('SQLITE_CONSTRAINT');
};

const reasonOf = (error: unknown): string => {
  const code = asAppError(error).code;
  return code === 'internal' ? 'conflict' : code;
};

/** Keeps what no longer fits until a person has settled it; the same entry is only kept once. */
const keepForReview = (db: WritableDb, entry: JournalEntry, error: unknown): number =>
  write(
    db,
    'INSERT INTO review (id, at, command, reason, content) VALUES (?,?,?,?,?) ON CONFLICT (id) DO NOTHING',
  ).run(entry.commandId, entry.at, entry.name, reasonOf(error), JSON.stringify(entry)).changes;

/** Applies the journal entries that the database does not know, in order. */
export const replay = (
  db: WritableDb,
  journal: Journal,
  known: number,
  hooks: readonly CommitHook[],
  clock: Clock,
): Replay => {
  const done: Replay = { replayed: 0, review: 0 };
  // what is replayed lies in the journal still: a flush per entry would only cost time
  db.pragma('synchronous = NORMAL');
  for (const { sequence, entry } of journal.entriesAfter(known)) {
    for (const mutation of entry.mutations) clock.observe(mutation.stamp);
    if (knownCommand(db, entry.commandId)) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      writeEntry(db, entry, hooks, sequence);
      db.exec('COMMIT');
      done.replayed += 1;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      if (!isMisfit(error)) throw error;
      done.review += keepForReview(db, entry, error);
    }
    failPoint('replay.afterEntry');
  }
  db.pragma('synchronous = FULL');
  if (done.replayed + done.review > 0) db.pragma('wal_checkpoint(TRUNCATE)');
  return done;
};
