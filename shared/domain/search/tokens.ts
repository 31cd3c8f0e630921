import type { SearchDocument } from './document.ts';
import { fold } from './fold.ts';
import { partsOf, squeeze } from './parts.ts';
import { spellingsOf, typedFrom, unitsOf } from './spelling.ts';

/** Words are indexed by every beginning up to this length; what is typed beyond is checked in the text itself. */
export const LONGEST = 8;
const GRAM = 3;

/** What a token means is told by its first sign (docs/adr/0004-search.md). */
export const MARK = {
  /** The whole name. */
  exact: '=',
  /** The beginning of a name. */
  head: '^',
  /** Anywhere in a name. */
  name: '.',
  /** Pinyin or initials from the beginning of a name. */
  headSound: '~^',
  /** Pinyin or initials from any character of a name. */
  sound: '~',
  /** Three digits of a number: any longer run is found by its triples. */
  digits: '#',
  /** Number of the customer a record belongs to. */
  customer: '@',
} as const;

const firstPoints = (text: string, most: number): string =>
  [...text.slice(0, most * 2)].slice(0, most).join('');

/** Adds the beginnings of a word that are longer than `known` characters. */
const addBeginnings = (tokens: Set<string>, mark: string, text: string, known = 0): void => {
  let token = mark;
  let length = 0;
  for (const point of text) {
    token += point;
    if (++length > known) tokens.add(token);
    if (length === LONGEST) return;
  }
};

/** Adds characters and pairs of Chinese runs, and the beginnings of words and numbers. */
const addText = (tokens: Set<string>, mark: string, folded: string): void => {
  for (const part of partsOf(folded)) {
    if (part.kind !== 'cjk') {
      addBeginnings(tokens, mark, part.text);
      continue;
    }
    let last = '';
    for (const point of part.text) {
      tokens.add(mark + point);
      if (last) tokens.add(mark + last + point);
      last = point;
    }
  }
};

const addName = (tokens: Set<string>, name: string): void => {
  const folded = fold(name);
  const whole = squeeze(folded);
  if (whole === '') return;
  tokens.add(MARK.exact + firstPoints(whole, 40));
  addBeginnings(tokens, MARK.head, whole);
  addText(tokens, MARK.name, folded);
  const units = unitsOf(name);
  for (const spelling of spellingsOf(units))
    for (let n = 0; n < spelling.length; n++) {
      // A Latin word is found as itself; only what goes beyond it is a way to spell the name.
      const own = units[n]?.isHan ? 0 : (spelling[n]?.length ?? 0);
      for (const form of typedFrom(spelling, n)) {
        const known = form.startsWith(spelling[n] ?? '') ? own : Math.min(own, 1);
        addBeginnings(tokens, MARK.sound, form, known);
        if (n === 0) addBeginnings(tokens, MARK.headSound, form, known);
      }
    }
};

const addNumber = (tokens: Set<string>, number: string): void => {
  const digits = fold(number).replace(/[^0-9]/g, '');
  for (let at = 0; at + GRAM <= digits.length; at++) tokens.add(MARK.digits + digits.slice(at, at + GRAM));
};

/** Every token under which a record is found. */
export const tokensOf = (document: SearchDocument): Set<string> => {
  const tokens = new Set<string>();
  for (const name of document.names) addName(tokens, name);
  for (const number of document.numbers) {
    addNumber(tokens, number);
    addText(tokens, '', fold(number));
  }
  for (const text of document.texts) addText(tokens, '', fold(text));
  return tokens;
};

/** Tokens that a text must all have when it holds this run of Chinese, or a word that begins like this. */
export const textTokens = (kind: 'cjk' | 'digits' | 'letters', text: string): string[] => {
  if (kind !== 'cjk') return [firstPoints(text, LONGEST)];
  const points = [...text];
  return points.length === 1 ? points : points.slice(1).map((point, n) => (points[n] as string) + point);
};

/** Tokens that a number must all have when it holds these digits; none when they are too few to tell. */
export const digitTokens = (digits: string): string[] =>
  Array.from(
    { length: Math.max(0, digits.length - GRAM + 1) },
    (_, at) => MARK.digits + digits.slice(at, at + GRAM),
  );

/** A marked token of a whole query. */
export const wholeToken = (mark: string, whole: string): string =>
  mark + firstPoints(whole, mark === MARK.exact ? 40 : LONGEST);
