import { clientOf, type Stamp } from './clock.ts';
import { type FieldStamps, type Operation, stampOf } from './mutation.ts';
import { sameValue } from './same.ts';
import { mergeTexts } from './text-merge.ts';

/** A record where changes meet: its fields, their stamps, whether it was removed. */
export interface Held {
  data: Record<string, unknown>;
  stamps: FieldStamps;
  deleted: boolean;
}

/** A change that arrives there; `stamp` may have been made anew by the server. */
export interface Arriving {
  op: Operation;
  fields: Record<string, unknown>;
  before: Record<string, unknown> | null;
  base: FieldStamps;
  stamp: Stamp;
}

/** One field that two people typed into without knowing of each other. */
export interface Dispute {
  field: string;
  kept: { value: unknown; stamp: Stamp };
  lost: { value: unknown; stamp: Stamp };
  before: unknown;
}

export interface Merged {
  held: Held;
  /** Whether `held` differs from what was there. */
  changed: boolean;
  /** Whether anything of the change had to be brought together with what others typed. */
  together: boolean;
  disputes: Dispute[];
}

export interface MergeOptions {
  /** Fields whose texts are merged, not replaced (merge class text). */
  texts: readonly string[];
  /** A stamp of the place where the merge happens, for what nobody typed as it stands. */
  ownStamp(): Stamp;
}

/** The removal of a record as a field of it. */
export const DELETED = 'deleted';

/** Whether the writer of a change knew what is held: the base is the held stamp, or the held value is their own. */
const knew = (held: Stamp | undefined, base: Stamp | undefined, stamp: Stamp): boolean =>
  held === undefined || held === (base ?? '') || clientOf(held) === clientOf(stamp);

const mergeField = (field: string, arriving: Arriving, into: Merged, options: MergeOptions): void => {
  const { data, stamps } = into.held;
  const { stamp } = arriving;
  const value = arriving.fields[field] ?? null;
  const held = stampOf(stamps, field);
  const put = (next: unknown, by: Stamp): void => {
    data[field] = next;
    stamps[field] = by;
    into.changed = true;
  };
  if (held === stamp) return;
  if (knew(held, stampOf(arriving.base, field), stamp)) {
    put(value, stamp);
    return;
  }
  const there = data[field] ?? null;
  const heldStamp = held as Stamp;
  if (sameValue(there, value)) {
    if (stamp > heldStamp) put(value, stamp);
    return;
  }
  into.together = true;
  const before = arriving.before?.[field] ?? null;
  if (options.texts.includes(field) && typeof there === 'string' && typeof value === 'string') {
    const base = typeof before === 'string' ? before : '';
    const [first, second] = heldStamp < stamp ? [there, value] : [value, there];
    const merged = mergeTexts(base, first, second);
    if (merged !== there) put(merged, options.ownStamp());
    return;
  }
  const wins = stamp > heldStamp;
  into.disputes.push({
    field,
    kept: wins ? { value, stamp } : { value: there, stamp: heldStamp },
    lost: wins ? { value: there, stamp: heldStamp } : { value, stamp },
    before,
  });
  if (wins) put(value, stamp);
};

/** The newest stamp of a field the remover had not seen. */
const unseen = (stamps: FieldStamps, arriving: Arriving): Stamp | undefined =>
  Object.entries(stamps)
    .filter(([field, held]) => field !== DELETED && !knew(held, arriving.base[field], arriving.stamp))
    .map(([, held]) => held)
    .sort()
    .at(-1);

const mergeRemoval = (arriving: Arriving, into: Merged): void => {
  const { held } = into;
  if (held.deleted) return;
  const newer = unseen(held.stamps, arriving);
  if (newer !== undefined) {
    into.together = true;
    into.disputes.push({
      field: DELETED,
      kept: { value: false, stamp: newer },
      lost: { value: true, stamp: arriving.stamp },
      before: false,
    });
    return;
  }
  const restored = held.stamps[DELETED];
  if (
    restored !== undefined &&
    !knew(restored, arriving.base[DELETED], arriving.stamp) &&
    restored > arriving.stamp
  )
    return;
  held.deleted = true;
  held.stamps[DELETED] = arriving.stamp;
  into.changed = true;
};

const bringBack = (stamp: Stamp, into: Merged): void => {
  into.held.deleted = false;
  into.held.stamps[DELETED] = stamp;
  into.changed = true;
};

/** What others typed into a removed record brings it back: its remover had not seen it. */
const reviveEdited = (arriving: Arriving, into: Merged, options: MergeOptions): void => {
  const removed = into.held.stamps[DELETED] as Stamp;
  if (!into.changed || clientOf(removed) === clientOf(arriving.stamp)) return;
  into.together = true;
  into.disputes.push({
    field: DELETED,
    kept: { value: false, stamp: arriving.stamp },
    lost: { value: true, stamp: removed },
    before: false,
  });
  bringBack(options.ownStamp(), into);
};

/**
 * Brings a change together with the record it arrives at (docs/spec/sync.md, Push). Pure: answers a new record, and every
 * value that gave way as a dispute. `held` is null where there is no record yet.
 */
export const mergeChange = (held: Held | null, arriving: Arriving, options: MergeOptions): Merged => {
  const { op, fields, stamp } = arriving;
  if (!held) {
    const deleted = op === 'delete';
    const record: Held = { data: { ...fields }, stamps: { '*': stamp }, deleted };
    if (deleted) record.stamps[DELETED] = stamp;
    return { held: record, changed: op === 'create', together: false, disputes: [] };
  }
  const into: Merged = {
    held: { data: { ...held.data }, stamps: { ...held.stamps }, deleted: held.deleted },
    changed: false,
    together: false,
    disputes: [],
  };
  if (op === 'delete') {
    mergeRemoval(arriving, into);
    return into;
  }
  if (op === 'restore') {
    const removed = held.stamps[DELETED];
    if (
      held.deleted &&
      (removed === undefined || knew(removed, arriving.base[DELETED], stamp) || stamp > removed)
    )
      bringBack(stamp, into);
    return into;
  }
  if (op === 'create' && held.stamps['*'] === stamp) return into;
  for (const field of Object.keys(fields)) mergeField(field, arriving, into, options);
  if (held.deleted) {
    if (op === 'create') bringBack(stamp, into);
    else reviveEdited(arriving, into, options);
  }
  return into;
};
