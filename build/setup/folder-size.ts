// Downloads by other programs are watched by the growth of the folder they write to.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { say, since } from './log.mjs';

export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries.map(async (entry) => {
    if (!entry.isFile()) return 0;
    return stat(path.join(entry.parentPath, entry.name)).then(
      (found) => found.size,
      () => 0, // removed in between
    );
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Reports how far a folder has grown while `work` goes on, and aborts it when nothing has come for a while. */
export async function watchGrowth<T>(
  what: string,
  folder: string,
  expectedBytes: number,
  work: (signal: AbortSignal) => Promise<T>,
  { everySeconds = 5, stallSeconds = 90 } = {},
): Promise<T> {
  const started = Date.now();
  const stalled = new AbortController();
  let last = { size: 0, at: started };
  const timer = setInterval(async () => {
    const size = await folderSize(folder);
    if (size !== last.size) last = { size, at: Date.now() };
    else if (Date.now() - last.at > stallSeconds * 1000) stalled.abort();
    const percent = Math.min(99, Math.floor((size / expectedBytes) * 100));
    say(`… ${what}: ${percent} % of ${Math.round(expectedBytes / 1e6)} MB (${since(started)})`);
  }, everySeconds * 1000);
  return work(stalled.signal).finally(() => clearInterval(timer));
}
