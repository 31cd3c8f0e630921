import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupInfo } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { listBackups } from '../backup/names.ts';
import type { WritableDb } from '../connection.ts';
import { failPoint } from '../fail-points.ts';
import { type BookFiles, moveAside, syncFile, syncFolder } from '../files.ts';
import { checkDatabase, isDamage } from '../integrity.ts';
import { listSegments, surveySegments } from '../journal/segments.ts';
import { openDatabase } from '../open.ts';
import { forgetClient } from './meta.ts';

export interface RecoverySource {
  files: BookFiles;
  key: Uint8Array;
  nativeBinding?: string | undefined;
  now: Date;
}

const present = (file: string): boolean => existsSync(file) && statSync(file).size > 0;

/** Opens a backup and reads all of it. @throws when it is damaged or of another key. */
const checkBackup = (source: RecoverySource, name: string): void => {
  const file = join(source.files.backups, name);
  const db = openDatabase({ ...source, file });
  try {
    checkDatabase(db);
  } finally {
    db.close();
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
};

/** Newest backup that opens with the key and is whole. */
const goodBackup = (source: RecoverySource): BackupInfo | null => {
  for (const backup of listBackups(source.files.backups)) {
    try {
      checkBackup(source, backup.name);
      return backup;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }
  return null;
};

/** Book whose whole history the journal holds, from its first entry on; null when it does not. */
export const journalledBook = ({ files, key }: RecoverySource): string | null => {
  const first = surveySegments(files.journal, key).known[0]?.header;
  return first?.first === 1 ? first.bookId : null;
};

/** Puts a backup where the database was, which goes aside. */
const putInPlace = (source: RecoverySource, backup: string, label: string): void => {
  const { files, now } = source;
  const incoming = `${files.database}.incoming`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(incoming + suffix, { force: true });
  copyFileSync(join(files.backups, backup), incoming);
  const db = openDatabase({ ...source, file: incoming });
  forgetClient(db);
  db.close();
  syncFile(incoming);
  failPoint('restore.beforeMove');
  moveAside(files.database, label, now);
  failPoint('restore.afterMove');
  renameSync(incoming, files.database);
  syncFolder(files.folder);
};

/** What the database is now, and what it was made from. */
export interface Foundation {
  db: WritableDb;
  /** `found`: as it lay there. `made`: a first database. The others: what was there could not be used. */
  from: 'found' | 'made' | 'backup' | 'journal';
  backupAt?: string;
}

/** A database that cannot be used is put aside, and another takes its place; the journal brings it up to date. */
const replace = (source: RecoverySource, cause: AppError): Foundation => {
  const { files } = source;
  const backup = goodBackup(source);
  if (backup) {
    putInPlace(source, backup.name, 'damaged');
    return { db: openDatabase({ ...source, file: files.database }), from: 'backup', backupAt: backup.at };
  }
  // Nothing to build from: then nothing is touched, and the user is told.
  if (!journalledBook(source)) throw cause;
  moveAside(files.database, 'damaged', source.now);
  failPoint('restore.afterMove');
  return { db: openDatabase({ ...source, file: files.database }), from: 'journal' };
};

/** Opens the database; one that is missing, damaged or not ours is replaced. @throws AppError or SQLite's error. */
export const layFoundation = (source: RecoverySource, closedCleanly: boolean): Foundation => {
  const { files } = source;
  if (!present(files.database)) {
    if (listBackups(files.backups).length > 0 || listSegments(files.journal).length > 0)
      return replace(source, new AppError('not_a_database'));
    return { db: openDatabase({ ...source, file: files.database }), from: 'made' };
  }
  let db: WritableDb | null = null;
  try {
    db = openDatabase({ ...source, file: files.database });
    if (!closedCleanly) checkDatabase(db);
    return { db, from: 'found' };
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    return replace(
      source,
      error instanceof AppError ? error : new AppError('not_a_database', { cause: error }),
    );
  }
};

/** Goes back to one backup by the user's choice; what is there now goes aside. @throws when the backup is not whole. */
export const goBackTo = (source: RecoverySource, name: string): Foundation => {
  const backup = listBackups(source.files.backups).find((one) => one.name === name);
  if (!backup) throw new AppError('not_found');
  checkBackup(source, backup.name);
  putInPlace(source, backup.name, 'replaced');
  const db = openDatabase({ ...source, file: source.files.database });
  return { db, from: 'backup', backupAt: backup.at };
};
