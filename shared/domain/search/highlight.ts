import type { Range } from './match.ts';

const joined = (ranges: readonly Range[]): Range[] => {
  const result: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
};

/** Pieces of a text, alternating plain and found: [plain, hit, plain, hit, …]. */
export const pieces = (text: string, ranges: readonly Range[]): string[] => {
  const result: string[] = [];
  let at = 0;
  for (const [from, to] of joined(ranges)) {
    result.push(text.slice(at, from), text.slice(from, to));
    at = to;
  }
  if (at < text.length || result.length === 0) result.push(text.slice(at));
  return result;
};

const BEFORE = 20;
const LENGTH = 100;

const isSplitPair = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
};

/** The stretch of a long text around the first thing found, in one line. */
export const snippet = (text: string, ranges: readonly Range[]): string[] => {
  const first = ranges.reduce((least, [from]) => Math.min(least, from), Number.POSITIVE_INFINITY);
  let start = Number.isFinite(first) && text.length > LENGTH ? Math.max(0, first - BEFORE) : 0;
  if (isSplitPair(text, start)) start -= 1;
  let end = Math.min(text.length, start + LENGTH);
  if (isSplitPair(text, end)) end += 1;
  const shown = ranges
    .filter(([from]) => from < end)
    .map(([from, to]): Range => [Math.max(from, start) - start, Math.min(to, end) - start]);
  const result = pieces(text.slice(start, end), shown).map((piece) => piece.replace(/\s+/g, ' '));
  if (start > 0) result[0] = `…${result[0]}`;
  if (end < text.length) {
    if (result.length % 2 === 1) result[result.length - 1] += '…';
    else result.push('…');
  }
  return result;
};
