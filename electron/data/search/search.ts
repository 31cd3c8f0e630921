import { SEARCH_KINDS, type SearchKind } from '#shared/contracts/book.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import {
  NAME_RANK,
  rangesInName,
  rangesInNumber,
  rangesInText,
  rankName,
} from '#shared/domain/search/match.ts';
import type { Part } from '#shared/domain/search/parts.ts';
import { parseQuery, type SearchQuery } from '#shared/domain/search/query.ts';
import type { ReadableDb } from '../database/connection.ts';
import { type Candidate, collect } from './candidates.ts';
import { hitOf } from './hits.ts';
import { nameExpressions, textExpressions } from './lookup.ts';
import { spanOf, writtenSpan } from './places.ts';

/** Older ones of a kind are asked for by more words. */
const MOST_OF_A_KIND = 24;
const PEOPLE: readonly SearchKind[] = ['customer', 'companyContact'];

const isInOwn = (part: Part, { document }: Candidate): boolean =>
  document.names.some((name) => rangesInName(part, name).length > 0) ||
  document.numbers.some(
    (number) => rangesInNumber(part, number).length > 0 || rangesInText(part, number).length > 0,
  ) ||
  document.texts.some((text) => rangesInText(part, text).length > 0);

const isInCustomerName = (part: Part, { kind, customerName }: Candidate): boolean =>
  kind !== 'customer' && customerName !== null && rangesInName(part, customerName).length > 0;

/** Every part stands in the record or in the name of its customer, and one of them in the record itself. */
export const answers = (query: SearchQuery, candidate: Candidate): boolean => {
  let own = false;
  for (const part of query.parts) {
    if (isInOwn(part, candidate)) own = true;
    else if (!isInCustomerName(part, candidate)) return false;
  }
  return own || rankOfPerson(query, candidate) < NAME_RANK.none;
};

/** The end of a number is how people tell it: it counts as much as a part of a name. */
const TAIL_RANK = NAME_RANK.inside;
const OTHER_RANK = NAME_RANK.parts + 1;

const rankOfPerson = (query: SearchQuery, { document }: Candidate): number => {
  const ranks = document.names.map((name) => rankName(query, name));
  const isTail = document.numbers.some((number) => number.replace(/\D/g, '').endsWith(query.whole));
  if (query.parts.length === 1 && query.parts[0]?.kind === 'digits' && isTail) ranks.push(TAIL_RANK);
  return Math.min(NAME_RANK.none, ...ranks);
};

interface Ranked {
  candidate: Candidate;
  rank: number;
}

const newestFirst = (a: Candidate, b: Candidate): number =>
  (a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0;

const findPeople = (db: ReadableDb, query: SearchQuery, kind: SearchKind, enough: number): Ranked[] => {
  const expressions = nameExpressions(query);
  if (kind === 'companyContact' && query.parts.length > 1)
    expressions.push(...textExpressions(db, query, spanOf(kind), true));
  const passes = (candidate: Candidate): boolean =>
    rankOfPerson(query, candidate) < NAME_RANK.none || answers(query, candidate);
  return collect(db, kind, expressions, enough, passes).map((candidate) => ({
    candidate,
    rank: Math.min(OTHER_RANK, rankOfPerson(query, candidate)),
  }));
};

/** Takes of every kind in turn, so that many of one kind do not hide the others; newest first within each. */
const dealt = (piles: Candidate[][], count: number): Candidate[] => {
  const taken: Candidate[] = [];
  const turns = Math.max(0, ...piles.map((pile) => pile.length));
  for (let turn = 0; turn < turns && taken.length < count; turn++)
    for (const pile of piles) if (pile[turn] && taken.length < count) taken.push(pile[turn] as Candidate);
  return taken;
};

/** Searches everything the book can be asked about: people first, then what was written, newest first. */
export const searchBook = (
  db: ReadableDb,
  { text, kinds, limit }: Parsed<'search.query'>,
): Output<'search.query'> => {
  const query = parseQuery(text);
  if (!query) return { hits: [], more: false };
  const wanted = kinds.length === 0 ? SEARCH_KINDS : SEARCH_KINDS.filter((kind) => kinds.includes(kind));
  const people = wanted
    .filter((kind) => PEOPLE.includes(kind))
    .flatMap((kind) => findPeople(db, query, kind, limit + 1))
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        a.candidate.classRank - b.candidate.classRank ||
        newestFirst(a.candidate, b.candidate),
    )
    .map((ranked) => ranked.candidate);
  const enough = wanted.length === 1 ? limit + 1 : Math.min(limit + 1, MOST_OF_A_KIND);
  const pile = (kind: SearchKind, expressions: readonly string[]): Candidate[] =>
    collect(db, kind, expressions, enough, (candidate) => answers(query, candidate)).toSorted(newestFirst);
  const writtenKinds = wanted.filter((kind) => !PEOPLE.includes(kind) && kind !== 'interaction');
  const expressions = writtenKinds.length === 0 ? [] : textExpressions(db, query, writtenSpan());
  const piles = writtenKinds.map((kind) => pile(kind, expressions));
  if (wanted.includes('interaction'))
    piles.push(pile('interaction', textExpressions(db, query, spanOf('interaction'))));
  const written = piles.reduce((sum, pile) => sum + pile.length, 0);
  // A quarter of the list is kept for what was written, so that a common name does not hide it.
  const forPeople = Math.min(people.length, limit - Math.min(written, Math.floor(limit / 4)));
  const others = dealt(piles, limit - forPeople).toSorted(newestFirst);
  const shown = [...people.slice(0, forPeople), ...others];
  return {
    hits: shown.map((candidate) => hitOf(query, candidate)),
    more: people.length + written > shown.length,
  };
};
