import { pinyin } from 'pinyin-pro';
import { fold } from './fold.ts';
import { partsOf } from './parts.ts';

const HAN = /\p{Script=Han}/u;
/** Names up to this length are spelled in every way their characters can be read. */
const SHORT_NAME = 4;
const MOST_SPELLINGS = 8;

/** One syllable or word of a name: the ways to spell it, the likeliest first, and its place in the name. */
export interface Unit {
  readings: string[];
  start: number;
  end: number;
  isHan: boolean;
}

const readings = new Map<string, string[]>();

/** ü is typed as v, u or yu. */
const typed = (syllable: string): string[] =>
  syllable.includes('v') ? [syllable, syllable.replace('v', 'u'), syllable.replace('v', 'yu')] : [syllable];

const readingsOf = (character: string): string[] => {
  let found = readings.get(character);
  if (!found) {
    found = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }).map(fold);
    if (readings.size < 10_000) readings.set(character, found);
  }
  return found;
};

const hanUnits = (run: string, start: number, isHead: boolean, short: boolean): Unit[] => {
  const syllables = pinyin(run, {
    toneType: 'none',
    type: 'array',
    v: true,
    mode: 'surname',
    surname: isHead ? 'head' : 'off',
  });
  let at = start;
  return [...run].map((character, n) => {
    const first = fold(syllables[n] ?? character);
    const others = short ? readingsOf(character) : [];
    const unit = {
      readings: [...new Set([first, ...others].flatMap(typed))],
      start: at,
      end: at + character.length,
      isHan: true,
    };
    at = unit.end;
    return unit;
  });
};

/** Syllables and words of a name, the first character read as a surname (单 is Shan). */
export const unitsOf = (name: string): Unit[] => {
  const short = [...name].length <= SHORT_NAME;
  const parts = partsOf(name);
  return parts.flatMap((part, n): Unit[] => {
    if (part.kind === 'cjk' && HAN.test(part.text)) return hanUnits(part.text, part.at, n === 0, short);
    return [{ readings: [fold(part.text)], start: part.at, end: part.at + part.text.length, isHan: false }];
  });
};

/** The ways to spell a whole name, the likeliest first: one reading per unit. */
export const spellingsOf = (units: readonly Unit[]): string[][] => {
  let ways: string[][] = [[]];
  for (const unit of units) {
    const more =
      ways.length * unit.readings.length <= MOST_SPELLINGS ? unit.readings : unit.readings.slice(0, 1);
    ways = more.flatMap((reading) => ways.map((way) => [...way, reading]));
  }
  return ways;
};

/** How the rest of a spelling may be typed from its n-th unit on: in full, by initials, or the first in full. */
export const typedFrom = (spelling: readonly string[], n: number): string[] => {
  const rest = spelling.slice(n);
  const initials = rest.map((syllable) => syllable[0] ?? '').join('');
  return [rest.join(''), initials, (rest[0] ?? '') + initials.slice(1)];
};
