import { expect, test } from 'vitest';
import { dateOfLunar, lunarDayOf } from './lunar-calendar.ts';

test.each([
  // New Year's days and days around them
  ['2026-02-17', 2026, 1, false, 1],
  ['2026-02-16', 2025, 12, false, 29],
  ['2025-01-29', 2025, 1, false, 1],
  ['2025-01-28', 2024, 12, false, 29],
  ['2000-02-05', 2000, 1, false, 1],
  // Mid-Autumn and leap months
  ['2026-09-25', 2026, 8, false, 15],
  ['2020-05-23', 2020, 4, true, 1],
  ['2023-03-22', 2023, 2, true, 1],
  ['1984-12-22', 1984, 11, false, 1],
])('%s is %i-%i (leap %s) %i', (date, year, month, leap, day) => {
  expect(lunarDayOf(date)).toMatchObject({ year, month, leap, day });
  expect(dateOfLunar(year, month, day, leap)).toBe(date);
});

test('a 30th that the month does not have falls on the 29th', () => {
  // The twelfth month of 2025 has 29 days.
  expect(dateOfLunar(2025, 12, 30)).toBe(dateOfLunar(2025, 12, 29));
});

test('a leap month falls back to the ordinary one', () => {
  expect(dateOfLunar(2021, 4, 1, true)).toBe(dateOfLunar(2021, 4, 1));
  expect(dateOfLunar(2020, 4, 1, true)).not.toBe(dateOfLunar(2020, 4, 1));
});
