import type { FieldStamps } from '#shared/sync/mutation.ts';
import type { WireRecord } from '#shared/sync/protocol.ts';
import type { Waiting } from './outbox.ts';

/** A record as this laptop shows it: what the server holds, with what waits here laid over it. */
export interface Shown {
  data: Record<string, unknown>;
  stamps: FieldStamps;
  deleted: boolean;
}

/** Lays what waits over what the server holds. */
export const layOver = (
  record: Pick<WireRecord, 'data' | 'stamps' | 'deleted'> | null,
  waiting: readonly Waiting[],
): Shown => {
  const shown: Shown = {
    data: { ...record?.data },
    stamps: { ...record?.stamps },
    deleted: record?.deleted ?? false,
  };
  for (const { wire } of waiting) {
    if (wire.op === 'delete' || wire.op === 'restore') {
      shown.deleted = wire.op === 'delete';
      shown.stamps.deleted = wire.stamp;
      continue;
    }
    if (wire.op === 'create' && !record) shown.stamps['*'] = wire.stamp;
    for (const [field, value] of Object.entries(wire.fields)) {
      shown.data[field] = value;
      if (wire.op === 'update' || record) shown.stamps[field] = wire.stamp;
    }
    // typed into what was removed elsewhere: the server brings it back
    if (wire.op === 'update') shown.deleted = false;
  }
  return shown;
};
