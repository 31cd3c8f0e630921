import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where everything of a book lies. */
export const bookFiles = (folder: string) => ({
  folder,
  database: join(folder, 'book.db'),
  journal: join(folder, 'journal'),
  /** Drafts and settings. */
  localJournal: join(folder, 'journal', 'local'),
  backups: join(folder, 'backups'),
  /** Contents of attachments, sealed. */
  attachments: join(folder, 'attachments'),
  /** Written when the book was closed in order; taken away while it is open. */
  cleanExit: join(folder, 'book.closed'),
});
export type BookFiles = ReturnType<typeof bookFiles>;

/** Makes names in a folder last: a new or renamed file is only safe once its folder is on disk too. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return; // Windows keeps names with the file and cannot open folders
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Makes the content of a file last. */
export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** A moment as it may stand in a file name. */
export const fileMoment = (at: Date): string => at.toISOString().replaceAll(/[-:]/g, '');

const SIDE_FILES = ['-wal', '-shm', '-journal'];

/** Puts a database and what belongs to it out of the way, under a new name; nothing is deleted. */
export const moveAside = (database: string, label: string, at: Date): void => {
  const target = `${database}.${label}-${fileMoment(at)}`;
  // the log first: a log without its database is harmless, a new database beside an old log is not
  for (const suffix of [...SIDE_FILES, ''])
    if (existsSync(database + suffix)) renameSync(database + suffix, target + suffix);
  syncFolder(dirname(database));
};
