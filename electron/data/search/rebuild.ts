import { SEARCH_KINDS, type SearchKind } from '#shared/contracts/book.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import type { Job } from '../jobs/jobs.ts';
import { tableOf } from './places.ts';
import { type IndexedRow, refreshRow, selectIndexed } from './write.ts';

/** Raised when the tokens change: an index of another version is built anew. */
const INDEX_VERSION = 2;
const STATE = 'searchIndex';
const CHUNK = 500;

/** How far the index has been built: kinds in order, and the last row of the one at work. */
interface Progress {
  version: number;
  kind: SearchKind | null;
  row: number;
}

const progressOf = (db: ReadableDb): Progress | null => {
  const value = read<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(STATE)?.value;
  const progress = value === undefined ? null : (JSON.parse(value) as Progress);
  return progress?.version === INDEX_VERSION ? progress : null;
};

const keepProgress = (db: WritableDb, progress: Omit<Progress, 'version'>): void => {
  write(
    db,
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(STATE, JSON.stringify({ version: INDEX_VERSION, ...progress }));
};

const inTransaction = (db: WritableDb, work: () => void): void => {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
};

/** Forgets the index, so that the next {@link buildIndex} starts anew. */
export const forgetIndex = (db: WritableDb): void =>
  inTransaction(db, () => {
    write(db, "INSERT INTO search_index (search_index) VALUES ('delete-all')").run();
    keepProgress(db, { kind: SEARCH_KINDS[0], row: 0 });
  });

/** Whether everything that was there before the index was is in it. */
export const isIndexBuilt = (db: ReadableDb): boolean => progressOf(db)?.kind === null;

const buildChunk = (db: WritableDb, { kind, row }: Progress & { kind: SearchKind }): number => {
  const rows = read<IndexedRow>(
    db,
    `${selectIndexed(kind)} WHERE t.rowid > ? ORDER BY t.rowid LIMIT ${CHUNK}`,
  ).all(row);
  inTransaction(db, () => {
    for (const one of rows) refreshRow(db, kind, one);
    const last = rows.at(-1);
    const next = last ? kind : (SEARCH_KINDS[SEARCH_KINDS.indexOf(kind) + 1] ?? null);
    keepProgress(db, { kind: next, row: last?.n ?? 0 });
  });
  return rows.length;
};

const countAll = (db: ReadableDb): number =>
  SEARCH_KINDS.reduce(
    (sum, kind) =>
      sum + (read<{ n: number }>(db, `SELECT count(*) AS n FROM ${tableOf(kind)}`).get()?.n ?? 0),
    0,
  );

/** The index of a book that holds nothing yet is whole from its first record on: every commit keeps it. */
export const beginIndex = (db: WritableDb): void => {
  if (progressOf(db) === null && countAll(db) === 0) keepProgress(db, { kind: null, row: 0 });
};

/**
 * Indexes everything there is, in chunks between which other requests run; what is written meanwhile is indexed by the
 * hook. A build that was interrupted goes on where it was.
 */
export const buildIndex = async (db: WritableDb, job?: Pick<Job, 'breathe' | 'progress'>): Promise<void> => {
  if (!progressOf(db)) forgetIndex(db);
  const total = countAll(db);
  let done = 0;
  for (let at = progressOf(db); at?.kind; at = progressOf(db)) {
    done += buildChunk(db, at as Progress & { kind: SearchKind });
    job?.progress(done, total, 'index');
    await job?.breathe();
  }
};
