import { plainDate } from '../fields.ts';

export type DateOrder = 'ymd' | 'mdy' | 'dmy';

/** A date with the time of day, if one is given. */
export interface Moment {
  date: string;
  time: string | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CHINESE_MONTHS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const real = plainDate();

const dateOf = (year: number, month: number, day: number): string | null => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return year >= 1800 && year <= 2200 && real.safeParse(text).success ? text : null;
};

/** 26 is 2026, 58 is 1958: birthdays reach further back than maturities ahead. */
const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  return year > 45 ? 1900 + year : 2000 + year;
};

/** Number of a month: 5 · 05 · May · 5月 · 五月. */
export const readMonth = (raw: string): number | null => {
  const text = raw.normalize('NFKC').trim().toLowerCase().replace(/\.$/, '');
  const bare = text.replace(/月$/u, '');
  const chinese = CHINESE_MONTHS.indexOf(bare);
  if (chinese >= 0) return chinese + 1;
  if (/^\d{1,2}$/.test(bare)) return Number(bare) >= 1 && Number(bare) <= 12 ? Number(bare) : null;
  const named = MONTHS.findIndex((month) => text.startsWith(month));
  return named >= 0 && /^[a-z]{3,9}$/.test(text) ? named + 1 : null;
};

/** Day of a month: 5 · 5th · 5日. */
export const readDay = (raw: string): number | null => {
  const found = /^(\d{1,2})(st|nd|rd|th|日|号|號)?$/u.exec(raw.normalize('NFKC').trim().toLowerCase());
  const day = Number(found?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : null;
};

/** A date of a year, month and day; null when there is no such day. */
export const dayOf = (year: number, month: number, day: number): string | null => dateOf(year, month, day);

const ordered = (a: string, b: string, year: string, order: DateOrder, sign: string): string | null => {
  const [first, second] = [Number(a), Number(b)];
  const [y, dayFirst, monthFirst] = [
    fullYear(year),
    dateOf(fullYear(year), second, first),
    dateOf(fullYear(year), first, second),
  ];
  if (first > 12) return dayFirst;
  if (second > 12) return monthFirst;
  if (order === 'dmy' || (order === 'ymd' && sign === '.')) return dayFirst;
  if (order === 'mdy' || first === second) return dateOf(y, first, second);
  // 03/04/2026 without a word on the order: nobody knows.
  return null;
};

const readTime = (text: string): string | null => {
  const found = /(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?\s*(am|pm|上午|下午)?/iu.exec(text);
  if (!found) return null;
  const half = found[3]?.toLowerCase();
  let hour = Number(found[1]);
  if ((half === 'pm' || half === '下午') && hour < 12) hour += 12;
  if ((half === 'am' || half === '上午') && hour === 12) hour = 0;
  return hour < 24 && Number(found[2]) < 60 ? `${String(hour).padStart(2, '0')}:${found[2]}` : null;
};

const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

/** Days since 1900 as a spreadsheet counts them; only where a column is known to hold dates. */
const ofSerial = (text: string): string | null => {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return null;
  return new Date(SERIAL_EPOCH + Math.floor(Number(text)) * 86_400_000).toISOString().slice(0, 10);
};

const momentOf = (date: string | null, time: string): Moment | null =>
  date === null ? null : { date, time: readTime(time) };

/** A date and perhaps a time: 2026-01-05 · 2026/1/5 14:30 · 2026年1月5日 · 05.01.2026 · 5 Jan 2026 · 20260105. */
export const readMoment = (raw: string, order: DateOrder, serials = false): Moment | null => {
  const text = raw.normalize('NFKC').trim();
  const first = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?(?:[T\s,]+(.*))?$/u.exec(
    text,
  );
  if (first) {
    return momentOf(dateOf(Number(first[1]), Number(first[2]), Number(first[3])), first[4] ?? '');
  }
  const last = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T\s,]+(.*))?$/u.exec(text);
  if (last) {
    return momentOf(
      ordered(last[1] ?? '', last[3] ?? '', last[4] ?? '', order, last[2] ?? ''),
      last[5] ?? '',
    );
  }
  const named =
    /^(?<day>\d{1,2})(?:st|nd|rd|th)?[\s\-./]+(?<month>[a-z]{3,9})\.?[\s\-./,]+(?<year>\d{4}|\d{2})(?:\s+(?<time>.*))?$/iu.exec(
      text,
    ) ??
    /^(?<month>[a-z]{3,9})\.?[\s-]+(?<day>\d{1,2})(?:st|nd|rd|th)?[\s,]+(?<year>\d{4})(?:\s+(?<time>.*))?$/iu.exec(
      text,
    );
  if (named?.groups) {
    const { day = '', month = '', year = '', time = '' } = named.groups;
    return momentOf(dateOf(fullYear(year), readMonth(month) ?? 0, Number(day)), time);
  }
  const tight = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const date = tight
    ? dateOf(Number(tight[1]), Number(tight[2]), Number(tight[3]))
    : serials
      ? ofSerial(text)
      : null;
  return date === null ? null : { date, time: null };
};

/** The order of day and month that all of these dates allow, or null when they do not tell. */
export const orderOf = (samples: readonly string[]): DateOrder | null => {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const sample of samples) {
    const found = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b/.exec(sample.trim());
    if (!found) continue;
    if (Number(found[1]) > 12) dayFirst++;
    else if (Number(found[2]) > 12) monthFirst++;
  }
  if (dayFirst === monthFirst) return null;
  return dayFirst > monthFirst ? 'dmy' : 'mdy';
};
