import { LunarYear } from 'lunar-typescript';
import type { PlainDate } from './dates.ts';

/** A day of the Chinese calendar. */
export interface LunarDay {
  year: number;
  /** 1 to 12 */
  month: number;
  leap: boolean;
  day: number;
  /** Days this month has: 29 or 30. */
  monthDays: number;
  /** Whether this year repeats the month as a leap month. */
  repeated: boolean;
}

interface Month {
  month: number;
  leap: boolean;
  start: number;
  days: number;
}

const DAY_MS = 86_400_000;
const UNIX_EPOCH_JULIAN = 2_440_587.5;
const epochDay = (date: PlainDate): number => Math.round(Date.parse(`${date}T00:00:00.000Z`) / DAY_MS);
const dateOf = (day: number): PlainDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

const years = new Map<number, Month[]>();

/** Months of a lunar year, leap month included. Kept: the library computes the year anew for every single date. */
const monthsOf = (year: number): Month[] => {
  let months = years.get(year);
  if (!months) {
    months = LunarYear.fromYear(year)
      .getMonthsInYear()
      .map((month) => ({
        month: Math.abs(month.getMonth()),
        leap: month.isLeap(),
        start: Math.floor(month.getFirstJulianDay() - UNIX_EPOCH_JULIAN),
        days: month.getDayCount(),
      }));
    years.set(year, months);
  }
  return months;
};

/** The lunar day of a calendar date. */
export const lunarDayOf = (date: PlainDate): LunarDay => {
  const day = epochDay(date);
  const year = Number(date.slice(0, 4));
  // The lunar year begins in January or February: a date before that belongs to the year before.
  const start = monthsOf(year)[0]?.start ?? 0;
  const lunarYear = day < start ? year - 1 : year;
  const months = monthsOf(lunarYear);
  const found = months.findLast((month) => month.start <= day);
  if (!found) throw new RangeError(`no lunar month for ${date}`);
  return {
    year: lunarYear,
    month: found.month,
    leap: found.leap,
    day: day - found.start + 1,
    monthDays: found.days,
    repeated: months.some((month) => month.month === found.month && month.leap),
  };
};

/** The calendar date of a lunar day; a 30th that the month does not have falls on its 29th. */
export const dateOfLunar = (year: number, month: number, day: number, leap = false): PlainDate => {
  const months = monthsOf(year).filter((one) => one.month === month);
  // Born in a leap month: kept in the leap month when the year has it, else in the ordinary one.
  const found = months.find((one) => one.leap === leap) ?? months[0];
  if (!found) throw new RangeError(`no lunar month ${month} in ${year}`);
  return dateOf(found.start + Math.min(day, found.days) - 1);
};
