import { rmSync, statSync } from 'node:fs';
import { AppError } from '#shared/contracts/errors.ts';
import { read, type WritableDb } from '../connection.ts';
import { failPoint } from '../fail-points.ts';
import { syncFile } from '../files.ts';
import { checkDatabase } from '../integrity.ts';
import { databaseVersion } from '../migrate.ts';
import { journalled } from '../migrations/0002-journalled.ts';
import { openDatabase } from '../open.ts';
import { knownSequence } from '../recovery/meta.ts';

export interface CopyRequest {
  file: string;
  key: Uint8Array;
  nativeBinding?: string | undefined;
  target: string;
}

export interface CopyResult {
  bytes: number;
  /** Newest journal entry that the copy holds. */
  sequence: number;
}

const rowCounts = (db: WritableDb): Map<string, number> => {
  const tables = read<{ name: string }>(
    db,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'`,
  ).all();
  return new Map(
    tables.map(({ name }) => [
      name,
      read<{ n: number }>(db, `SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0,
    ]),
  );
};

/**
 * Reopens a copy and compares it with its source, whose counts were taken before and after.
 * @returns the newest journal entry it holds.
 */
const verify = (request: CopyRequest, before: Map<string, number>, after: Map<string, number>): number => {
  const copy = openDatabase({ ...request, file: request.target });
  try {
    checkDatabase(copy);
    const counts = rowCounts(copy);
    for (const [table, count] of before)
      if (after.get(table) === count && counts.get(table) !== count) throw new AppError('corrupt');
    return databaseVersion(copy) < journalled.version ? 0 : knownSequence(copy);
  } finally {
    copy.close();
  }
};

/**
 * Writes an encrypted copy of the database as it is at one moment, reopens and checks it. Others may go on writing.
 * `VACUUM INTO` reads in one snapshot and gives the copy the key of its source; the backup API of this binding cannot
 * encrypt its target. @throws and leaves no file when anything is wrong.
 */
export const copyDatabase = (request: CopyRequest): CopyResult => {
  rmSync(request.target, { force: true });
  const source = openDatabase(request);
  try {
    const before = rowCounts(source);
    source.prepare('VACUUM INTO ?').run(request.target);
    failPoint('backup.halfCopied');
    syncFile(request.target);
    const sequence = verify(request, before, rowCounts(source));
    return { bytes: statSync(request.target).size, sequence };
  } catch (error) {
    rmSync(request.target, { force: true });
    throw error;
  } finally {
    source.close();
    for (const suffix of ['-wal', '-shm']) rmSync(request.target + suffix, { force: true });
  }
};
