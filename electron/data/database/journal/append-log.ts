import { newHeader, type SegmentHeader } from './format.ts';
import { continueSegment, createSegment, type SegmentWriter } from './segment-writer.ts';
import { makeJournalFolder, segmentFile } from './segments.ts';

/** Where a log goes on: after which record, in which file. */
export interface LogEnd {
  /** Number of the next new segment. */
  segment: number;
  /** Sequence number of the next record. */
  next: number;
  tag: Buffer;
  /** The last segment, when it was closed in order and has room. */
  open?: { file: string; header: SegmentHeader; bytes: number; count: number };
}

export interface AppendLog {
  /** Sequence number the next record will have. */
  readonly next: number;
  /** Bytes of the current segment. */
  readonly bytes: number;
  readonly currentSegment: number;
  /** Appends and flushes. @throws the system's error; nothing is left of the record then. */
  append(content: Buffer): void;
  /** Like `append`, into the segment of the last record whatever its size. */
  appendHere(content: Buffer): void;
  /** Takes the last record away again. */
  dropLast(): void;
  /** The next record starts a new segment. */
  rotate(): void;
  close(): void;
}

/** Appends records to numbered segments; a new one is started when the last is full or a write went wrong. */
export const createAppendLog = (parts: {
  folder: string;
  bookKey: Uint8Array;
  bookId: string;
  end: LogEnd;
  segmentBytes: number;
}): AppendLog => {
  const { folder, bookKey, bookId, end } = parts;
  let { segment, next, tag } = end;
  let writer: SegmentWriter | null =
    end.open && end.open.bytes < parts.segmentBytes
      ? continueSegment(end.open.file, end.open.header, bookKey, { ...end.open, tag })
      : null;

  const rotate = (): void => {
    writer?.close();
    writer = null;
  };
  const ready = (): SegmentWriter => {
    if (writer && (writer.finished || writer.bytes >= parts.segmentBytes)) rotate();
    if (!writer) {
      makeJournalFolder(folder);
      const header = newHeader({ bookId, segment, first: next, previousTag: tag });
      writer = createSegment(segmentFile(folder, segment), header, bookKey);
      segment += 1;
    }
    return writer;
  };

  const appendTo = (target: SegmentWriter, content: Buffer): void => {
    target.append(content);
    tag = target.tag;
    next += 1;
  };

  return {
    get next() {
      return next;
    },
    get bytes() {
      return writer?.bytes ?? 0;
    },
    get currentSegment() {
      return segment - 1;
    },
    append: (content) => appendTo(ready(), content),
    appendHere: (content) => appendTo(writer ?? ready(), content),
    dropLast() {
      if (!writer) return;
      writer.dropLast();
      tag = writer.tag;
      next -= 1;
    },
    rotate,
    close: rotate,
  };
};
