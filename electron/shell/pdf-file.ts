import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '#shared/contracts/errors.ts';

/** Writes a file so that nothing half-written is ever left under its name. */
export const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const full =
      error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    throw new AppError(full ? 'disk_full' : 'file_unwritable', { cause: error });
  }
};

/** Pages of a PDF that Chromium made. */
export const countPages = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
