import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The bytes of docs/spec/journal.md. Nothing here touches a disk. */
export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 112;
export const RECORD_HEADER_BYTES = 16;
const MAGIC = Buffer.from('VBJOURNL', 'latin1');
const RECORD_MARK = Buffer.from('VBR1', 'latin1');
const TAG_BYTES = 16;
/** No command is this large: a greater length is damage. */
const MOST_RECORD_BYTES = 256 * 1024 * 1024;

export interface SegmentHeader {
  bookId: string;
  segment: number;
  /** Sequence number of the segment's first record. */
  first: number;
  /** Tag of the last record before this segment: the chain goes on over segments. */
  previousTag: Buffer;
  salt: Buffer;
}

export const NO_TAG: Buffer = Buffer.alloc(TAG_BYTES);

const uuidBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const uuidText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const derive = (bookKey: Uint8Array, salt: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', bookKey, salt, `visitbook journal 1 ${purpose}`, 32));

/** The key of one segment; the salt makes it new for every file, so that counters never meet twice. */
export const segmentKey = (bookKey: Uint8Array, salt: Buffer): KeyObject =>
  createSecretKey(derive(bookKey, salt, 'records'));

const seal = (bookKey: Uint8Array, salt: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', derive(bookKey, salt, 'header'))
    .update(body)
    .digest();

export const newHeader = (fields: Omit<SegmentHeader, 'salt'>): SegmentHeader => ({
  ...fields,
  salt: randomBytes(16),
});

export const encodeHeader = (header: SegmentHeader, bookKey: Uint8Array): Buffer => {
  const body = Buffer.alloc(HEADER_BYTES - 32);
  MAGIC.copy(body, 0);
  body.writeUInt32LE(FORMAT_VERSION, 8);
  body.writeUInt32LE(header.segment, 12);
  uuidBytes(header.bookId).copy(body, 16);
  body.writeBigUInt64LE(BigInt(header.first), 32);
  header.previousTag.copy(body, 40);
  header.salt.copy(body, 56);
  return Buffer.concat([body, seal(bookKey, header.salt, body)]);
};

/** What a segment's first bytes are: its header, a file of a newer program, of another key, or damaged. */
export type HeaderReading = { state: 'good'; header: SegmentHeader } | { state: 'newer' | 'unreadable' };

export const decodeHeader = (bytes: Buffer, bookKey: Uint8Array): HeaderReading => {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return { state: 'unreadable' };
  const body = bytes.subarray(0, HEADER_BYTES - 32);
  const salt = Buffer.from(body.subarray(56, 72));
  if (!timingSafeEqual(seal(bookKey, salt, body), bytes.subarray(HEADER_BYTES - 32, HEADER_BYTES)))
    return { state: 'unreadable' };
  if (body.readUInt32LE(8) !== FORMAT_VERSION) return { state: 'newer' };
  return {
    state: 'good',
    header: {
      segment: body.readUInt32LE(12),
      bookId: uuidText(body.subarray(16, 32)),
      first: Number(body.readBigUInt64LE(32)),
      previousTag: Buffer.from(body.subarray(40, 56)),
      salt,
    },
  };
};

const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(index, 0);
  return nonce;
};

/** Binds a record to its book, file and place. */
const placeOf = (header: SegmentHeader, index: number): Buffer =>
  Buffer.from(`${header.bookId} ${header.segment} ${header.first} ${index}`, 'latin1');

/** One record: mark, index, length and their checksum in the clear; then the sealed content with its tag. */
export const encodeRecord = (
  header: SegmentHeader,
  key: KeyObject,
  index: number,
  previousTag: Buffer,
  content: Buffer,
): { bytes: Buffer; tag: Buffer } => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index));
  cipher.setAAD(placeOf(header, index));
  const sealed = [cipher.update(previousTag), cipher.update(content), cipher.final()];
  const tag = cipher.getAuthTag();
  const head = Buffer.alloc(RECORD_HEADER_BYTES);
  RECORD_MARK.copy(head, 0);
  head.writeUInt32LE(index, 4);
  head.writeUInt32LE(previousTag.length + content.length + TAG_BYTES, 8);
  head.writeUInt32LE(crc32(head.subarray(0, 12)), 12);
  return { bytes: Buffer.concat([head, ...sealed, tag]), tag };
};

export interface RecordFrame {
  index: number;
  start: number;
  end: number;
}

/** The frame that starts at `start`, when its clear part is whole; whether its content is, {@link openRecord} says. */
export const frameAt = (bytes: Buffer, start: number): RecordFrame | null => {
  if (start + RECORD_HEADER_BYTES > bytes.length) return null;
  const head = bytes.subarray(start, start + RECORD_HEADER_BYTES);
  if (!head.subarray(0, 4).equals(RECORD_MARK)) return null;
  if (head.readUInt32LE(12) !== crc32(head.subarray(0, 12))) return null;
  const length = head.readUInt32LE(8);
  if (length < 2 * TAG_BYTES || length > MOST_RECORD_BYTES) return null;
  return { index: head.readUInt32LE(4), start, end: start + RECORD_HEADER_BYTES + length };
};

/** Where the next record may begin, at or after `start`; -1 when nowhere. */
export const nextMark = (bytes: Buffer, start: number): number => bytes.indexOf(RECORD_MARK, start);

export interface OpenedRecord {
  content: Buffer;
  previousTag: Buffer;
  tag: Buffer;
}

/** The content of a frame; null when it was damaged, cut, or does not belong to this place. */
export const openRecord = (
  header: SegmentHeader,
  key: KeyObject,
  bytes: Buffer,
  frame: RecordFrame,
): OpenedRecord | null => {
  if (frame.end > bytes.length) return null;
  const sealed = bytes.subarray(frame.start + RECORD_HEADER_BYTES, frame.end - TAG_BYTES);
  const tag = Buffer.from(bytes.subarray(frame.end - TAG_BYTES, frame.end));
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame.index));
  decipher.setAAD(placeOf(header, frame.index));
  decipher.setAuthTag(tag);
  try {
    const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return { content: plain.subarray(TAG_BYTES), previousTag: plain.subarray(0, TAG_BYTES), tag };
  } catch {
    return null;
  }
};
