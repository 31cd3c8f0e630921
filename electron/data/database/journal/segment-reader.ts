import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import {
  decodeHeader,
  frameAt,
  HEADER_BYTES,
  type HeaderReading,
  nextMark,
  openRecord,
  type SegmentHeader,
  segmentKey,
} from './format.ts';

export interface ReadRecord {
  sequence: number;
  content: Buffer;
}

/** A stretch of a segment that could not be read, or was missing. */
export interface Damage {
  segment: number;
  /** Sequence number of the last record that is lost. */
  last: number;
  /** How many records are lost. */
  records: number;
}

export interface SegmentReading {
  header: SegmentHeader;
  records: ReadRecord[];
  damage: Damage[];
  /** End of the last good record, and what follows from it. */
  end: { bytes: number; count: number; tag: Buffer };
  /** Bytes after the last good record that are not empty: a write that did not finish. */
  torn: Buffer | null;
}

/** Reads only what a segment is. */
export const readHeader = (file: string, bookKey: Uint8Array): HeaderReading => {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const length = readSync(handle, bytes, 0, HEADER_BYTES, 0);
    return decodeHeader(bytes.subarray(0, length), bookKey);
  } finally {
    closeSync(handle);
  }
};

const isEmpty = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

/** Reads everything that can be read of a segment; a bad place is stepped over to the next record that is whole. */
export const readSegment = (file: string, header: SegmentHeader, bookKey: Uint8Array): SegmentReading => {
  const bytes = readFileSync(file);
  const key = segmentKey(bookKey, header.salt);
  const records: ReadRecord[] = [];
  const damage: Damage[] = [];
  let end = { bytes: HEADER_BYTES, count: 0, tag: header.previousTag };
  let chained = true;
  let at = HEADER_BYTES;
  while (at >= 0 && at < bytes.length) {
    const frame = frameAt(bytes, at);
    const record = frame && frame.index >= end.count ? openRecord(header, key, bytes, frame) : null;
    if (!frame || !record) {
      chained = false;
      at = nextMark(bytes, at + 1);
      continue;
    }
    const sequence = header.first + frame.index;
    const lost = frame.index - end.count;
    // After a gap the chain cannot be followed; without one a wrong link means that somebody took records out.
    if (lost > 0 || (chained && !record.previousTag.equals(end.tag)))
      damage.push({ segment: header.segment, last: sequence - 1, records: Math.max(lost, 1) });
    records.push({ sequence, content: record.content });
    end = { bytes: frame.end, count: frame.index + 1, tag: record.tag };
    chained = true;
    at = frame.end;
  }
  const rest = bytes.subarray(end.bytes);
  return { header, records, damage, end, torn: isEmpty(rest) ? null : rest };
};
