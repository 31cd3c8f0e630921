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

/** Systems count the bytes of a name, and a Chinese character has three; the file being written has a longer one. */
const MOST_NAME_BYTES = 220;
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** A name that a disk takes, with its ending. */
export const suggestedName = (name: string): string => {
  const extension = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  const stem = [...name.slice(0, name.length - extension.length)];
  let room = MOST_NAME_BYTES - bytesIn(extension);
  const kept = stem.findIndex((character) => {
    room -= bytesIn(character);
    return room < 0;
  });
  return kept === -1 ? name : stem.slice(0, kept).join('') + extension;
};
