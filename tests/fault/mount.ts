import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  folder: string;
  /** Runs `work` with a folder that shows the same files, but lets nobody write. */
  readOnly(work: (folder: string) => Promise<void>): Promise<void>;
  remove(): void;
}

/** A small disk in memory; null, with the reason on the terminal, where this user may not mount one. */
export const mountDisk = (megabytes: number): Disk | null => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-disk-'));
  const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'pipe' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.warn(`skipped: a small disk cannot be mounted here (${String(error).split('\n')[0]})`);
    return null;
  }
  return {
    folder,
    async readOnly(work) {
      const view = mkdtempSync(join(tmpdir(), 'visitbook-view-'));
      mount('--bind', folder, view);
      try {
        mount('-o', 'remount,bind,ro', view);
        await work(view);
      } finally {
        execFileSync('umount', ['--lazy', view]);
        rmSync(view, { recursive: true, force: true });
      }
    },
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
