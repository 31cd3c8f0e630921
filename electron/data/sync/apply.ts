import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Mutation } from '#shared/sync/mutation.ts';
import type { WireRecord } from '#shared/sync/protocol.ts';
import { sameValue } from '#shared/sync/same.ts';
import { codecs } from '../database/codec.ts';
import { read, type WritableDb, write } from '../database/connection.ts';
import { keepHistory } from './history.ts';
import { waitingFor } from './outbox.ts';
import { layOver } from './overlay.ts';
import { putRow, rowOf, type SyncedRow } from './rows.ts';
import { isKnownEntity, shapeData } from './shape.ts';

/** What became of a page of records. */
export interface Applied {
  mutations: Mutation[];
  erase: { entity: EntityName; id: string }[];
  /** Living records that this page removes. */
  removed: number;
}

export const nothingApplied = (): Applied => ({ mutations: [], erase: [], removed: 0 });

/** Keeps a record that this version does not understand; the newest version of it wins. */
export const park = (db: WritableDb, record: WireRecord): void => {
  write(
    db,
    `INSERT INTO parked (entity, id, seq, record) VALUES (?, ?, ?, ?)
     ON CONFLICT (entity, id) DO UPDATE SET seq = excluded.seq, record = excluded.record WHERE excluded.seq > parked.seq`,
  ).run(record.entity, record.id, record.seq, JSON.stringify(record));
};

const asMutation = (
  entity: EntityName,
  id: string,
  op: Mutation['op'],
  fields: Record<string, unknown>,
  before: Record<string, unknown> | null,
): Mutation => ({ entity, id, op, fields, before, base: {}, stamp: '', schemaVersion: 1 });

/** What the hooks see of a record that is new here. Its children may have come first: a customer's facts are all computed. */
const arrivalOf = (entity: EntityName, id: string, fields: Record<string, unknown>): Mutation[] => [
  asMutation(entity, id, 'create', fields, null),
  ...(entity === 'customer' ? [asMutation(entity, id, 'update', {}, null)] : []),
];

const differences = (
  entity: EntityName,
  row: SyncedRow,
  data: Record<string, unknown>,
): { fields: Record<string, unknown>; before: Record<string, unknown> } => {
  const current = codecs[entity].decode(row);
  const fresh = codecs[entity].decode(encoded(entity, row.id, data));
  const fields: Record<string, unknown> = {};
  const before: Record<string, unknown> = {};
  for (const { field } of codecs[entity].columns) {
    if (sameValue(current[field], fresh[field])) continue;
    fields[field] = fresh[field];
    before[field] = current[field];
  }
  return { fields, before };
};

/** The columns that data comes to, defaults filled in. */
const encoded = (entity: EntityName, id: string, data: Record<string, unknown>): Record<string, unknown> => {
  const codec = codecs[entity];
  const values = codec.encode(data);
  return { id, ...Object.fromEntries(codec.columns.map(({ column }, index) => [column, values[index]])) };
};

/** Brings a row to what the server holds, with what waits here laid over it, and tells what changed. */
export const settleRow = (db: WritableDb, record: WireRecord, syncId: string, into: Applied): void => {
  const { id, seq } = record;
  if (!isKnownEntity(record.entity)) {
    park(db, record);
    return;
  }
  const { entity } = record;
  const row = rowOf(db, entity, id);
  if (record.gone) {
    if (row) erase(entity, id, into);
    return;
  }
  const shaped = shapeData(entity, record.data);
  if (!shaped) {
    park(db, record);
    return;
  }
  const waiting = waitingFor(db, entity, id);
  const shown = layOver({ ...record, data: shaped.known }, waiting);
  putRow(db, entity, id, { ...shown, extra: shaped.extra, seq });
  if (!row) {
    if (!shown.deleted) into.mutations.push(...arrivalOf(entity, id, shown.data));
    return;
  }
  const wasDeleted = row.deleted === 1;
  const { fields, before } = differences(entity, row, shown.data);
  const note = (op: Mutation['op'], changed: typeof fields, was: typeof before): void => {
    into.mutations.push(asMutation(entity, id, op, changed, was));
    keepHistory(db, { entity, id, op, fields: changed, before: was, stamps: shown.stamps }, syncId);
  };
  if (Object.keys(fields).length > 0) note('update', fields, before);
  if (wasDeleted !== shown.deleted) note(shown.deleted ? 'delete' : 'restore', {}, { deleted: wasDeleted });
  if (!wasDeleted && shown.deleted) into.removed += 1;
};

/** Applies a record of a pull, unless this version of it or a newer one is here already. */
export const applyRecord = (db: WritableDb, record: WireRecord, syncId: string, into: Applied): void => {
  if (isKnownEntity(record.entity)) {
    const row = rowOf(db, record.entity, record.id);
    if (row?.server_seq && row.server_seq >= record.seq) return;
  }
  settleRow(db, record, syncId, into);
};

/** Removes a record without a trace, once the hooks have seen it go. */
export const erase = (entity: EntityName, id: string, into: Applied): void => {
  into.mutations.push(asMutation(entity, id, 'delete', {}, null));
  into.erase.push({ entity, id });
};

/** Marks rows that are about to go as removed, so that the hooks take them out of facts and index. */
export const markErased = (db: WritableDb, { erase: gone }: Applied): void => {
  for (const { entity, id } of gone)
    write(db, `UPDATE ${codecs[entity].table} SET deleted = 1 WHERE id = ?`).run(id);
};

/** Takes in what was parked by an older version and is understood by this one. @returns how many records. */
export const unpark = (db: WritableDb, syncId: string, into: Applied): number => {
  const rows = read<{ entity: string; id: string; record: string }>(
    db,
    'SELECT entity, id, record FROM parked',
  ).all();
  let taken = 0;
  for (const { entity, id, record } of rows) {
    const parsed = JSON.parse(record) as WireRecord;
    if (!isKnownEntity(entity) || !shapeData(entity, parsed.data)) continue;
    applyRecord(db, parsed, syncId, into);
    write(db, 'DELETE FROM parked WHERE entity = ? AND id = ?').run(entity, id);
    taken += 1;
  }
  return taken;
};
