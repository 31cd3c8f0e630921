/** What folding leaves alone but for the case: ASCII, spaces, Han and the punctuation of Chinese text. */
const PLAIN = /^[\s!-~\u2010-\u2027\u3000-\u3020\u3400-\u4DBF\u4E00-\u9FFF\uFF01-\uFF0F\uFF1A-\uFF20]*$/;

const folded = new Map<string, string>();

const foldPoint = (point: string): string => {
  let found = folded.get(point);
  if (found === undefined) {
    found = point.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
    if (folded.size < 5_000) folded.set(point, found);
  }
  return found;
};

/** The form in which texts are searched: full-width as half-width, lower case, without accents. */
export const fold = (text: string): string => {
  if (PLAIN.test(text)) return text.toLowerCase();
  let all = '';
  for (const point of text) all += foldPoint(point);
  return all;
};

/** A folded text that knows where each of its units came from. */
export interface Folded {
  text: string;
  /** Place in the original of the unit at `index` of the folded text; `text.length` gives the end. */
  origin(index: number): number;
}

/** {@link fold} with the way back to the original, for marking what was found. */
export const foldTraced = (text: string): Folded => {
  if (PLAIN.test(text)) return { text: text.toLowerCase(), origin: (index) => index };
  const origins: number[] = [];
  let all = '';
  let at = 0;
  for (const point of text) {
    const unit = foldPoint(point);
    for (let n = 0; n < unit.length; n++) origins.push(at);
    all += unit;
    at += point.length;
  }
  origins.push(at);
  return { text: all, origin: (index) => origins[index] ?? at };
};
