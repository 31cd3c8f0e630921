import { readEmails, readPhones } from './contacts.ts';
import { readMoment } from './dates.ts';
import { looksLikeMoney, readNumber, saysNothing } from './numbers.ts';
import { readFlag } from './words.ts';

export type ValueKind =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'phone'
  | 'email'
  | 'flag'
  | 'choice'
  | 'empty';

const isPhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, '');
  return (
    readPhones(text) !== null &&
    (/^1[3-9]\d{9}$/.test(digits) || (digits.length >= 7 && /^[+(0]|\d[-\s]\d/.test(text.trim())))
  );
};

const TESTS: [kind: ValueKind, fits: (text: string) => boolean][] = [
  ['flag', (text) => readFlag(text) !== null && !/^\d$/.test(text.trim())],
  ['email', (text) => readEmails(text) !== null],
  ['date', (text) => readMoment(text, 'dmy') !== null],
  ['phone', isPhone],
  ['number', (text) => readNumber(text) !== null],
];
const MOST_CHOICES = 12;
const LONGEST_CHOICE = 30;

/** What the values of a column are. One in twenty may be something else. */
export const kindOf = (values: readonly string[]): ValueKind => {
  const filled = values.filter((value) => !saysNothing(value));
  if (filled.length === 0) return values.some((value) => value.trim() !== '') ? 'choice' : 'empty';
  const found = TESTS.find(([, fits]) => filled.filter(fits).length >= filled.length * 0.95)?.[0];
  if (found === 'number' && filled.some(looksLikeMoney)) return 'money';
  if (found) return found;
  const different = new Set(filled).size;
  const few = different <= MOST_CHOICES && filled.length >= different * 4;
  return few && filled.every((value) => value.length <= LONGEST_CHOICE) ? 'choice' : 'text';
};
