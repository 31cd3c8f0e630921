import { fold, foldTraced } from './fold.ts';
import { type Part, partsOf, squeeze } from './parts.ts';
import type { SearchQuery } from './query.ts';
import { spellingsOf, typedFrom, type Unit, unitsOf } from './spelling.ts';

/** A stretch of a text: from, to. */
export type Range = readonly [from: number, to: number];

/** Where a part stands in a text: Chinese anywhere, words and numbers where one begins. */
export const rangesInText = (part: Part, text: string): Range[] => {
  const folded = foldTraced(text);
  const found: Range[] = [];
  const add = (at: number): void => {
    found.push([folded.origin(at), folded.origin(at + part.text.length)]);
  };
  if (part.kind === 'cjk') {
    for (
      let at = folded.text.indexOf(part.text);
      at >= 0;
      at = folded.text.indexOf(part.text, at + part.text.length)
    )
      add(at);
    return found;
  }
  if (!folded.text.includes(part.text)) return found;
  for (const word of partsOf(folded.text))
    if (word.kind === part.kind && word.text.startsWith(part.text)) add(word.at);
  return found;
};

const FEWEST_DIGITS = 3;

/** Where a number holds these digits, whatever stands between its own. */
export const rangesInNumber = (part: Part, number: string): Range[] => {
  if (part.kind !== 'digits' || part.text.length < FEWEST_DIGITS) return [];
  const folded = foldTraced(number);
  const places = [...folded.text.matchAll(/[0-9]/g)].map((match) => match.index);
  const at = places
    .map((place) => folded.text[place])
    .join('')
    .indexOf(part.text);
  const [first, last] = [places[at], places[at + part.text.length - 1]];
  return at < 0 || first === undefined || last === undefined
    ? []
    : [[folded.origin(first), folded.origin(last + 1)]];
};

/** How many units from the n-th on a typed text covers; 0 when it is not how they are spelled. */
const covered = (spelling: readonly string[], n: number, typed: string): number => {
  const [full = '', initials = '', mixed = ''] = typedFrom(spelling, n);
  if (initials.startsWith(typed)) return typed.length;
  const first = spelling[n]?.length ?? 0;
  if (mixed.startsWith(typed)) return typed.length <= first ? 1 : 1 + typed.length - first;
  if (!full.startsWith(typed)) return 0;
  let length = 0;
  for (let at = n; at < spelling.length; at++) {
    length += spelling[at]?.length ?? 0;
    if (length >= typed.length) return at - n + 1;
  }
  return 0;
};

/** Where in a name something is said that is spelled like this. */
export const soundRange = (
  name: string,
  typed: string,
  units: readonly Unit[] = unitsOf(name),
): Range | null => {
  for (const spelling of spellingsOf(units))
    for (let n = 0; n < spelling.length; n++) {
      const count = covered(spelling, n, typed);
      const [first, last] = [units[n], units[n + count - 1]];
      if (count > 0 && first && last) return [first.start, last.end];
    }
  return null;
};

/** Where a part stands in a name: in its letters, or in how they sound. */
export const rangesInName = (part: Part, name: string): Range[] => {
  const inText = rangesInText(part, name);
  if (inText.length > 0 || part.kind === 'cjk') return inText;
  const sound = soundRange(name, part.text);
  return sound ? [sound] : [];
};

/** How well a name answers a query: the smaller the better. */
export const NAME_RANK = {
  exact: 0,
  head: 1,
  inside: 2,
  soundsExact: 3,
  soundsHead: 4,
  parts: 5,
  none: 9,
} as const;

/** Ranks a name: the name itself, its beginning, inside it, its sound. */
export const rankName = (query: SearchQuery, name: string): number => {
  const whole = squeeze(fold(name));
  if (whole === query.whole) return NAME_RANK.exact;
  if (whole.startsWith(query.whole)) return NAME_RANK.head;
  const inside = query.parts.every((part) => rangesInText(part, name).length > 0);
  if (inside) return NAME_RANK.inside;
  if (query.sound !== null) {
    const forms = spellingsOf(unitsOf(name)).flatMap((spelling) => typedFrom(spelling, 0));
    if (forms.includes(query.sound)) return NAME_RANK.soundsExact;
    if (forms.some((form) => form.startsWith(query.sound as string))) return NAME_RANK.soundsHead;
    if (soundRange(name, query.sound)) return NAME_RANK.parts;
  }
  return query.parts.every((part) => rangesInName(part, name).length > 0) ? NAME_RANK.parts : NAME_RANK.none;
};
