import { diffComm } from 'node-diff3';

export interface Piece {
  text: string;
  /** Not in the other text. */
  differs: boolean;
}

const LONG = 6_000;
/** Beyond so many words between the first and the last difference, all between them counts as different. */
const MOST_TOKENS = 800;

/** Words of a text, or its lines where it is long; joined they are the text again. */
const tokensOf = (text: string, byLine: boolean): string[] =>
  byLine
    ? (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
    : [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);

/** How many elements both have in common, from the start or from the end. */
const sharedBy = (a: readonly string[], b: readonly string[], at: (index: number) => number): number => {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a.at(at(count)) === b.at(at(count))) count += 1;
  return count;
};

type Part = { common: string[] } | { buffer1: string[]; buffer2: string[] };

const partsOf = (left: string[], right: string[]): Part[] => {
  const head = sharedBy(left, right, (index) => index);
  const tail = sharedBy(left.slice(head), right.slice(head), (index) => -1 - index);
  const middle = [left.slice(head, left.length - tail), right.slice(head, right.length - tail)] as const;
  const isShort = middle[0].length + middle[1].length <= MOST_TOKENS;
  return [
    { common: left.slice(0, head) },
    ...(isShort ? (diffComm(...middle) as Part[]) : [{ buffer1: middle[0], buffer2: middle[1] }]),
    { common: left.slice(left.length - tail) },
  ];
};

/** Two texts in pieces, each marked where the other does not have it. */
export const diffTexts = (left: string, right: string): { left: Piece[]; right: Piece[] } => {
  const byLine = left.length + right.length > LONG;
  const pieces = { left: [] as Piece[], right: [] as Piece[] };
  const add = (side: Piece[], tokens: readonly string[], differs: boolean): void => {
    if (tokens.length > 0) side.push({ text: tokens.join(''), differs });
  };
  for (const part of partsOf(tokensOf(left, byLine), tokensOf(right, byLine))) {
    const isCommon = 'common' in part;
    add(pieces.left, isCommon ? part.common : part.buffer1, !isCommon);
    add(pieces.right, isCommon ? part.common : part.buffer2, !isCommon);
  }
  return pieces;
};
