import { fold } from './fold.ts';
import { type Part, partsOf } from './parts.ts';

const MOST_PARTS = 6;

/** What was typed into the search box, taken apart. */
export interface SearchQuery {
  /** Without what separates. */
  whole: string;
  /** Every one of them must be found. */
  parts: Part[];
  /** The whole as it may be typed for a name's pinyin; null when there is Chinese in it. */
  sound: string | null;
}

/** Reads what was typed. Null when there is nothing to look for. */
export const parseQuery = (text: string): SearchQuery | null => {
  const parts = partsOf(fold(text)).slice(0, MOST_PARTS);
  if (parts.length === 0) return null;
  const whole = parts.map((part) => part.text).join('');
  return { whole, parts, sound: parts.some((part) => part.kind === 'cjk') ? null : whole };
};
