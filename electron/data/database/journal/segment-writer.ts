import type { KeyObject } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failPoint } from '../fail-points.ts';
import { syncFolder } from '../files.ts';
import { encodeHeader, encodeRecord, HEADER_BYTES, type SegmentHeader, segmentKey } from './format.ts';

/** Space is taken in pieces: flushing into space that is there costs half of flushing a file that grows. */
const PIECE = Buffer.alloc(128 * 1024);

/**
 * After this many empty bytes nothing is ever appended again: the counter of a record that was cut away must not come
 * back with another content. They take no space on the disk.
 */
const FINISHED_BYTES = 16;

/** Ends a segment for good after its last whole record. */
export const finishSegment = (handle: number, bytes: number): void => {
  ftruncateSync(handle, bytes);
  ftruncateSync(handle, bytes + FINISHED_BYTES);
  fsyncSync(handle);
};

/** Appends to one segment. After a failure it is finished: what follows goes into a new segment. */
export interface SegmentWriter {
  readonly header: SegmentHeader;
  readonly finished: boolean;
  /** End of the last whole record. */
  readonly bytes: number;
  readonly count: number;
  readonly tag: Buffer;
  /** Writes and flushes one record. @throws the system's error; nothing of the record is left then. */
  append(content: Buffer): void;
  /** Takes the last record away again. */
  dropLast(): void;
  /** Gives back the space that was taken ahead. */
  close(): void;
}

const writeAll = (handle: number, bytes: Buffer, position: number): void => {
  let written = 0;
  while (written < bytes.length)
    written += writeSync(handle, bytes, written, bytes.length - written, position + written);
};

/** Starts a segment file. @throws the system's error; no file is left then. */
export const createSegment = (file: string, header: SegmentHeader, bookKey: Uint8Array): SegmentWriter => {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeAll(handle, encodeHeader(header, bookKey), 0);
    fsyncSync(handle);
    syncFolder(dirname(file));
    failPoint('journal.segmentCreated');
  } catch (error) {
    closeSync(handle);
    rmSync(file, { force: true });
    throw error;
  }
  return writerOn(handle, header, segmentKey(bookKey, header.salt), {
    bytes: HEADER_BYTES,
    count: 0,
    tag: header.previousTag,
  });
};

/** Goes on in a segment that was closed in order. */
export const continueSegment = (
  file: string,
  header: SegmentHeader,
  bookKey: Uint8Array,
  end: { bytes: number; count: number; tag: Buffer },
): SegmentWriter => writerOn(openSync(file, 'r+'), header, segmentKey(bookKey, header.salt), end);

const writerOn = (
  handle: number,
  header: SegmentHeader,
  key: KeyObject,
  end: { bytes: number; count: number; tag: Buffer },
): SegmentWriter => {
  let { bytes, count, tag } = end;
  let taken = bytes;
  let before = { bytes, count, tag };
  let finished = false;

  const takeSpace = (until: number): void => {
    if (until <= taken) return;
    const length = Math.max(PIECE.length, until - taken);
    writeAll(handle, length === PIECE.length ? PIECE : Buffer.alloc(length), taken);
    fsyncSync(handle);
    taken += length;
  };
  const finish = (): void => {
    finished = true;
    finishSegment(handle, bytes);
  };

  return {
    header,
    get finished() {
      return finished;
    },
    get bytes() {
      return bytes;
    },
    get count() {
      return count;
    },
    get tag() {
      return tag;
    },
    append(content) {
      const record = encodeRecord(header, key, count, tag, content);
      try {
        takeSpace(bytes + record.bytes.length);
        const half = record.bytes.length >> 1;
        writeAll(handle, record.bytes.subarray(0, half), bytes);
        failPoint('journal.halfWritten');
        writeAll(handle, record.bytes.subarray(half), bytes + half);
        failPoint('journal.beforeFlush');
        fdatasyncSync(handle);
      } catch (error) {
        finish();
        throw error;
      }
      before = { bytes, count, tag };
      bytes += record.bytes.length;
      count += 1;
      tag = record.tag;
      failPoint('journal.afterAppend');
    },
    dropLast() {
      ({ bytes, count, tag } = before);
      finish();
    },
    close() {
      try {
        if (!finished) ftruncateSync(handle, bytes);
        fdatasyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
  };
};
