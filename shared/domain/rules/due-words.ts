import { addDays, addMonths, isoWeekday, type PlainDate, yearOf } from '../dates.ts';

/** A date found in words: which day, and where in the text it stands. */
export interface DueWords {
  on: PlainDate;
  start: number;
  end: number;
}

type Reader = (match: RegExpMatchArray, base: PlainDate) => PlainDate | null;

const CHINESE_DIGITS = '零一二三四五六七八九';

/** 1 to 99 in Arabic or Chinese digits; NaN for anything else. */
const numberOf = (digits: string): number => {
  if (/^\d+$/.test(digits)) return Number(digits);
  const normal = digits.replace(/两|兩/, '二').replace(/^廿/, '二十');
  const [tens, ones] = normal.includes('十') ? normal.split('十') : ['', normal];
  const digit = (word: string | undefined, empty: number): number =>
    word ? CHINESE_DIGITS.indexOf(word) : empty;
  const value = (normal.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0);
  return value > 0 ? value : Number.NaN;
};

const dateOf = (year: number, month: number, day: number): PlainDate | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && year < 2200 ? date.toISOString().slice(0, 10) : null;
};

/** A month and day without a year: the next one that is not before the base. */
const comingDate = (base: PlainDate, month: number, day: number): PlainDate | null => {
  const thisYear = dateOf(yearOf(base), month, day);
  return thisYear !== null && thisYear >= base ? thisYear : dateOf(yearOf(base) + 1, month, day);
};

/** A day of the month without a month. */
const comingDay = (base: PlainDate, day: number): PlainDate | null => {
  for (let months = 0; months < 3; months++) {
    const first = `${addMonths(`${base.slice(0, 8)}01`, months).slice(0, 8)}`;
    const found = dateOf(Number(first.slice(0, 4)), Number(first.slice(5, 7)), day);
    if (found !== null && found >= base) return found;
  }
  return null;
};

const monthEnd = (base: PlainDate, months: number): PlainDate =>
  addDays(addMonths(`${base.slice(0, 8)}01`, months + 1), -1);

/** A weekday of the week that lies `weeks` ahead. */
const ofWeek = (base: PlainDate, weeks: number, weekday: number): PlainDate =>
  addDays(base, weeks * 7 + weekday - isoWeekday(base));

/** The next such weekday after the base. */
const comingWeekday = (base: PlainDate, weekday: number): PlainDate =>
  addDays(base, ((weekday - isoWeekday(base) + 6) % 7) + 1);

const after = (base: PlainDate, days: number): PlainDate | null =>
  Number.isFinite(days) ? addDays(base, days) : null;

const FRIDAY = 5;
const chineseWeekday = (word: string): number => '一二三四五六'.indexOf(word) + 1 || 7;
const ENGLISH_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const englishWeekday = (word: string): number => ENGLISH_DAYS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
const ENGLISH_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const englishMonth = (word: string): number => ENGLISH_MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

const N = '[0-9零一二三四五六七八九十两兩廿]{1,3}';
const WEEK = '(?:周|週|星期|礼拜|禮拜)';
const FULL_DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const DAY = `(?:${FULL_DAY}|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)`;
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const FIXED: Record<string, number> = {
  ...{
    今天: 0,
    今日: 0,
    今晚: 0,
    明天: 1,
    明日: 1,
    明早: 1,
    明晚: 1,
    后天: 2,
    後天: 2,
    大后天: 3,
    大後天: 3,
  },
  ...{ today: 0, tonight: 0, tomorrow: 1, 'day after tomorrow': 2 },
};

/** Words for dates, the more specific before the more general. Each begins where its meaning begins. */
const READERS: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [
    /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/,
    (m) => dateOf(Number(m[1]), Number(m[2]), Number(m[3])),
  ],
  [/(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})[日号號]?/, (m) => dateOf(Number(m[1]), Number(m[2]), Number(m[3]))],
  [
    new RegExp(`下(?:个|個)?月(${N})[日号號]`),
    (m, base) => {
      const first = addMonths(`${base.slice(0, 8)}01`, 1);
      return dateOf(Number(first.slice(0, 4)), Number(first.slice(5, 7)), numberOf(m[1] ?? ''));
    },
  ],
  [
    new RegExp(`(${N})月(${N})[日号號]?`),
    (m, base) => comingDate(base, numberOf(m[1] ?? ''), numberOf(m[2] ?? '')),
  ],
  [/下(?:个|個)?月底/, (_, base) => monthEnd(base, 1)],
  [/(?:本|这个|這個)?月底/, (_, base) => monthEnd(base, 0)],
  [/年底/, (_, base) => `${base.slice(0, 4)}-12-31`],
  [
    new RegExp(`(下+)(?:个|個)?${WEEK}([一二三四五六日天])`),
    (m, base) => ofWeek(base, m[1]?.length ?? 1, chineseWeekday(m[2] ?? '')),
  ],
  [
    new RegExp(`(?:本|这|這)(?:个|個)?${WEEK}([一二三四五六日天])`),
    (m, base) => ofWeek(base, 0, chineseWeekday(m[1] ?? '')),
  ],
  [new RegExp(`${WEEK}([一二三四五六日天])`), (m, base) => comingWeekday(base, chineseWeekday(m[1] ?? ''))],
  [new RegExp(`(${N})(?:天|日)(?:之|以)?(?:内|內|后|後)`), (m, base) => after(base, numberOf(m[1] ?? ''))],
  [
    new RegExp(`(${N})(?:个|個)?${WEEK}(?:之|以)?(?:内|內|后|後)`),
    (m, base) => after(base, 7 * numberOf(m[1] ?? '')),
  ],
  [new RegExp(`下(?:个|個)?${WEEK}`), (_, base) => ofWeek(base, 1, FRIDAY)],
  [
    new RegExp(`(?<![0-9月])(${N})[日号號](?![内內后後楼樓线線院门門店仓倉厂廠])`),
    (m, base) => comingDay(base, numberOf(m[1] ?? '')),
  ],
  [
    /大后天|大後天|后天|後天|明天|明日|明早|明晚|今天|今日|今晚/,
    (m, base) => addDays(base, FIXED[m[0]] ?? 0),
  ],
  [
    new RegExp(`\\b(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s*(\\d{4})\\b)?`, 'i'),
    (m, base) => monthName(base, m[1], m[2], m[3]),
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH})(?![a-z])(?:,?\\s*(\\d{4})\\b)?`, 'i'),
    (m, base) => monthName(base, m[2], m[1], m[3]),
  ],
  [/\bend of (?:the |this )?month\b|\bmonth[- ]end\b/i, (_, base) => monthEnd(base, 0)],
  [/\bend of next month\b/i, (_, base) => monthEnd(base, 1)],
  [/\bend of (?:the |this )?week\b/i, (_, base) => ofWeek(base, 0, FRIDAY)],
  [/\bend of (?:the |this )?year\b/i, (_, base) => `${base.slice(0, 4)}-12-31`],
  [new RegExp(`\\bnext\\s+(${DAY})\\b`, 'i'), (m, base) => ofWeek(base, 1, englishWeekday(m[1] ?? ''))],
  [
    // Short names only after a preposition: he sat there, the sun.
    new RegExp(`\\b(?:(?:by|on|before|until|this)\\s+(${DAY})|(${FULL_DAY}))\\b`, 'i'),
    (m, base) => comingWeekday(base, englishWeekday(m[1] ?? m[2] ?? '')),
  ],
  [/\b(?:in|within)\s+(\d{1,2})\s+days?\b/i, (m, base) => addDays(base, Number(m[1]))],
  [/\b(?:in|within)\s+(\d{1,2})\s+weeks?\b/i, (m, base) => addDays(base, 7 * Number(m[1]))],
  [/\b(?:in|within)\s+a\s+week\b/i, (_, base) => addDays(base, 7)],
  [/\bnext week\b/i, (_, base) => ofWeek(base, 1, FRIDAY)],
  [/\b(?:the )?day after tomorrow\b/i, (_, base) => addDays(base, 2)],
  [/\b(?:today|tonight|tomorrow)\b/i, (m, base) => addDays(base, FIXED[m[0].toLowerCase()] ?? 0)],
];

const monthName = (
  base: PlainDate,
  month: string | undefined,
  day: string | undefined,
  year: string | undefined,
): PlainDate | null => {
  const [m, d] = [englishMonth(month ?? ''), Number(day)];
  return year ? dateOf(Number(year), m, d) : comingDate(base, m, d);
};

/** The first date that words name, as seen from the day on which they were written; null when they name none. */
export const dueWordsIn = (text: string, base: PlainDate): DueWords | null => {
  let first: DueWords | null = null;
  for (const [pattern, readDate] of READERS) {
    const match = pattern.exec(text);
    if (!match || (first && match.index >= first.start)) continue;
    const on = readDate(match, base);
    if (on !== null) first = { on, start: match.index, end: match.index + match[0].length };
  }
  return first;
};
