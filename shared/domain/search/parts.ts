/** Scripts written without spaces: searched by characters and pairs of characters. */
const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const PART = new RegExp(`(${CJK}+)|(\\p{N}+)|((?:(?!${CJK})\\p{L})+)`, 'gu');

export type PartKind = 'cjk' | 'digits' | 'letters';

/** A run of characters of one class in a folded text. */
export interface Part {
  kind: PartKind;
  text: string;
  /** Where it begins in the folded text. */
  at: number;
}

/** Takes a folded text apart: runs of Chinese, of digits and of letters; everything else separates. */
export const partsOf = (folded: string): Part[] => {
  const parts: Part[] = [];
  for (const match of folded.matchAll(PART))
    parts.push({
      kind: match[1] !== undefined ? 'cjk' : match[2] !== undefined ? 'digits' : 'letters',
      text: match[0],
      at: match.index,
    });
  return parts;
};

/** A text without what separates: the form in which whole names are compared. */
export const squeeze = (folded: string): string =>
  partsOf(folded)
    .map((part) => part.text)
    .join('');
