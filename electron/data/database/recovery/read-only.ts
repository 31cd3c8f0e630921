import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAppError } from '../errors.ts';
import { bookFiles } from '../files.ts';

/** Whether nothing can be written where the book lies. */
export const isReadOnly = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    return asAppError(error).code === 'read_only';
  }
};

/**
 * Copies the (encrypted) database of a folder that cannot be written to where SQLite can bring its log in. The copy is
 * for looking only and goes when the book is closed.
 */
export const temporaryCopy = (folder: string): { database: string; remove(): void } => {
  const copy = mkdtempSync(join(tmpdir(), 'visitbook-read-only-'));
  const { database } = bookFiles(folder);
  for (const suffix of ['', '-wal'])
    if (existsSync(database + suffix)) copyFileSync(database + suffix, bookFiles(copy).database + suffix);
  return {
    database: bookFiles(copy).database,
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
};
