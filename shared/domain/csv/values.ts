import { format, isValid, parse } from 'date-fns';

/** Words that say that nothing is known. They become null, never zero and never the empty text. */
const UNKNOWN = new Set([
  '',
  '-',
  '--',
  '—',
  '/',
  '?',
  'unknown',
  'n/a',
  'na',
  'null',
  'none',
  'nan',
  '#n/a',
  '未知',
  '不详',
  '不詳',
  '无',
  '無',
  '空',
]);

export const isUnknown = (text: string): boolean => UNKNOWN.has(text.trim().toLowerCase());

const YES = new Set(['yes', 'y', 'true', 't', '1', '是', '有', '对', '對', '√']);
const NO = new Set(['no', 'n', 'false', 'f', '0', '否', '无', '無', '没有', '×']);

/** 是, yes, 1 … as true, 否, no, 0 … as false; null when it is neither. */
export const parseFlag = (text: string): boolean | null => {
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
};

export type DateOrder = 'ymd' | 'mdy' | 'dmy';

const PATTERNS: Record<DateOrder, readonly string[]> = {
  ymd: [
    'yyyy-M-d',
    'yyyy/M/d',
    'yyyy.M.d',
    'yyyy年M月d日',
    'yyyyMMdd',
    'yyyy-M-d H:mm',
    'yyyy-M-d H:mm:ss',
    'yyyy/M/d H:mm',
    'yyyy/M/d H:mm:ss',
  ],
  mdy: ['M/d/yyyy', 'M-d-yyyy', 'M.d.yyyy', 'M/d/yy', 'MMM d, yyyy', 'MMMM d, yyyy'],
  dmy: ['d/M/yyyy', 'd-M-yyyy', 'd.M.yyyy', 'd/M/yy', 'd.M.yy', 'd MMM yyyy', 'd MMMM yyyy'],
};

/** A date in any of the usual spellings as YYYY-MM-DD; a year first is understood whatever the order; null otherwise. */
export const parseDate = (text: string, order: DateOrder): string | null => {
  const trimmed = text.trim().replace(/T.*$/, '');
  const patterns = order === 'ymd' ? PATTERNS.ymd : [...PATTERNS.ymd, ...PATTERNS[order]];
  for (const pattern of patterns) {
    const date = parse(trimmed, pattern, new Date(2000, 0, 1));
    if (isValid(date) && date.getFullYear() >= 1800 && date.getFullYear() <= 2200)
      return format(date, 'yyyy-MM-dd');
  }
  return null;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 1 to 12 for 5, 05, may, May, 五月 … is not read; null otherwise. */
export const parseMonth = (text: string): number | null => {
  const word = text.trim().toLowerCase().replace(/月$/, '');
  const named = MONTHS.indexOf(word.slice(0, 3));
  if (named >= 0) return named + 1;
  const number = Number(word);
  return Number.isInteger(number) && number >= 1 && number <= 12 ? number : null;
};

const SCALE: Record<string, number> = {
  万: 10_000,
  萬: 10_000,
  亿: 100_000_000,
  億: 100_000_000,
  k: 1_000,
  m: 1_000_000,
};

/** A decimal number with either convention for thousands and decimals; null when it is none. */
export const parseNumber = (text: string): number | null => {
  let bare = text.trim().replace(/[\s\u00a0']/g, '');
  let sign = 1;
  const bracketed = /^\((.*)\)$/.exec(bare);
  if (bracketed) {
    bare = bracketed[1] ?? '';
    sign = -1;
  }
  if (!/^[+-]?[\d.,]+$/.test(bare) || !/\d/.test(bare)) return null;
  const comma = bare.lastIndexOf(',');
  const point = bare.lastIndexOf('.');
  if (comma > point) {
    // a comma followed by groups of three is a thousands separator; otherwise it is the decimal one
    bare = /^[+-]?\d{1,3}(,\d{3})+$/.test(bare)
      ? bare.replace(/,/g, '')
      : bare.replace(/\./g, '').replace(',', '.');
  } else bare = /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(bare) ? bare.replace(/\./g, '') : bare.replace(/,/g, '');
  const value = Number(bare);
  return Number.isFinite(value) ? sign * value : null;
};

/** An amount as integer minor units: 1,234.56, ¥12万, 1.5亿, 1.234,56; null when it is none. */
export const parseMoney = (text: string): number | null => {
  const bare = text.trim().replace(/[¥￥$€£]|rmb|cny|usd|eur|元|圆/gi, '');
  const scaled = /^(.*?)([万萬亿億km])$/i.exec(bare.trim());
  const number = parseNumber(scaled?.[1] ?? bare);
  if (number === null) return null;
  const minor = Math.round(number * (SCALE[scaled?.[2]?.toLowerCase() ?? ''] ?? 1) * 100);
  return Number.isSafeInteger(minor) ? minor : null;
};

/** true for what can be dialled: 5 to 20 digits with the usual signs between. */
export const looksLikePhone = (text: string): boolean =>
  /^\+?[\d\s()\-.]+(?:[#xX]\d+)?$/.test(text.trim()) &&
  text.replace(/\D/g, '').length >= 5 &&
  text.replace(/\D/g, '').length <= 20;

/** The last four signs of a document number; the whole number is never kept. */
export const tailOf = (text: string): string => text.replace(/[\s-]/g, '').slice(-4);

/** The birth date inside an 18-digit identity number of China; null when there is none. */
export const birthDateOfId = (text: string): string | null => {
  const [, date] = /^\d{6}(\d{8})\d{3}[\dXx]$/.exec(text.trim()) ?? [];
  return date ? parseDate(date, 'ymd') : null;
};
