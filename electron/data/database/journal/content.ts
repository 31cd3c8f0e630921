import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JournalEntry } from '../commit.ts';

/** What one record of the journal says. */
export type JournalRecord =
  | { kind: 'entry'; entry: JournalEntry }
  /** The transaction of the command was rolled back after it had been written here. */
  | { kind: 'revoke'; commandId: string }
  /** A setting or draft as it is now; null when it is gone. */
  | { kind: 'local'; table: 'setting' | 'draft'; key: string; value: string | null; at: string };

const PLAIN = 0;
const DEFLATED = 1;
/** What is smaller goes as it is: packing it would take longer than writing it. */
const WORTH_PACKING = 4 * 1024;

/** Bytes of a record: one that says how it is packed, then its JSON. */
export const encodeContent = (record: JournalRecord): Buffer => {
  const json = Buffer.from(JSON.stringify(record));
  return json.length < WORTH_PACKING
    ? Buffer.concat([Buffer.of(PLAIN), json])
    : Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(json, { level: 1 })]);
};

/** The record of its bytes. @throws when they are no record: the program that wrote them was another. */
export const decodeContent = (content: Buffer): JournalRecord => {
  const body = content.subarray(1);
  const json = content[0] === DEFLATED ? inflateRawSync(body) : body;
  return JSON.parse(json.toString()) as JournalRecord;
};
