import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupInfo } from '#shared/contracts/book.ts';
import { fileMoment } from '../files.ts';

export type BackupReason = BackupInfo['reason'];

const NAME =
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)-(schedule|migration|uncleanExit|manual|beforeRestore)\.db$/;

/** Name of a backup: when and why, so that a folder listing says all. */
export const backupName = (at: Date, reason: BackupReason): string => `${fileMoment(at)}-${reason}.db`;

const parse = (name: string): Pick<BackupInfo, 'at' | 'reason'> | null => {
  const [, year, month, day, hour, minute, second, reason] = NAME.exec(name) ?? [];
  if (!reason) return null;
  return { at: `${year}-${month}-${day}T${hour}:${minute}:${second}`, reason: reason as BackupReason };
};

/** The backups of a folder, newest first. A file only gets such a name once it was reopened and checked. */
export const listBackups = (folder: string): BackupInfo[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .reverse()
    .flatMap((name) => {
      const parsed = parse(name);
      return parsed ? [{ name, ...parsed, bytes: statSync(join(folder, name)).size, verified: true }] : [];
    });
};
