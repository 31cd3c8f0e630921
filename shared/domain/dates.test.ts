import { describe, expect, it, test } from 'vitest';
import * as dates from './dates.ts';

describe('dates in zones', () => {
  test.each([
    ['2026-02-28T16:00:00.000Z', 'Asia/Shanghai', '2026-03-01'],
    ['2026-02-28T15:59:59.999Z', 'Asia/Shanghai', '2026-02-28'],
    ['2026-01-01T03:00:00.000Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T03:00:00.000Z', 'Nowhere/Unknown', '2026-01-01'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(dates.plainDate(instant, zone)).toBe(expected);
  });

  test.each([
    ['2026-03-01', '09:30', 'Asia/Shanghai', '2026-03-01T01:30:00.000Z'],
    ['2026-07-01', '00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    ['2026-01-01', '00:00', 'Europe/Berlin', '2025-12-31T23:00:00.000Z'],
    // The days on which clocks change: midnight still has the old offset.
    ['2026-03-29', '00:00', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '00:00', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '00:00', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ])('%s %s in %s is %s', (date, time, zone, expected) => {
    expect(dates.instantAt(date, time, zone)).toBe(expected);
    expect(dates.wallTime(expected, zone)).toBe(`${date}T${time}`);
  });
});

describe('calendar arithmetic', () => {
  it('crosses months, years and the 29th of February', () => {
    expect(dates.addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(dates.addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(dates.addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(dates.addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(dates.daysBetween('2026-03-01', '2026-02-01')).toBe(-28);
    expect(dates.addDays('9999-12-31', 1)).toBe('9999-12-31');
    expect(dates.addDays('0001-01-01', -1)).toBe('0001-01-01');
    expect(dates.isoWeekday('2026-03-01')).toBe(7);
    expect(dates.eachDay('2026-12-30', '2027-01-02')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(dates.eachDay('2026-01-02', '2026-01-01')).toEqual([]);
  });

  test.each([
    ['1990-05-20', '2026-05-20', '2026-05-20'],
    ['1990-05-20', '2026-05-21', '2027-05-20'],
    ['1992-02-29', '2026-02-01', '2026-02-28'],
    ['1992-02-29', '2028-02-01', '2028-02-29'],
    ['1990-01-01', '2026-12-31', '2027-01-01'],
  ])('%s returns from %s on %s', (date, from, expected) => {
    expect(dates.nextYearly(date, from)).toBe(expected);
  });
});
