import { differenceInCalendarDays, format as formatWith, parseISO } from 'date-fns';
import { majorUnits, minorDigits } from '#shared/domain/money.ts';
import { i18n } from './i18n.ts';

const intl = <T>(make: (language: string) => T): (() => T) => {
  const made = new Map<string, T>();
  return () => {
    const found = made.get(i18n.language) ?? make(i18n.language);
    made.set(i18n.language, found);
    return found;
  };
};

const dateFormat = intl(
  (l) => new Intl.DateTimeFormat(l, { year: 'numeric', month: 'short', day: 'numeric' }),
);
const dayFormat = intl((l) => new Intl.DateTimeFormat(l, { month: 'short', day: 'numeric' }));
const weekdayFormat = intl((l) => new Intl.DateTimeFormat(l, { weekday: 'short' }));
const longDayFormat = intl(
  (l) => new Intl.DateTimeFormat(l, { month: 'long', day: 'numeric', weekday: 'long' }),
);
const timeFormat = intl(
  (l) => new Intl.DateTimeFormat(l, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const dateTimeFormat = intl(
  (l) =>
    new Intl.DateTimeFormat(l, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);
const relative = intl((l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' }));
const integer = intl((l) => new Intl.NumberFormat(l));

/** A plain date or an instant as a Date in local time; a plain date is local midnight. */
export const toDate = (value: string): Date => parseISO(value);

/** 2026年11月23日 · Nov 23, 2026 */
export const formatDate = (value: string): string => dateFormat().format(toDate(value));
/** 11月23日 · Nov 23, with the year when it is another one. */
export const formatDay = (value: string, today: Date = new Date()): string =>
  (toDate(value).getFullYear() === today.getFullYear() ? dayFormat() : dateFormat()).format(toDate(value));
/** 11月23日星期一 · Monday, November 23 */
export const formatLongDay = (value: string | Date): string =>
  longDayFormat().format(typeof value === 'string' ? toDate(value) : value);
export const formatWeekday = (value: string): string => weekdayFormat().format(toDate(value));
/** 14:05 */
export const formatTime = (value: string): string => timeFormat().format(toDate(value));
export const formatDateTime = (value: string): string => dateTimeFormat().format(toDate(value));

/** 12 天前 · yesterday · in 3 days, by calendar days. */
export const formatRelativeDay = (value: string, today: Date = new Date()): string => {
  const days = differenceInCalendarDays(toDate(value), today);
  if (Math.abs(days) < 60) return relative().format(days, 'day');
  if (Math.abs(days) < 730) return relative().format(Math.round(days / 30.44), 'month');
  return relative().format(Math.round(days / 365.25), 'year');
};

/** 10 分钟前, for what happened within a day; otherwise by days. */
export const formatAgo = (value: string, now: Date = new Date()): string => {
  const minutes = Math.round((toDate(value).getTime() - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 60) return relative().format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative().format(Math.round(minutes / 60), 'hour');
  return formatRelativeDay(value, now);
};

const decimal = intl((l) => new Intl.NumberFormat(l, { maximumFractionDigits: 1 }));

/** 532 B · 12.4 KB · 3.1 MB */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} B`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${decimal().format(value)} ${unit}`;
};

export const formatInteger = (value: number): string => integer().format(value);

/** An amount in its currency: ¥1,234.50; whole when there are no minor units to show. Unknown is a dash. */
export const formatMoney = (minor: number | null, currency: string | null): string => {
  if (minor === null) return '–';
  const code = currency ?? 'CNY';
  const value = majorUnits(minor, code);
  return new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: Number.isInteger(value) ? 0 : minorDigits(code),
    minimumFractionDigits: 0,
  }).format(value);
};

/** A large amount in few characters: ¥123.4万 · ¥1.2M */
export const formatMoneyShort = (minor: number | null, currency: string | null): string => {
  if (minor === null) return '–';
  const code = currency ?? 'CNY';
  return new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    useGrouping: true,
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(majorUnits(minor, code));
};

/** YYYY-MM-DD of a local Date. */
export const toPlainDate = (date: Date): string => formatWith(date, 'yyyy-MM-dd');

/** The zone things are typed in here. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
