import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupInfo } from '#shared/contracts/book.ts';
import { AppError, type WireError } from '#shared/contracts/errors.ts';
import { failPoint } from '../fail-points.ts';
import { type BookFiles, syncFolder } from '../files.ts';
import { type CopyRequest, type CopyResult, copyDatabase } from './copy.ts';
import { type BackupReason, backupName, listBackups } from './names.ts';
import { expendable } from './retention.ts';

export interface Backups {
  list(): BackupInfo[];
  /** Makes one beside the running work. One at a time: who asks meanwhile gets the same. */
  make(reason: BackupReason): Promise<BackupInfo>;
  /** Resolves when none is being made. */
  settled(): Promise<void>;
}

export interface BackupParts {
  files: BookFiles;
  key: Uint8Array;
  nativeBinding?: string | undefined;
  now(): Date;
  /** `sequence`: newest journal entry the backup holds. */
  onMade?(info: BackupInfo, sequence: number): void;
}

/** The thread's program: beside us in the built app, as source in tests. */
const workerFile = (): string | undefined => {
  const here = typeof __dirname === 'undefined' ? import.meta.dirname : __dirname;
  return ['backup-worker.cjs', 'worker.ts'].map((name) => join(here, name)).find((file) => existsSync(file));
};

const copyInThread = (request: CopyRequest): Promise<CopyResult> =>
  new Promise((resolve, reject) => {
    const file = workerFile();
    if (!file) throw new AppError('internal');
    const worker = new Worker(file, { workerData: request });
    worker.once('message', (answer: CopyResult | { error: WireError }) =>
      'error' in answer ? reject(AppError.fromWire(answer.error)) : resolve(answer),
    );
    worker.once('error', reject);
    worker.once('exit', () => reject(new AppError('internal')));
  });

const place = ({ files, key, nativeBinding, now }: BackupParts, reason: BackupReason) => {
  mkdirSync(files.backups, { recursive: true, mode: 0o700 });
  const name = backupName(now(), reason);
  const target = join(files.backups, `${name}.part`);
  return { name, request: { file: files.database, key, nativeBinding, target } };
};

/** Gives a checked copy its name and lets go of old ones. */
const keep = (parts: BackupParts, name: string, { sequence }: CopyResult): BackupInfo => {
  const { backups } = parts.files;
  failPoint('backup.beforeRename');
  renameSync(join(backups, `${name}.part`), join(backups, name));
  syncFolder(backups);
  failPoint('backup.afterRename');
  const all = listBackups(backups);
  const made = all.find((backup) => backup.name === name);
  if (!made) throw new AppError('internal');
  // before a restore the old ones are what the user chooses from
  if (made.reason !== 'beforeRestore') for (const old of expendable(all)) rmSync(join(backups, old.name));
  parts.onMade?.(made, sequence);
  return made;
};

/** Makes a backup at once, while nothing else runs: before a migration or a restore. */
export const backupNow = (parts: BackupParts, reason: BackupReason): BackupInfo => {
  const { name, request } = place(parts, reason);
  return keep(parts, name, copyDatabase(request));
};

/** What a killed backup left is of no use. */
const removeUnfinished = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (/\.part(-\w+)?$/.test(name)) rmSync(join(folder, name));
};

/** The backups of an open book. */
export const createBackups = (parts: BackupParts): Backups => {
  let running: Promise<BackupInfo> | null = null;
  removeUnfinished(parts.files.backups);
  const run = async (reason: BackupReason): Promise<BackupInfo> => {
    const { name, request } = place(parts, reason);
    return keep(parts, name, await copyInThread(request));
  };
  return {
    list: () => listBackups(parts.files.backups),
    make(reason) {
      running ??= run(reason).finally(() => {
        running = null;
      });
      return running;
    },
    async settled() {
      await running?.catch(() => undefined);
    },
  };
};
