import { AppError } from '#shared/contracts/errors.ts';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { type Change, type FieldStamps, type Operation, stampOf } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { type CommandContext, defineFeature } from '../../feature.ts';

interface ChangeRow {
  entity: EntityName;
  record_id: string;
  op: Operation;
  before: string | null;
  stamp: string;
}

export interface UndoPlan {
  changes: Change[];
  /** Fields or records that were changed since and are left alone. */
  skipped: number;
}

const stampsOf = (
  db: ReadableDb,
  entity: EntityName,
  id: string,
): { stamps: FieldStamps; deleted: boolean } | null => {
  const row = read<{ stamps: string; deleted: number }>(
    db,
    `SELECT stamps, deleted FROM ${codecs[entity].table} WHERE id = ?`,
  ).get(id);
  return row ? { stamps: JSON.parse(row.stamps) as FieldStamps, deleted: row.deleted === 1 } : null;
};

const reverse = (db: ReadableDb, row: ChangeRow): { change: Change | null; skipped: number } => {
  const current = stampsOf(db, row.entity, row.record_id);
  if (!current) return { change: null, skipped: 1 };
  const target = { entity: row.entity, id: row.record_id };
  if (row.op === 'create') {
    const touched = Object.values(current.stamps).some((stamp) => stamp > row.stamp);
    return current.deleted || touched
      ? { change: null, skipped: 1 }
      : { change: { ...target, op: 'delete', fields: {} }, skipped: 0 };
  }
  if (row.op === 'delete' || row.op === 'restore') {
    const stale = stampOf(current.stamps, 'deleted') !== row.stamp;
    return stale
      ? { change: null, skipped: 1 }
      : { change: { ...target, op: row.op === 'delete' ? 'restore' : 'delete', fields: {} }, skipped: 0 };
  }
  const before = JSON.parse(row.before ?? '{}') as Record<string, unknown>;
  const fields = Object.fromEntries(
    Object.entries(before).filter(([field]) => stampOf(current.stamps, field) === row.stamp),
  );
  const skipped = Object.keys(before).length - Object.keys(fields).length;
  return {
    change: Object.keys(fields).length > 0 && !current.deleted ? { ...target, op: 'update', fields } : null,
    skipped,
  };
};

/** What takes a command back, newest change first; what was changed since by somebody is skipped and counted. */
export const planUndo = (db: ReadableDb, commandId: string): UndoPlan => {
  const rows = read<ChangeRow>(
    db,
    'SELECT entity, record_id, op, before, stamp FROM change WHERE command_id = ? ORDER BY seq DESC',
  ).all(commandId);
  const changes: Change[] = [];
  let skipped = 0;
  for (const row of rows) {
    const reversed = reverse(db, row);
    if (reversed.change) changes.push(reversed.change);
    skipped += reversed.skipped;
  }
  return { changes, skipped };
};

const lastUndoable = (db: ReadableDb): string | null =>
  read<{ id: string }>(
    db,
    `SELECT id FROM command WHERE undone_by IS NULL AND name NOT LIKE 'undo.%' AND name NOT LIKE 'demo.%' AND name NOT LIKE 'import.%'
     AND EXISTS (SELECT 1 FROM change WHERE change.command_id = command.id) ORDER BY rowid DESC LIMIT 1`,
  ).get()?.id ?? null;

const planFor = (commandId: string, context: CommandContext) => {
  const known = read<{ undone_by: string | null }>(
    context.db,
    'SELECT undone_by FROM command WHERE id = ?',
  ).get(commandId);
  if (!known) throw new AppError('not_found', { params: { entity: 'command' } });
  if (known.undone_by) return { changes: [], value: { commandId, undone: 0, skipped: 0 } };
  const { changes, skipped } = planUndo(context.db, commandId);
  return { changes, value: { commandId, undone: changes.length, skipped }, undoes: commandId };
};

export const undo = defineFeature({
  commands: {
    'undo.command': (input, context) => planFor(input.commandId, context),
    'undo.last': (_input, context) => {
      const commandId = lastUndoable(context.db);
      return commandId === null
        ? { changes: [], value: { commandId: null, undone: 0, skipped: 0 } }
        : planFor(commandId, context);
    },
  },
});
