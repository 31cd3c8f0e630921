import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/contracts/errors.ts';

const asFileError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new AppError(full ? 'disk_full' : 'file_unwritable', { cause: error });
};

/**
 * Writes a stream to a file the user chose. The file appears whole or not at all, and one that was there before stays
 * until the new one is complete. @throws file_unwritable, disk_full, or what the source throws.
 */
export const writeWhole = async (path: string, source: Readable): Promise<void> => {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await pipeline(source, createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw asFileError(error);
  }
};
