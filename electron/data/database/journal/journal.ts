import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '#shared/contracts/errors.ts';
import type { JournalEntry } from '../commit.ts';
import { fileMoment, syncFolder } from '../files.ts';
import { type AppendLog, createAppendLog, type LogEnd } from './append-log.ts';
import { decodeContent, encodeContent } from './content.ts';
import { NO_TAG } from './format.ts';
import { type Damage, readSegment, type SegmentReading } from './segment-reader.ts';
import { finishSegment } from './segment-writer.ts';
import { type KnownSegment, listSegments, setAside, surveySegments } from './segments.ts';

const SEGMENT_BYTES = 8 * 1024 * 1024;

/** Where entries go before the transaction that applies them commits (docs/spec/journal.md). */
export interface JournalSink {
  /** Sequence number the next entry will have. */
  readonly next: number;
  /** Appends and flushes; throws when the entry is not safely on disk. */
  append(entry: JournalEntry): void;
  /** The transaction of the entry was rolled back: it must not be replayed. */
  revoke(commandId: string): void;
  readonly bytes: number;
}

/** An entry with its place in the journal. */
export interface Journalled {
  sequence: number;
  entry: JournalEntry;
}

export interface JournalReport {
  damage: Damage[];
  /** Bytes of a last write that did not finish. */
  tornBytes: number;
  /** Files that this book's key does not open; kept under another name. */
  unreadable: number;
}

export interface Journal extends JournalSink {
  readonly report: JournalReport;
  /** Entries after a sequence number that were not revoked, in order. */
  entriesAfter(sequence: number): Generator<Journalled>;
  /** Removes segments that hold nothing after `sequence`. Answers how many. */
  prune(sequence: number): number;
  close(): void;
}

export interface JournalOptions {
  folder: string;
  bookKey: Uint8Array;
  bookId: string;
  /** Newest sequence number the database knows: the journal goes on after it even when its files are gone. */
  known: number;
  now: Date;
  segmentBytes?: number;
  /** Only looks: nothing in the folder is touched. */
  readOnly?: boolean;
}

const keepTorn = (segment: KnownSegment, reading: SegmentReading, now: Date): void => {
  if (!reading.torn) return;
  writeFileSync(`${segment.file}.torn-${fileMoment(now)}`, reading.torn, { mode: 0o600, flush: true });
  const handle = openSync(segment.file, 'r+');
  try {
    finishSegment(handle, reading.end.bytes);
  } finally {
    closeSync(handle);
  }
};

/** Looks at the last segment: where the log goes on. A write that did not finish is put beside. */
const findEnd = (mine: KnownSegment[], options: JournalOptions, report: JournalReport): LogEnd => {
  const highest = listSegments(options.folder).at(-1)?.number ?? 0;
  const last = mine.at(-1);
  if (!last) return { segment: highest + 1, next: options.known + 1, tag: NO_TAG };
  const reading = readSegment(last.file, last.header, options.bookKey);
  if (!options.readOnly) keepTorn(last, reading, options.now);
  report.tornBytes = reading.torn?.length ?? 0;
  const next = last.header.first + reading.end.count;
  const whole =
    !options.readOnly &&
    last.bytes === reading.end.bytes &&
    reading.damage.length === 0 &&
    next > options.known;
  return {
    segment: highest + 1,
    next: Math.max(next, options.known + 1),
    tag: reading.end.tag,
    ...(whole && { open: { file: last.file, header: last.header, ...reading.end } }),
  };
};

/** All records after a sequence number; damage on the way is added to the report. */
function* recordsAfter(
  mine: KnownSegment[],
  sequence: number,
  options: JournalOptions,
  report: JournalReport,
) {
  const from = Math.max(
    0,
    mine.findLastIndex((segment) => segment.header.first <= sequence + 1),
  );
  let expected = sequence + 1;
  for (const segment of mine.slice(from)) {
    const { header } = segment;
    if (header.first > expected)
      report.damage.push({
        segment: header.segment,
        last: header.first - 1,
        records: header.first - expected,
      });
    const reading = readSegment(segment.file, header, options.bookKey);
    report.damage.push(...reading.damage.filter((damage) => damage.last > sequence));
    for (const record of reading.records) if (record.sequence > sequence) yield record;
    expected = header.first + reading.end.count;
  }
}

/** Opens the journal of a book for reading what the database missed and for appending. */
export const openJournal = (options: JournalOptions): Journal => {
  const { folder, bookKey, bookId } = options;
  const survey = surveySegments(folder, bookKey);
  if (survey.newer.length > 0) throw new AppError('from_the_future');
  if (!options.readOnly) for (const segment of survey.unreadable) setAside(segment, options.now);
  const mine = survey.known.filter((segment) => segment.header.bookId === bookId);
  const report: JournalReport = { damage: [], tornBytes: 0, unreadable: survey.unreadable.length };
  const log: AppendLog = createAppendLog({
    folder,
    bookKey,
    bookId,
    end: findEnd(mine, options, report),
    segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
  });
  const closedBytes = mine.reduce((sum, segment) => sum + segment.bytes, 0);
  let broken = false;

  return {
    report,
    get next() {
      return log.next;
    },
    get bytes() {
      return listSegments(folder).reduce((sum, segment) => sum + segment.bytes, 0) || closedBytes;
    },
    append(entry) {
      if (broken) throw new AppError('cannot_open');
      log.append(encodeContent({ kind: 'entry', entry }));
    },
    revoke(commandId) {
      try {
        log.appendHere(encodeContent({ kind: 'revoke', commandId }));
      } catch {
        // No room for a word: then the entry itself goes, which needs none. If that fails too, nothing more is accepted.
        broken = true;
        log.dropLast();
        broken = false;
      }
    },
    *entriesAfter(sequence) {
      if (log.next <= sequence + 1) return; // the usual start: the database knows everything
      // a command that failed may have been asked again: only what stands before its last revocation is void
      const revoked = new Map<string, number>();
      for (const { sequence: at, content } of recordsAfter(mine, sequence, options, {
        ...report,
        damage: [],
      })) {
        const record = decodeContent(content);
        if (record.kind === 'revoke') revoked.set(record.commandId, at);
      }
      report.damage = [];
      for (const { sequence: at, content } of recordsAfter(mine, sequence, options, report)) {
        const record = decodeContent(content);
        if (record.kind === 'entry' && at > (revoked.get(record.entry.commandId) ?? 0))
          yield { sequence: at, entry: record.entry };
      }
    },
    prune(sequence) {
      const files = surveySegments(folder, bookKey).known.filter((one) => one.header.bookId === bookId);
      const done = files.filter(
        (_, n) => (files[n + 1]?.header.first ?? Number.POSITIVE_INFINITY) <= sequence + 1,
      );
      for (const segment of done) rmSync(segment.file);
      if (done.length > 0) syncFolder(folder);
      return done.length;
    },
    close: () => log.close(),
  };
};
