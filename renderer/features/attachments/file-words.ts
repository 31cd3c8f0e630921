import { format } from 'date-fns';

/** What kind of file it is, for icon and word. */
export const FILE_KINDS = [
  'picture',
  'pdf',
  'document',
  'sheet',
  'slides',
  'sound',
  'film',
  'archive',
  'other',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const RULES: readonly [RegExp, FileKind][] = [
  [/^image\//, 'picture'],
  [/^application\/pdf$/, 'pdf'],
  [/sheet|ms-excel|csv/, 'sheet'],
  [/presentation|powerpoint/, 'slides'],
  [/^text\/|word|rfc822/, 'document'],
  [/^audio\//, 'sound'],
  [/^video\//, 'film'],
  [/zip/, 'archive'],
];

export const kindOf = (mediaType: string): FileKind =>
  RULES.find(([rule]) => rule.test(mediaType))?.[1] ?? 'other';

/** A pasted picture is called `image.png` by every browser; the moment tells more. */
export const pastedName = ({ name }: { name: string }, word: string, now: Date = new Date()): string =>
  /^image\.\w+$/.test(name) ? `${word} ${format(now, 'yyyy-MM-dd HH.mm.ss')}${name.slice(5)}` : name;

const SUGGESTED = 180;

/** A name that a dialog takes, with its ending. */
export const suggestedName = (name: string): string => {
  if (name.length <= SUGGESTED) return name;
  const extension = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  return name.slice(0, SUGGESTED - extension.length) + extension;
};
