import type { PlainDate } from '../dates.ts';
import type { Promise_ } from '../entities/index.ts';
import { dueWordsIn } from './due-words.ts';

/** A line of a note that says something is promised or to be done. */
export interface NoteLine {
  /** Counted from 0. */
  line: number;
  kind: 'promise' | 'task';
  madeBy: Promise_['madeBy'];
  /** What is promised or to do, without the words that announce it. */
  text: string;
  dueOn: PlainDate | null;
  /** A ticked box. */
  done: boolean;
}

type Found = Pick<NoteLine, 'kind' | 'madeBy' | 'text'>;

const LONGEST = 2_000;
/** Nobody announces a promise in a line as long as this; it is pasted text. */
const LONGEST_LINE = 4_000;
const LIST_MARK = /^\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)、\uff0e])\s+/;
const BOX = /^\[([ xX✓])\]\s+/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const FENCE = /^\s*(?:```|~~~)/;

/** What announces a promise or a task. The first group is what remains. */
const ANNOUNCED: readonly (readonly [pattern: RegExp, kind: Found['kind'], madeBy: Found['madeBy']])[] = [
  [
    /(?:^|[。;\uff1b,\uff0c:\uff1a]\s*)我(?:方|们|們)?(?:已经|已經|已|也)?(?:答应|答應|承诺|承諾)(?:了|过|過)?(?:他们|他們|她们|她們|他|她|客户|客戶|对方|對方)?[:\uff1a,\uff0c]?\s*([^。;\uff1b]+)/,
    'promise',
    'me',
  ],
  [/^(?:我的)?(?:承诺|承諾)\s*[:\uff1a]\s*(.+)$/, 'promise', 'me'],
  [
    /(?:^|[。;\uff1b,\uff0c]\s*)(?:客户|客戶|对方|對方|他|她)(?:方|们|們)?(?:已经|已經|已|也)?(?:答应|答應|承诺|承諾)(?:了|过|過)?[:\uff1a,\uff0c]?\s*([^。;\uff1b]+)/,
    'promise',
    'customer',
  ],
  [
    /(?:^|[.;,:]\s+|\b(?:and|so|but)\s+)I(?:\s+have|'ve|’ve)?\s+promised?\s+(?:(?:him|her|them|the (?:customer|client))\s+)?(?:to\s+|that\s+)?([^.;]+)/i,
    'promise',
    'me',
  ],
  [/^(?:my )?promised?\s*:\s*(.+)$/i, 'promise', 'me'],
  [
    /(?:^|[.;,]\s+|\b(?:and|so|but)\s+)(?:the (?:customer|client)|he|she|they)\s+(?:(?:has|have)\s+)?promised\s+(?:me\s+)?(?:to\s+|that\s+)?([^.;]+)/i,
    'promise',
    'customer',
  ],
  [/^下一步\s*[:\uff1a]\s*(.+)$/, 'task', 'me'],
  [/^(?:待办|待辦)(?:事项|事項)?\s*[:\uff1a]\s*(.+)$/, 'task', 'me'],
  [/^next steps?\s*:\s*(.+)$/i, 'task', 'me'],
  [/^(?:to-?do|action(?: item)?)\s*:\s*(.+)$/i, 'task', 'me'],
];

/** Headings under which every item of a list is one. */
const LISTS: readonly (readonly [pattern: RegExp, kind: Found['kind']])[] = [
  [/^(?:下一步|待办|待辦|待办事项|待辦事項|next steps?|to-?dos?|action items?)\s*[:\uff1a]?$/i, 'task'],
  [/^(?:我的)?(?:承诺|承諾)\s*[:\uff1a]?$/, 'promise'],
  [/^(?:my )?promises\s*:?$/i, 'promise'],
];

const plain = (text: string): string =>
  text
    .replace(/(\*\*|__|~~)(.+?)\1/g, '$2')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .trim();

const announced = (text: string): Found | null => {
  for (const [pattern, kind, madeBy] of ANNOUNCED) {
    const rest = pattern.exec(text)?.[1]?.trim();
    if (rest) return { kind, madeBy, text: rest };
  }
  return null;
};

const EDGE =
  /^[\s,\uff0c、:\uff1a;\uff1b。.()\uff08\uff09\-–—]+|[\s,\uff0c、:\uff1a;\uff1b。.()\uff08\uff09\-–—]+$/g;
const BEFORE_DATE = /(?:\b(?:by|on|until|before|due)\s*|[于於在]\s*)$/i;
const AFTER_DATE = /^\s*(?:之前|以前|前|之内|之內|内|內)?/;

/** Takes the date out of a sentence where it stands at an end; in the middle it is part of what is said. */
const withoutDate = (text: string, start: number, end: number): string => {
  const before = text.slice(0, start).replace(BEFORE_DATE, '');
  const after = text.slice(end).replace(AFTER_DATE, '');
  const [left, right] = [before.replace(EDGE, ''), after.replace(EDGE, '')];
  // 周五的会: the date belongs to the words after it.
  if (left === '' && right !== '' && !right.startsWith('的')) return right;
  if (right === '' && left !== '') return left;
  return text;
};

const finished = (found: Found, line: number, done: boolean, base: PlainDate): NoteLine | null => {
  const due = dueWordsIn(found.text, base);
  const shorter = due ? withoutDate(found.text, due.start, due.end) : found.text;
  const text = shorter.replace(EDGE, '').slice(0, LONGEST);
  return text === '' ? null : { ...found, text, line, done, dueOn: due?.on ?? null };
};

/** Reads the lines of a text one after the other; `visit` says for each what it announces. */
const eachLine = (
  body: string,
  visit: (raw: string, line: number, found: Found | null, done: boolean) => void,
): void => {
  let list: Found['kind'] | null = null;
  let fenced = false;
  for (const [line, raw] of body.split(/\r\n|\r|\n/).entries()) {
    if (FENCE.test(raw)) fenced = !fenced;
    const heading = HEADING.exec(raw);
    if (heading) list = LISTS.find(([pattern]) => pattern.test(plain(heading[2] ?? '')))?.[1] ?? null;
    if (fenced || heading || raw.length > LONGEST_LINE) {
      visit(raw, line, null, false);
      continue;
    }
    const item = LIST_MARK.test(raw);
    const unmarked = raw.replace(LIST_MARK, '').trim();
    const box = item ? BOX.exec(unmarked) : null;
    const text = plain(unmarked.replace(BOX, ''));
    const boxed: Found | null = box && text !== '' ? { kind: 'task', madeBy: 'me', text } : null;
    const listed: Found | null = list && item && text !== '' ? { kind: list, madeBy: 'me', text } : null;
    visit(raw, line, announced(text) ?? boxed ?? listed, box !== null && box[1] !== ' ');
  }
};

/**
 * S0-04, S3-35: the lines of a note that are promises ("我答应…", "I promised …"), tasks ("- [ ] …", "下一步:…",
 * "next step: …") or stand in a list under such a heading. Dates in words count from the day the note was taken.
 * Careful rather than clever: "I'll see" promises nothing.
 */
export const noteLines = (body: string, takenOn: PlainDate): NoteLine[] => {
  const lines: NoteLine[] = [];
  eachLine(body, (_, line, found, done) => {
    const one = found && finished(found, line, done, takenOn);
    if (one) lines.push(one);
  });
  return lines;
};

/** The text without those lines and without headings that are left empty: what was talked about. */
export const withoutExtracts = (body: string): string => {
  const kept: string[] = [];
  eachLine(body, (raw, _, found) => {
    if (found) return;
    kept.push(raw);
  });
  const isHeading = (line: string | undefined): boolean => line !== undefined && HEADING.test(line);
  return kept
    .filter((line, at) => {
      const next = kept.slice(at + 1).find((one) => one.trim() !== '');
      return !isHeading(line) || (next !== undefined && !isHeading(next));
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
