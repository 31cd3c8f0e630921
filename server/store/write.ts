import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { sameValue } from '#shared/sync/same.ts';
import type { Sql } from './database.ts';
import { customerOf, keyOf, movedFrom, ownerOf, type StoredRecord } from './record.ts';
import { loadRecords, saveRecords } from './save.ts';
import { allocateSeq, lockBook } from './seq.ts';

/** What the bank's own systems say of a record; fields that are left out stay as they are. */
export interface ServerWrite {
  entity: EntityName;
  id: string;
  fields: Record<string, unknown>;
  deleted?: boolean;
  /** Whose it is, for records that belong to one user. */
  ownerId?: string;
}

const written = (before: StoredRecord | undefined, write: ServerWrite, clock: Clock): StoredRecord | null => {
  const deleted = write.deleted ?? false;
  const changed = Object.entries(write.fields).filter(
    ([field, value]) => value !== undefined && !sameValue(before?.data[field], value),
  );
  if (before && changed.length === 0 && before.deleted === deleted) return null;
  const stamp = clock.next();
  const data = { ...before?.data, ...Object.fromEntries(changed) };
  const customer_id = customerOf(write.entity, write.id, data);
  return {
    entity: write.entity,
    id: write.id,
    customer_id,
    owner_id: before?.owner_id ?? (write.ownerId ? ownerOf(write.entity, customer_id, write.ownerId) : null),
    moved_from: movedFrom(before, customer_id),
    data,
    stamps: before
      ? {
          ...before.stamps,
          ...Object.fromEntries(changed.map(([field]) => [field, stamp])),
          ...(before.deleted !== deleted && { deleted: stamp }),
        }
      : { '*': stamp },
    deleted,
    seq: 0,
  };
};

/**
 * Writes what the server owns, in a transaction of the caller. Records that already say so are left alone: the same import
 * twice changes nothing. @returns how many records changed.
 */
export const writeRecords = async (
  sql: Sql,
  bookId: string,
  writes: readonly ServerWrite[],
  clock: Clock,
): Promise<number> => {
  if (writes.length === 0) return 0;
  await lockBook(sql, bookId);
  const held = new Map((await loadRecords(sql, bookId, writes)).map((record) => [keyOf(record), record]));
  const changed = new Map<string, StoredRecord>();
  for (const write of writes) {
    const key = keyOf(write);
    const record = written(changed.get(key) ?? held.get(key), write, clock);
    if (record) changed.set(key, record);
  }
  if (changed.size === 0) return 0;
  let seq = await allocateSeq(sql, bookId, changed.size);
  const records = [...changed.values()].map((record) => ({ ...record, seq: seq++ }));
  await saveRecords(sql, bookId, records);
  return records.length;
};
