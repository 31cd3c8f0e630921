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
/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 200;
/** Words that open nearly every record: with them known beforehand a small record packs to a third. */
const DICTIONARY = Buffer.from(
  '"priority":"normal""dueOn":"202"status":"open""madeBy":"me","madeOn":"202"takenAt":"202"body":""title":"' +
    '"kind":"visit""kind":"call","at":"202"zone":"Asia/Shanghai","initiator":"bank","channel":"phone","purpose":"' +
    '"outcome":"reached","summary":"","nextHook":"","createdAt":"202"doNotCall":false,"doNotMessage":false,' +
    '"doNotEmail":false,"birthdayCalendar":"solar","status":"active","name":"","phones":[{"label":"","number":"1' +
    '"entity":"customer","entity":"interaction","id":"0","op":"update","fields":{"before":{"base":{"*":"' +
    '{"kind":"entry","entry":{"commandId":"019","name":"interaction.log","at":"202-T:00.000Z","actor":"me",' +
    '"result":{"commandId":"019","id":"019"},"mutations":[{"entity":"interaction","id":"019","op":"create",' +
    '"fields":{"customerId":"019"},"before":null,"base":{},"stamp":"0-0000-","schemaVersion":1}]}}',
);

/** Bytes of a record: one that says how it is packed, then its JSON. */
export const encodeContent = (record: JournalRecord): Buffer => {
  const json = Buffer.from(JSON.stringify(record));
  if (json.length < WORTH_PACKING) return Buffer.concat([Buffer.of(PLAIN), json]);
  const small = json.length < 64 * 1024;
  const packed = deflateRawSync(json, {
    level: 1,
    dictionary: DICTIONARY,
    ...(small && { windowBits: 12, memLevel: 5 }),
  });
  return Buffer.concat([Buffer.of(DEFLATED), packed]);
};

/** The record of its bytes. @throws when they are no record: the program that wrote them was another. */
export const decodeContent = (content: Buffer): JournalRecord => {
  const body = content.subarray(1);
  const json = content[0] === DEFLATED ? inflateRawSync(body, { dictionary: DICTIONARY }) : body;
  return JSON.parse(json.toString()) as JournalRecord;
};
