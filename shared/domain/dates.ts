import {
  addDays as addCalendarDays,
  addMonths as addCalendarMonths,
  differenceInCalendarDays,
  getISODay,
  lightFormat,
  parseISO,
} from 'date-fns';

/** A calendar date YYYY-MM-DD without time or zone. */
export type PlainDate = string;
/** An instant in UTC, ISO 8601 with milliseconds and Z. */
export type Instant = string;

const DAY_MS = 86_400_000;

/** A date beyond four-digit years stays at their edge: its text would no longer compare with others. */
const plain = (date: Date): PlainDate => {
  const year = date.getFullYear();
  if (year > 9999) return '9999-12-31';
  return year < 1 ? '0001-01-01' : lightFormat(date, 'yyyy-MM-dd');
};

let zoneHere: string | undefined;

/** The zone of this computer, as it was when first asked: asking costs more than reading a record. */
export const systemZone = (): string => {
  zoneHere ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneHere;
};

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone);
  if (!format) {
    const options: Intl.DateTimeFormatOptions = {
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    };
    try {
      format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
    } catch {
      // A zone that only a newer peer knows must not make a record unreadable.
      format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
    }
    formats.set(zone, format);
  }
  return format;
};

/** Wall clock of a moment in a zone, as if it were UTC, in milliseconds. */
const readClock = (ms: number, zone: string): number => {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(ms)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000);
};

const QUARTER_MS = 900_000;
const lastOffset = new Map<string, { quarter: number; offset: number }>();

/** The same through the offset last read for the zone: clocks are only changed on the quarter of an hour. */
const wallClock = (ms: number, zone: string): number => {
  const quarter = Math.floor(ms / QUARTER_MS);
  let last = lastOffset.get(zone);
  if (last?.quarter !== quarter) {
    last = { quarter, offset: readClock(ms, zone) - ms };
    lastOffset.set(zone, last);
  }
  return ms + last.offset;
};

/** Date and wall clock of an instant in a zone: `2026-03-01T09:30`. An unknown zone counts as UTC. */
export const wallTime = (instant: Instant | Date, zone: string): string =>
  new Date(wallClock(new Date(instant).getTime(), zone)).toISOString().slice(0, 16);

/** The date of an instant in a zone. An unknown zone counts as UTC. */
export const plainDate = (instant: Instant | Date, zone: string): PlainDate =>
  wallTime(instant, zone).slice(0, 10);

/** The instant at which a zone's clock shows `time` on `date`; a time that a clock change skips moves ahead. */
export const instantAt = (date: PlainDate, time: string, zone: string): Instant => {
  const wanted = Date.parse(`${date}T${time}:00.000Z`);
  const first = wanted - (wallClock(wanted, zone) - wanted);
  const second = wanted - (wallClock(first, zone) - first);
  return new Date(second).toISOString();
};

/** The first instant of a date in a zone; with the next date's it bounds the day. */
export const startOfDay = (date: PlainDate, zone: string): Instant => instantAt(date, '00:00', zone);

export const addDays = (date: PlainDate, days: number): PlainDate =>
  plain(addCalendarDays(parseISO(date), days));

/** Adds calendar months; a day the month does not have becomes its last. */
export const addMonths = (date: PlainDate, months: number): PlainDate =>
  plain(addCalendarMonths(parseISO(date), months));

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  differenceInCalendarDays(parseISO(to), parseISO(from));

/** 1 is Monday, 7 is Sunday. */
export const isoWeekday = (date: PlainDate): number => getISODay(parseISO(date));

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** A yearly date in a given year; 29 February is kept on the 28th when there is none. */
export const inYear = (date: PlainDate, year: number): PlainDate => {
  const monthDay = date.slice(5);
  const kept = monthDay === '02-29' && !isLeapYear(year) ? '02-28' : monthDay;
  return `${String(year).padStart(4, '0')}-${kept}`;
};

/** The next return of a yearly date on or after `from`. */
export const nextYearly = (date: PlainDate, from: PlainDate): PlainDate => {
  const thisYear = inYear(date, yearOf(from));
  return thisYear >= from ? thisYear : inYear(date, yearOf(from) + 1);
};

/** Every date from `from` to `to`, both included. */
export const eachDay = (from: PlainDate, to: PlainDate): PlainDate[] => {
  const start = Date.parse(`${from}T00:00:00.000Z`);
  const count = Math.max(0, daysBetween(from, to) + 1);
  return Array.from({ length: count }, (_, n) => new Date(start + n * DAY_MS).toISOString().slice(0, 10));
};
