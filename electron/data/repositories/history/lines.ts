import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { HistoryLine } from '#shared/contracts/sync.ts';
import { fieldKind, isDefault } from '#shared/presentation/field-kinds.ts';
import { DELETED } from '#shared/sync/merge.ts';
import type { Operation } from '#shared/sync/mutation.ts';
import { sameValue } from '#shared/sync/same.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { myUserId } from '../../sync/connection.ts';
import { type Fields, isKnown, knownRow, nameOfUser } from '../sync/subject.ts';

/** A changed field without its values, which may be long: enough to order and to count. */
interface Entry {
  seq: number;
  at: string;
  op: Operation;
  field: string;
  /** The conflict in which this value was lost, where this device never saw it typed. */
  conflict_id: string | null;
}

const path = (field: string): string => `('$."' || ${field} || '"')`;

/**
 * Every changed field of a record, newest first. Of a conflict the lost value is a line of its own where no change here
 * ever brought it: somebody else typed it, and the server kept the other.
 */
const ENTRIES = `
  SELECT c.seq, c.typed_at AS at, c.op, f.key AS field, NULL AS conflict_id
  FROM change c, json_each(CASE WHEN c.op IN ('delete', 'restore') THEN '{"${DELETED}":0}' ELSE c.fields END) f
  WHERE c.record_id = :id AND c.entity = :entity
  UNION ALL
  SELECT 0, x.lost_at, 'update', x.field, x.id
  FROM field_conflict x
  WHERE x.record_id = :id AND x.entity = :entity AND x.deleted = 0 AND NOT EXISTS (
    SELECT 1 FROM change c WHERE c.record_id = x.record_id AND CASE x.field
      WHEN '${DELETED}' THEN c.op IN ('delete', 'restore')
      ELSE c.fields -> ${path('x.field')} = json(x.lost) END)
  ORDER BY at DESC, seq DESC, field`;

interface ChangeRow {
  seq: number;
  op: Operation;
  fields: string;
  before: string | null;
  author: string | null;
  waits: number;
  was_refused: number;
}

interface ConflictRow {
  id: string;
  field: string;
  lost: string;
  lost_by: string | null;
  before: string | null;
}

type Values = { before: unknown; after: unknown };

/** What a change did to one field. */
export const valuesOf = (
  { op, fields, before }: Pick<ChangeRow, 'op' | 'fields' | 'before'>,
  field: string,
): Values => {
  if (op === 'delete' || op === 'restore') return { before: op === 'restore', after: op === 'delete' };
  const pick = (json: string | null): unknown =>
    json ? ((JSON.parse(json) as Fields)[field] ?? null) : null;
  return { before: pick(before), after: pick(fields) };
};

const changesOf = (db: ReadableDb, seqs: readonly number[]): Map<number, ChangeRow> =>
  new Map(
    read<ChangeRow>(
      db,
      `SELECT c.seq, c.op, c.fields, c.before, c.author,
         EXISTS (SELECT 1 FROM outbox o WHERE o.change_seq = c.seq) AS waits,
         EXISTS (SELECT 1 FROM refused r WHERE r.record_id = c.record_id AND r.change_seq = c.seq) AS was_refused
       FROM change c WHERE c.seq IN (SELECT value FROM json_each(?))`,
    )
      .all(JSON.stringify(seqs))
      .map((row) => [row.seq, row]),
  );

/** What the record holds now; removed ones still hold their values. */
const heldBy = (db: ReadableDb, entity: string, id: string): Fields => {
  const row = knownRow(db, entity, id);
  return row && isKnown(entity) ? { ...codecs[entity].decode(row), [DELETED]: row.deleted === 1 } : {};
};

/** The newest entry of each field: the one that may hold. */
const newestOf = (db: ReadableDb, entries: readonly Entry[], id: string): Map<string, number> => {
  const gone = new Set(
    read<{ change_seq: number }>(db, 'SELECT change_seq FROM refused WHERE record_id = ?')
      .all(id)
      .map((row) => row.change_seq),
  );
  const newest = new Map<string, number>();
  for (const { seq, field } of entries)
    if (seq > (newest.get(field) ?? 0) && !gone.has(seq)) newest.set(field, seq);
  return newest;
};

/** Every value the fields of a record had, as far as this device saw them; newest first. */
export const recordHistory = (
  db: ReadableDb,
  { entity, id, field, offset, limit }: Parsed<'record.history'>,
): Output<'record.history'> => {
  const readable = read<Entry>(db, ENTRIES)
    .all({ entity, id })
    .filter((entry) => fieldKind(entity, entry.field) !== null);
  const entries = readable.filter((entry) => field === undefined || entry.field === field);
  const page = entries.slice(offset, offset + limit);
  const changes = changesOf(db, [...new Set(page.map(({ seq }) => seq))]);
  const conflicts = read<ConflictRow>(
    db,
    'SELECT id, field, lost, lost_by, before FROM field_conflict WHERE record_id = ? AND deleted = 0',
  ).all(id);
  const held = heldBy(db, entity, id);
  const newest = newestOf(db, readable, id);
  const me = myUserId(db);
  const lineOf = (entry: Entry): HistoryLine => {
    const change = changes.get(entry.seq);
    const conflict = conflicts.find((one) => one.id === entry.conflict_id);
    const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown));
    const values = change
      ? valuesOf(change, entry.field)
      : { before: parsed(conflict?.before ?? null), after: parsed(conflict?.lost ?? null) };
    const author = change ? change.author : (conflict?.lost_by ?? null);
    const isHeld = sameValue(held[entry.field], values.after) && newest.get(entry.field) === entry.seq;
    const isLost =
      !change ||
      conflicts.some((one) => one.field === entry.field && sameValue(parsed(one.lost), values.after));
    const state = (): HistoryLine['state'] => {
      if (change?.was_refused) return 'refused';
      if (change?.waits) return 'waiting';
      if (isHeld) return 'current';
      return isLost ? 'lost' : 'past';
    };
    return {
      seq: entry.seq,
      at: entry.at,
      by: author === null || author === me ? null : (nameOfUser(db, author) ?? ''),
      op: entry.op,
      field: entry.field,
      ...values,
      state: state(),
      held: isHeld,
      conflictId: entry.conflict_id,
    };
  };
  return {
    total: entries.length,
    fields: [...new Set(readable.map((entry) => entry.field))],
    lines: page
      .map(lineOf)
      .filter(({ op, field: name, after }) => !(op === 'create' && isDefault(entity, name, after))),
  };
};
