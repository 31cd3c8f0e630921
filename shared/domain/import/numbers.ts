import { minorDigits } from '../money.ts';

/** Words that say that nobody knows. An empty cell says the same. */
const UNKNOWN = new Set(
  '- -- — – / ? . n/a na #n/a nan null nil none unknown undefined 未知 不详 不詳 暂无 暫無 未填 不明'.split(
    ' ',
  ),
);

/** Whether a cell says nothing. Unknown becomes null, never zero. */
export const saysNothing = (raw: string): boolean => {
  const text = raw.trim();
  return text === '' || UNKNOWN.has(text.toLowerCase());
};

const POWERS: [word: RegExp, power: number][] = [
  [/(亿|億)$/u, 8],
  [/(百万|百萬)$/u, 6],
  [/(万|萬)$/u, 4],
  [/(千)$/u, 3],
];
const CURRENCY =
  /(?:[¥￥$€£₩₹]|\b(?:rmb|cny|usd|eur|gbp|hkd|jpy|twd|aud|sgd|chf)\b|hk\$|nt\$|us\$|人民币|人民幣|元|圆|圓|块)/giu;

interface Decimal {
  negative: boolean;
  whole: string;
  fraction: string;
}

const groupedBy = (text: string, sign: string): boolean =>
  text
    .split(sign)
    .every(
      (group, n, all) => (n === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group) || (n === 0 && all.length === 1),
    );

/** The plain digits of a number: which sign groups and which divides is read off the number itself. */
const plainDigits = (text: string): [whole: string, fraction: string] | null => {
  const body = text.replace(/[\s'’_]/gu, '');
  if (/^\d+$/.test(body)) return [body, ''];
  const lastComma = body.lastIndexOf(',');
  const lastPoint = body.lastIndexOf('.');
  const divider = lastComma > lastPoint ? ',' : '.';
  const grouper = divider === ',' ? '.' : ',';
  const [head = '', ...tails] = body.split(divider);
  const both = lastComma >= 0 && lastPoint >= 0;
  const isGroup = tails.length > 1 || (divider === ',' && !both && /^\d{3}$/.test(tails[0] ?? ''));
  if (isGroup) return groupedBy(body, divider) ? [body.replaceAll(divider, ''), ''] : null;
  if (
    !/^\d*$/.test(tails[0] ?? '') ||
    !(head.includes(grouper) ? groupedBy(head, grouper) : /^\d*$/.test(head))
  )
    return null;
  const whole = head.replaceAll(grouper, '');
  return whole === '' && (tails[0] ?? '') === '' ? null : [whole || '0', tails[0] ?? ''];
};

/** A number as people write it: 1,234.56 · 1.234,56 · ¥12万 · 1.5亿 · (300) · ３００. Null when it is none. */
const readDecimal = (raw: string): Decimal | null => {
  let text = raw.normalize('NFKC').replace(CURRENCY, '').trim();
  let power = 0;
  for (const [word, by] of POWERS)
    if (word.test(text)) {
      text = text.replace(word, '').trim();
      power = by;
      break;
    }
  let negative = false;
  const bracketed = /^\((.+)\)$/.exec(text);
  if (bracketed?.[1]) {
    negative = true;
    text = bracketed[1];
  }
  const signed = /^([+\-−])\s*(.+)$/u.exec(text) ?? /^()(.+?)\s*-$/u.exec(text);
  if (signed?.[2]) {
    negative ||= signed[1] !== '+';
    text = signed[2];
  }
  const digits = plainDigits(text);
  if (!digits) return null;
  const [whole, fraction] = digits;
  const shifted = fraction.padEnd(power, '0');
  return { negative, whole: whole + shifted.slice(0, power), fraction: shifted.slice(power) };
};

/** A number. Null when the text is none. */
export const readNumber = (raw: string): number | null => {
  const text = raw.trim().replace(/%$/, '');
  const decimal = readDecimal(text);
  if (!decimal) return null;
  const value = Number(`${decimal.whole}.${decimal.fraction || '0'}`);
  return decimal.negative ? -value || 0 : value;
};

/** An amount in minor units, exact; rounded half up beyond them. Null when the text is no amount. */
export const readMoney = (raw: string, currency: string): number | null => {
  const decimal = readDecimal(raw);
  if (!decimal) return null;
  const digits = minorDigits(currency);
  const kept = decimal.fraction.padEnd(digits, '0').slice(0, digits);
  const rounds = Number(decimal.fraction[digits] ?? '0') >= 5 ? 1 : 0;
  const value = Number(decimal.whole + kept) + rounds;
  if (!Number.isSafeInteger(value)) return null;
  return decimal.negative ? -value || 0 : value;
};

/** Whether a text is written as an amount of money rather than as any number. */
export const looksLikeMoney = (raw: string): boolean => {
  const text = raw.normalize('NFKC').trim();
  if (readDecimal(text) === null) return false;
  CURRENCY.lastIndex = 0;
  return (
    CURRENCY.test(text) || /[万萬亿億]$/u.test(text) || /^-?\d{1,3}([,.']\d{3})+([.,]\d{1,2})?$/.test(text)
  );
};
