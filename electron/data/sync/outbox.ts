import type { EntityName } from '#shared/domain/entities/index.ts';
import type { FieldStamps, Mutation, Operation } from '#shared/sync/mutation.ts';
import { PAGE_BYTES, PAGE_ROWS, type WireMutation } from '#shared/sync/protocol.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';

interface ChangeRow {
  n: number;
  seq: number;
  entity: EntityName;
  record_id: string;
  op: Operation;
  fields: string;
  before: string | null;
  base: string;
  stamp: string;
  schema_version: number;
  typed_at: string;
}

/** A mutation that waits: its number on the wire and the change it is. */
export interface Waiting {
  /** Number in the table; what the server counts is {@link Waiting.wire}.n. */
  n: number;
  changeSeq: number;
  wire: WireMutation;
}

const COLUMNS =
  'o.n, c.seq, c.entity, c.record_id, c.op, c.fields, c.before, c.base, c.stamp, c.schema_version, c.typed_at';

/** What to take off a number of the outbox to get the number the server counts. */
const offsetOf = (db: ReadableDb): number => Number(metaOf(db, 'sync.outboxOffset') ?? 0);

const waitingOf = (row: ChangeRow, offset: number): Waiting => ({
  n: row.n,
  changeSeq: row.seq,
  wire: {
    n: row.n - offset,
    entity: row.entity,
    id: row.record_id,
    op: row.op,
    fields: JSON.parse(row.fields) as Record<string, unknown>,
    before: row.before === null ? null : (JSON.parse(row.before) as Record<string, unknown>),
    base: JSON.parse(row.base) as FieldStamps,
    stamp: row.stamp,
    typedAt: row.typed_at,
    schemaVersion: row.schema_version,
  },
});

/** The next mutations to send: in order, at most `most`, at most a page of bytes, at least one. */
export const nextBatch = (db: ReadableDb, most: number = PAGE_ROWS): Waiting[] => {
  const offset = offsetOf(db);
  const rows = read<ChangeRow>(
    db,
    `SELECT ${COLUMNS} FROM outbox o JOIN change c ON c.seq = o.change_seq ORDER BY o.n LIMIT ?`,
  ).iterate(most);
  const batch: Waiting[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.fields.length + (row.before?.length ?? 0) + row.base.length + 300;
    if (batch.length > 0 && bytes > PAGE_BYTES) break;
    batch.push(waitingOf(row, offset));
  }
  return batch;
};

/** How many mutations wait: numbered without gaps and answered in order, they need not be counted. */
export const countWaiting = (db: ReadableDb): number =>
  read<{ n: number | null }>(
    db,
    'SELECT (SELECT max(n) FROM outbox) - (SELECT min(n) FROM outbox) + 1 AS n',
  ).get()?.n ?? 0;

/** What waits for one record, in order. */
export const waitingFor = (db: ReadableDb, entity: string, id: string): Waiting[] => {
  const offset = offsetOf(db);
  return read<ChangeRow>(
    db,
    `SELECT ${COLUMNS} FROM change c JOIN outbox o ON o.change_seq = c.seq
     WHERE c.record_id = ? AND c.entity = ? ORDER BY o.n`,
  )
    .all(id, entity)
    .map((row) => waitingOf(row, offset));
};

/** The mutation of a change, as the history holds it. */
export const mutationOf = ({ wire }: Waiting): Mutation => ({
  entity: wire.entity as EntityName,
  id: wire.id,
  op: wire.op,
  fields: wire.fields,
  before: wire.before,
  base: wire.base,
  stamp: wire.stamp,
  schemaVersion: wire.schemaVersion,
});

/** Takes an answered mutation out of the outbox; the number it had is kept for a server that comes back older. */
export const acknowledge = (db: WritableDb, { n, changeSeq, wire }: Waiting, clientId: string): void => {
  write(db, 'DELETE FROM outbox WHERE n = ?').run(n);
  write(db, 'INSERT OR REPLACE INTO pushed (change_seq, client_id, n) VALUES (?, ?, ?)').run(
    changeSeq,
    clientId,
    wire.n,
  );
};

/** Highest number whose answer is stored here: the server may forget answers up to it. */
export const storedUpTo = (db: ReadableDb, clientId: string): number =>
  read<{ n: number | null }>(db, 'SELECT max(n) AS n FROM pushed WHERE client_id = ?').get(clientId)?.n ?? 0;

const renumber = (db: WritableDb, changeSeqs: readonly number[], firstOnWire: number): void => {
  write(db, 'DELETE FROM outbox').run();
  const insert = write(db, 'INSERT INTO outbox (change_seq) VALUES (?)');
  let first: number | null = null;
  for (const seq of changeSeqs) {
    const { lastInsertRowid } = insert.run(seq);
    write(db, 'DELETE FROM pushed WHERE change_seq = ?').run(seq);
    first ??= Number(lastInsertRowid);
  }
  if (first !== null) setMeta(db, 'sync.outboxOffset', String(first - firstOnWire));
};

/**
 * Makes the numbers of the outbox follow the last one the server knows of this client, in a transaction of the caller. What
 * was answered before and the server no longer knows is sent again: it came back from an older backup.
 * @returns how many changes are sent again.
 */
export const align = (
  db: WritableDb,
  { clientId, lastN, otherHistory }: { clientId: string; lastN: number; otherHistory: boolean },
): number => {
  const again = read<{ seq: number }>(
    db,
    `SELECT change_seq AS seq FROM pushed WHERE client_id = ? AND n > ? OR ? AND client_id <> ? ORDER BY change_seq`,
  )
    .all(clientId, lastN, otherHistory ? 1 : 0, clientId)
    .map(({ seq }) => seq);
  const first = read<{ n: number }>(db, 'SELECT n FROM outbox ORDER BY n LIMIT 1').get();
  const offset = offsetOf(db);
  const isGap = first !== undefined && first.n - offset > lastN + 1;
  const isBehind = first !== undefined && first.n - offset < 1;
  if (again.length === 0 && !isGap && !isBehind) {
    // the next number to be given must follow as well, when nothing waits now
    if (first === undefined) alignEmpty(db, lastN);
    return 0;
  }
  const waiting = read<{ seq: number }>(db, 'SELECT change_seq AS seq FROM outbox ORDER BY n').all();
  renumber(db, [...again, ...waiting.map(({ seq }) => seq)], lastN + 1);
  return again.length;
};

const alignEmpty = (db: WritableDb, lastN: number): void => {
  const last =
    read<{ seq: number }>(db, "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").get()?.seq ?? 0;
  const offset = String(last - lastN);
  if (offset !== String(offsetOf(db))) setMeta(db, 'sync.outboxOffset', offset);
};
