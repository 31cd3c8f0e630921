import type { Part } from '#shared/domain/search/parts.ts';
import type { SearchQuery } from '#shared/domain/search/query.ts';
import { digitTokens, MARK, textTokens, wholeToken } from '#shared/domain/search/tokens.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { customerToken, rowOf, spanOf } from './places.ts';

/** A long run of Chinese is found by its first pairs; the rest is checked in the text. */
const MOST_TOKENS = 12;
/** More customers than this are not asked for one by one. */
export const MOST_CUSTOMERS = 40;

const quoted = (token: string): string => `"${token}"`;
const all = (tokens: readonly string[]): string => tokens.slice(0, MOST_TOKENS).map(quoted).join(' AND ');
const any = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] as string) : expressions.map((one) => `(${one})`).join(' OR ');
const every = (expressions: readonly string[]): string => expressions.map((one) => `(${one})`).join(' AND ');

const inText = (part: Part): string => all(textTokens(part.kind, part.text));
const inName = (part: Part): string =>
  all(textTokens(part.kind, part.text).map((token) => MARK.name + token));
const bySound = (part: Part): string[] =>
  part.kind === 'cjk' ? [] : [quoted(wholeToken(MARK.sound, part.text))];
const byDigits = (part: Part): string[] => {
  const tokens = part.kind === 'digits' ? digitTokens(part.text) : [];
  return tokens.length === 0 ? [] : [all(tokens)];
};

/** Ways to ask for a person or company, the surest first. */
export const nameExpressions = (query: SearchQuery): string[] => {
  const inside = every(query.parts.map(inName));
  const spoken = every(query.parts.map((part) => any([inName(part), ...bySound(part)])));
  const anywhere = every(
    query.parts.map((part) => any([inName(part), inText(part), ...bySound(part), ...byDigits(part)])),
  );
  // Tokens of a whole name are cut short: the parts say the rest.
  const exact = quoted(wholeToken(MARK.exact, query.whole));
  const head = `${quoted(wholeToken(MARK.head, query.whole))} AND ${inside}`;
  if (query.sound === null) return [exact, head, inside, spoken, anywhere];
  const headSound = `${quoted(wholeToken(MARK.headSound, query.sound))} AND ${spoken}`;
  const sound = `${quoted(wholeToken(MARK.sound, query.sound))} AND ${spoken}`;
  return [exact, head, inside, headSound, sound, spoken, anywhere];
};

/**
 * Places of the index that answer an expression, newest first. The cast matters: the binding hands large numbers over as
 * REAL, and FTS5 takes only an INTEGER for a bound of its walk.
 */
export const placesOf = (
  db: ReadableDb,
  expression: string,
  [first, last]: readonly [number, number],
  limit: number,
): number[] =>
  read<{ place: number }>(
    db,
    `SELECT rowid AS place FROM search_index
     WHERE search_index MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rowid DESC LIMIT ?`,
  )
    .all(expression, first, last, limit)
    .map((row) => row.place);

/** Customers whose names answer a part; null when they are too many to ask for one by one. */
const namedCustomers = (db: ReadableDb, part: Part): string[] | null => {
  const places = placesOf(db, any([inName(part), ...bySound(part)]), spanOf('customer'), MOST_CUSTOMERS + 1);
  return places.length > MOST_CUSTOMERS ? null : places.map((place) => quoted(customerToken(rowOf(place))));
};

/**
 * Ways to ask for what was written about a customer. Each part stands in the text or in the customer's name, one at least
 * in the text; where a name is too common to ask for its customers, the text is asked without it and the name is checked
 * afterwards. Nothing is asked about a part that stands in no text of these places and is nobody's name.
 */
export const textExpressions = (
  db: ReadableDb,
  query: SearchQuery,
  places: readonly [number, number],
  ownNames = false,
): string[] => {
  const inOwn = (part: Part): string =>
    ownNames ? any([inText(part), inName(part), ...bySound(part)]) : inText(part);
  if (query.parts.length === 1) return query.parts.map(inOwn);
  const ways = query.parts.map((part) => {
    const text = inOwn(part);
    const customers = namedCustomers(db, part);
    return {
      isCommon: customers === null,
      isInText: placesOf(db, text, places, 1).length > 0,
      text,
      asked: customers && customers.length > 0 ? any([text, customers.join(' OR ')]) : text,
      isPossible: customers === null || customers.length > 0,
    };
  });
  if (!ways.some((way) => way.isInText) || !ways.every((way) => way.isInText || way.isPossible)) return [];
  const whole = ways.every((way) => way.isInText || !way.isCommon)
    ? [every(ways.map((way) => way.asked))]
    : [];
  const rest = ways.filter((way) => !way.isCommon);
  // One part alone must stand in the text itself, or everything of its customers would answer.
  const alone = rest.filter((way) => way.isInText).map((way) => way.text);
  const named = rest.length > 1 ? [every(rest.map((way) => way.asked))] : alone;
  const skipping = ways.flatMap((common, n) => {
    const others = ways.filter((_, m) => m !== n);
    return common.isCommon && others.every((way) => way.isInText)
      ? [every(others.map((way) => way.text))]
      : [];
  });
  return [...new Set([...whole, ...(rest.length < ways.length ? named : []), ...skipping])];
};
