import { eachDay, inYear, type PlainDate, yearOf } from '../dates.ts';
import type { Customer } from '../entities/index.ts';
import { dateOfLunar, lunarDayOf } from '../lunar-calendar.ts';

/**
 * A key names a day that returns every year: `05-20` in the solar calendar, `l08-15` in the lunar one, `L04-03` in a
 * leap month. Stored with an index, so that "whose birthday is it" is a look-up and not a calculation per customer.
 */
export type YearlyKey = string;

type Calendar = Customer['birthdayCalendar'];

const two = (value: number): string => String(value).padStart(2, '0');

/** The key under which a date returns. A lunar birthday is given by its solar date of birth. */
export const yearlyKey = (date: PlainDate, calendar: Calendar): YearlyKey => {
  if (calendar === 'solar') return date.slice(5);
  const { month, day, leap } = lunarDayOf(date);
  return `${leap ? 'L' : 'l'}${two(month)}-${two(day)}`;
};

/** Every key that is kept on a date: those of 29 February and of a lunar 30th too when the year has no such day. */
export const yearlyKeysOn = (date: PlainDate): YearlyKey[] => {
  const keys = [date.slice(5)];
  if (inYear('2000-02-29', yearOf(date)) === date && !date.endsWith('29')) keys.push('02-29');
  const lunar = lunarDayOf(date);
  const days = lunar.day === 29 && lunar.monthDays === 29 ? [29, 30] : [lunar.day];
  for (const day of days) {
    const monthDay = `${two(lunar.month)}-${two(day)}`;
    if (!lunar.leap) keys.push(`l${monthDay}`);
    // Born in a leap month: the ordinary month serves in years that have no such leap month.
    if (lunar.leap || !lunar.repeated) keys.push(`L${monthDay}`);
  }
  return keys;
};

/** Which date of a span every key falls on; a span longer than a year keeps the first. */
export const yearlyKeysBetween = (from: PlainDate, to: PlainDate): Map<YearlyKey, PlainDate> => {
  const found = new Map<YearlyKey, PlainDate>();
  for (const day of eachDay(from, to))
    for (const key of yearlyKeysOn(day)) if (!found.has(key)) found.set(key, day);
  return found;
};

/** Every return of a yearly date in a span. */
export const returnsBetween = (
  date: PlainDate,
  calendar: Calendar,
  from: PlainDate,
  to: PlainDate,
): PlainDate[] => {
  const found: PlainDate[] = [];
  const lunar = calendar === 'lunar' ? lunarDayOf(date) : null;
  // A lunar year reaches into the next solar one.
  for (let year = yearOf(from) - 1; year <= yearOf(to); year++) {
    const on = lunar ? dateOfLunar(year, lunar.month, lunar.day, lunar.leap) : inYear(date, year);
    if (on >= from && on <= to && on > date) found.push(on);
  }
  return found;
};
