import { AppError } from '#shared/contracts/errors.ts';
import { createClock } from '#shared/sync/clock.ts';
import { listBackups } from './backup/names.ts';
import { type Book, createBook } from './book.ts';
import { bookFiles } from './files.ts';
import { checkDatabase } from './integrity.ts';
import { openJournal } from './journal/journal.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { wasClosedCleanly } from './recovery/clean-exit.ts';
import { knownSequence, metaOf } from './recovery/meta.ts';
import { temporaryCopy } from './recovery/read-only.ts';
import { replay } from './recovery/replay.ts';
import type { Store, StoreOptions } from './store-parts.ts';

const refuse = (): never => {
  throw new AppError('read_only');
};

/** Opens a book that lies where nothing can be written: everything can be read, every change is refused. */
export const openReadOnlyStore = (options: StoreOptions): Store => {
  const files = bookFiles(options.folder);
  const copy = temporaryCopy(options.folder);
  try {
    const db = openDatabase({ ...options, file: copy.database });
    if (!wasClosedCleanly(files)) checkDatabase(db);
    migrate(db);
    const bookId = metaOf(db, 'bookId');
    if (!bookId) throw new AppError('read_only');
    const known = knownSequence(db);
    const journal = openJournal({
      folder: files.journal,
      bookKey: options.key,
      bookId,
      known,
      now: new Date(),
      readOnly: true,
    });
    const clock = createClock('reader');
    replay(db, journal, known, options.hooks, clock);
    db.pragma('query_only = ON');
    const book: Book = createBook({
      db,
      clock,
      journal,
      hooks: [],
      local: { put: refuse },
      backups: {
        list: () => listBackups(files.backups),
        make: async () => refuse(),
        settled: async () => undefined,
      },
      assertWritable: refuse,
      assertAbsorbing: refuse,
    });
    return {
      book,
      recovery: { key: 'recovery.readOnly', params: {} },
      suspect: () => undefined,
      async close() {
        db.close();
        copy.remove();
      },
    };
  } catch (error) {
    copy.remove();
    throw error;
  }
};
