import { AppError } from '#shared/contracts/errors.ts';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { assertChangeAllowed } from '#shared/domain/rules/change-guards.ts';
import type { Change, Operation } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

interface ChangeRow {
  seq: number;
  entity: EntityName;
  record_id: string;
  op: Operation;
  fields: string;
  before: string | null;
}
type Fields = Record<string, unknown>;
type Stored = Fields & { id: string; isDeleted: boolean };

export interface Inverse {
  changes: Change[];
  /** Changes taken back whole. */
  undone: number;
  /** Changes of which something had to stay, because it was changed again since or is locked. */
  skipped: number;
}

const storedOf = (db: ReadableDb, entity: EntityName, id: string): Stored | undefined => {
  const row = read(db, `SELECT * FROM ${codecs[entity].table} WHERE id = ?`).get(id);
  return row && { ...codecs[entity].decode(row), isDeleted: row.deleted === 1 };
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Fields of a record that later commands changed; a command and the undo that took it back count as nothing. */
const fieldsChangedSince = (db: ReadableDb, row: ChangeRow): Set<string> => {
  const later = read<{ op: Operation; fields: string }>(
    db,
    `SELECT c.op, c.fields FROM change c
     LEFT JOIN command k ON k.id = c.command_id
     WHERE c.record_id = ? AND c.entity = ? AND c.seq > ?
       AND c.command_id <> (SELECT command_id FROM change WHERE seq = ?)
       AND k.undone_by IS NULL AND c.command_id NOT IN (SELECT undone_by FROM command WHERE undone_by IS NOT NULL)`,
  ).all(row.record_id, row.entity, row.seq, row.seq);
  return new Set(
    later.flatMap((change) =>
      change.op === 'update' ? Object.keys(JSON.parse(change.fields) as Fields) : ['deleted'],
    ),
  );
};

/** Whether no command may make the change: what was signed stays. */
const isLocked = (db: ReadableDb, change: Change): boolean => {
  try {
    const current = storedOf(db, change.entity, change.id) ?? null;
    assertChangeAllowed({ change, current, command: 'undo.command', batch: [] });
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'locked_record') return true;
    throw error;
  }
};

/** Takes one change back, as far as nobody changed the same since. `whole` is false when something had to stay. */
const inverseOf = (db: ReadableDb, row: ChangeRow): { change: Change | null; whole: boolean } => {
  const { entity, record_id: id } = row;
  const kept = { change: null, whole: false };
  const stored = storedOf(db, entity, id);
  if (!stored) return kept;
  const changed = fieldsChangedSince(db, row);
  const opposite = (op: Operation) => ({ change: { entity, id, op, fields: {} }, whole: true });
  if (row.op === 'delete') return stored.isDeleted && !changed.has('deleted') ? opposite('restore') : kept;
  if (stored.isDeleted) return kept;
  if (row.op === 'restore') return changed.has('deleted') ? kept : opposite('delete');
  const fields = JSON.parse(row.fields) as Fields;
  const untouched = (field: string): boolean => !changed.has(field) && same(stored[field], fields[field]);
  if (row.op === 'create')
    return changed.size === 0 && Object.keys(fields).every(untouched) ? opposite('delete') : kept;
  const before = JSON.parse(row.before ?? '{}') as Fields;
  const back = Object.keys(fields).filter(untouched);
  if (back.length === 0) return kept;
  return {
    change: {
      entity,
      id,
      op: 'update',
      fields: Object.fromEntries(back.map((field) => [field, before[field]])),
    },
    whole: back.length === Object.keys(fields).length,
  };
};

/** What takes a whole command back, newest change first. */
export const inverseOfCommand = (db: ReadableDb, commandId: string): Inverse => {
  const rows = read<ChangeRow>(
    db,
    'SELECT seq, entity, record_id, op, fields, before FROM change WHERE command_id = ? ORDER BY seq DESC',
  ).all(commandId);
  const inverse: Inverse = { changes: [], undone: 0, skipped: 0 };
  const nothing: Inverse = { changes: [], undone: 0, skipped: rows.length };
  for (const row of rows) {
    const { change, whole } = inverseOf(db, row);
    // half an undo of a signature would leave a signed report without what followed from it
    if (change && isLocked(db, change)) return nothing;
    if (change) inverse.changes.push(change);
    if (whole) inverse.undone += 1;
    else inverse.skipped += 1;
  }
  return inverse;
};
