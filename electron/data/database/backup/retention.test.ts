import { describe, expect, test } from 'vitest';
import type { BackupInfo } from '#shared/contracts/book.ts';
import { expendable } from './retention.ts';

const START = Date.UTC(2026, 0, 5);
const backupAt = (hours: number): BackupInfo => ({
  name: `${hours}`,
  at: new Date(START + hours * 3_600_000).toISOString(),
  bytes: 1,
  reason: 'schedule',
  verified: true,
});
const newestFirst = (hours: number[]): BackupInfo[] => hours.sort((a, b) => b - a).map(backupAt);

describe('expendable', () => {
  test('keeps the last five whenever they were made', () => {
    expect(expendable(newestFirst([1, 2, 3, 4, 5]))).toEqual([]);
    expect(expendable(newestFirst([1, 2, 3, 4, 5, 6])).map((backup) => backup.name)).toEqual(['1']);
  });

  test('keeps one a day for fourteen days and one a week for eight weeks', () => {
    const hourly = Array.from({ length: 100 * 24 }, (_, hour) => hour);
    const gone = new Set(expendable(newestFirst(hourly)).map((backup) => Number(backup.name)));
    const kept = hourly.filter((hour) => !gone.has(hour));
    const days = new Set(kept.map((hour) => Math.floor(hour / 24)));
    expect([...days].filter((day) => day >= 86)).toHaveLength(14);
    expect(new Set([...days].map((day) => Math.floor((day + START / 86_400_000) / 7))).size).toBe(8);
    expect(kept.length).toBeLessThanOrEqual(5 + 14 + 8);
  });
});
