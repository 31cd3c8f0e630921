import type { BackupInfo } from '#shared/contracts/book.ts';

const NEWEST = 5;
const DAYS = 14;
const WEEKS = 8;
const DAY_MS = 86_400_000;

/** Newest of each period, for the given number of periods that have one. */
const newestOf = (backups: readonly BackupInfo[], periodMs: number, count: number): BackupInfo[] => {
  const found = new Map<number, BackupInfo>();
  for (const backup of backups) {
    const period = Math.floor(Date.parse(backup.at) / periodMs);
    if (!found.has(period)) found.set(period, backup);
  }
  return [...found.values()].slice(0, count);
};

/** Backups that may go: not among the last 5, nor the last of one of 14 days, nor the last of one of 8 weeks. */
export const expendable = (newestFirst: readonly BackupInfo[]): BackupInfo[] => {
  const kept = new Set([
    ...newestFirst.slice(0, NEWEST),
    ...newestOf(newestFirst, DAY_MS, DAYS),
    ...newestOf(newestFirst, 7 * DAY_MS, WEEKS),
  ]);
  return newestFirst.filter((backup) => !kept.has(backup));
};
