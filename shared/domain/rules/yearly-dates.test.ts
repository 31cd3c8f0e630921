import { describe, expect, it, test } from 'vitest';
import { eachDay } from '../dates.ts';
import { festivalsBetween } from './festivals.ts';
import { returnsBetween, yearlyKey, yearlyKeysBetween } from './yearly-dates.ts';

describe('returnsBetween', () => {
  test.each([
    ['1990-05-20', 'solar', '2026-05-01', '2026-05-31', ['2026-05-20']],
    ['1990-01-02', 'solar', '2026-12-20', '2027-01-10', ['2027-01-02']],
    ['1992-02-29', 'solar', '2026-02-01', '2026-03-31', ['2026-02-28']],
    ['1992-02-29', 'solar', '2028-02-01', '2028-03-31', ['2028-02-29']],
    // 1990-10-03 is the 15th of the eighth month.
    ['1990-10-03', 'lunar', '2026-01-01', '2026-12-31', ['2026-09-25']],
    // The twelfth month falls into the next solar year.
    ['2000-01-10', 'lunar', '2026-01-01', '2026-12-31', ['2026-01-22']],
    // Nobody has a birthday before being born.
    ['2026-05-20', 'solar', '2026-01-01', '2026-12-31', []],
  ] as const)('%s (%s) between %s and %s', (date, calendar, from, to, expected) => {
    expect(returnsBetween(date, calendar, from, to)).toEqual(expected);
  });
});

describe('yearly keys', () => {
  it('find exactly the days on which a date returns, leap months and short months included', () => {
    const born = eachDay('2020-04-01', '2020-07-31').concat('1992-02-29', '1984-12-21', '2000-02-04');
    for (const [from, to] of [
      ['2026-01-10', '2026-12-20'],
      ['2028-01-01', '2028-12-31'],
      ['2031-01-01', '2031-12-20'],
    ] as const) {
      const keys = yearlyKeysBetween(from, to);
      for (const date of born)
        for (const calendar of ['solar', 'lunar'] as const) {
          const first = returnsBetween(date, calendar, from, to)[0];
          expect([date, calendar, keys.get(yearlyKey(date, calendar))]).toEqual([date, calendar, first]);
        }
    }
  });
});

test('festivals of a span across the year end', () => {
  expect(festivalsBetween('2025-10-01', '2026-04-30')).toEqual([
    { festival: 'nationalDay', on: '2025-10-01' },
    { festival: 'midAutumn', on: '2025-10-06' },
    { festival: 'doubleNinth', on: '2025-10-29' },
    { festival: 'newYear', on: '2026-01-01' },
    { festival: 'springFestivalEve', on: '2026-02-16' },
    { festival: 'springFestival', on: '2026-02-17' },
    { festival: 'lantern', on: '2026-03-03' },
    { festival: 'qingming', on: '2026-04-05' },
  ]);
  expect(festivalsBetween('2026-06-01', '2026-06-30')).toEqual([
    { festival: 'dragonBoat', on: '2026-06-19' },
  ]);
});
