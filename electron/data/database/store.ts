import { mkdirSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import { type Clock, createClock } from '#shared/sync/clock.ts';
import { type BackupParts, backupNow, createBackups } from './backup/backups.ts';
import { createSchedule } from './backup/schedule.ts';
import { createBook } from './book.ts';
import { read, type WritableDb } from './connection.ts';
import { bookFiles } from './files.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import { openLocalStore } from './local-store.ts';
import { databaseVersion, migrate, pendingSteps } from './migrate.ts';
import { acknowledgedSequence } from './outbox.ts';
import { openReadOnlyStore } from './read-only-store.ts';
import { markClosed, markOpen, wasClosedCleanly } from './recovery/clean-exit.ts';
import { goBackTo, journalledBook, layFoundation, type RecoverySource } from './recovery/damaged.ts';
import { CLOCK_OFFSET, knownSequence, metaOf, NEWEST_STAMP, newClientId, setMeta } from './recovery/meta.ts';
import { isReadOnly } from './recovery/read-only.ts';
import { replay } from './recovery/replay.ts';
import { recoveryOf } from './recovery/report.ts';
import type { Store, StoreOptions } from './store-parts.ts';

/** A backup on closing keeps the user waiting; a larger book leaves it to the schedule. */
const MOST_BYTES_ON_CLOSE = 64 * 1024 * 1024;

/** The newest stamp this laptop has made or met: its clock never goes back behind it. */
const newestStamp = (db: WritableDb): string | undefined =>
  [
    read<{ stamp: string }>(
      db,
      'SELECT stamp FROM change WHERE author IS NULL ORDER BY seq DESC LIMIT 1',
    ).get()?.stamp,
    metaOf(db, NEWEST_STAMP),
  ]
    .filter((stamp) => stamp !== undefined)
    .sort()
    .at(-1);

const migrateWithBackup = (db: WritableDb, backup: BackupParts): void => {
  if (databaseVersion(db) > 0 && pendingSteps(db).length > 0) backupNow(backup, 'migration');
  migrate(db);
};

/** Newest entry that a checked backup holds as well. */
const backedUpSequence = (db: WritableDb): number => Number(metaOf(db, 'backedUpSequence') ?? 0);

/** Removes journal segments that neither the server nor a restore can need any more. */
const pruneJournal = (db: WritableDb, journal: Journal): void => {
  journal.prune(Math.min(acknowledgedSequence(db), backedUpSequence(db)));
};

/**
 * Opens the book of a folder. A database that is missing or damaged is replaced by the newest good backup, and what the
 * journal holds beyond it is replayed. @throws AppError when the book cannot be opened; nothing is deleted on any way.
 */
export const openStore = (options: StoreOptions): Store => {
  const { folder, key, nativeBinding, hooks } = options;
  const now = options.now ?? (() => new Date());
  const log = options.log ?? (() => undefined);
  const files = bookFiles(folder);
  if (isReadOnly(folder)) return openReadOnlyStore(options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const closedCleanly = wasClosedCleanly(files);
  const source: RecoverySource = { files, key, nativeBinding, now: now() };
  const foundation =
    options.restoreFrom === undefined
      ? layFoundation(source, closedCleanly)
      : goBackTo(source, options.restoreFrom);
  const { db, from } = foundation;
  const backupParts: BackupParts = { files, key, nativeBinding, now };
  const closers: (() => void)[] = [() => void db.close()];
  try {
    markOpen(files);
    migrateWithBackup(db, backupParts);
    // Without a client the database is new or comes from a backup; it gets one when everything else is in place.
    const knownClient = metaOf(db, 'clientId');
    const clientId = knownClient ?? newClientId();
    const bookId = metaOf(db, 'bookId') ?? journalledBook(source) ?? uuid();
    setMeta(db, 'bookId', bookId);
    if (options.demo) setMeta(db, 'demo', '1');
    const clock: Clock = createClock(clientId, () => now().getTime(), newestStamp(db));
    clock.adjust(Number(metaOf(db, CLOCK_OFFSET) ?? 0));
    const known = knownSequence(db);
    const journal = openJournal({ folder: files.journal, bookKey: key, bookId, known, now: now() });
    closers.unshift(() => journal.close());
    const replayed = replay(db, journal, known, hooks, clock);
    const local = openLocalStore(db, {
      folder: files.localJournal,
      bookKey: key,
      bookId,
      takeOver: knownClient === undefined,
    });
    closers.unshift(() => local.close());
    if (knownClient === undefined) setMeta(db, 'clientId', clientId);
    const lost = journal.report.damage.reduce((sum, damage) => sum + damage.records, 0);

    const backups = createBackups({
      ...backupParts,
      onMade: (_made, sequence) => {
        setMeta(db, 'backedUpSequence', String(sequence));
        schedule.made();
        pruneJournal(db, journal);
        options.onBackup?.();
      },
    });
    const schedule = createSchedule(backups, log);
    const book = createBook({
      db,
      clock,
      journal,
      hooks,
      local,
      backups,
      assertWritable: () => options.assertWritable?.(db),
      onCommitted: (receipt) => {
        schedule.touch();
        options.onCommitted?.(receipt);
      },
    });
    if (!closedCleanly && from === 'found') backups.make('uncleanExit').catch(log);

    let sound = true;
    return {
      book,
      recovery: recoveryOf(foundation, replayed, lost),
      suspect: () => {
        sound = false;
      },
      async close() {
        schedule.stop();
        await backups.settled();
        const small = (db.pragma('page_count', { simple: true }) as number) * 4096 < MOST_BYTES_ON_CLOSE;
        if (schedule.due && sound && small) await backups.make('schedule').catch(log);
        for (const close of closers) close();
        if (sound) markClosed(files);
      },
    };
  } catch (error) {
    for (const close of closers) close();
    throw error;
  }
};
