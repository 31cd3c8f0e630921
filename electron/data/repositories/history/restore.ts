import { AppError, fieldIssuesOf } from '#shared/contracts/errors.ts';
import { patchSchema } from '#shared/contracts/records.ts';
import type { Parsed } from '#shared/contracts/registry.ts';
import { isTypable } from '#shared/contracts/typable.ts';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { DELETED } from '#shared/sync/merge.ts';
import type { Change, Operation } from '#shared/sync/mutation.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { CommandContext, Plan } from '../../feature.ts';
import { removalOf } from '../records/below.ts';
import { type Fields, isKnown, knownRow } from '../sync/subject.ts';
import { valuesOf } from './lines.ts';

type Input = Parsed<'record.restoreField'>;

/** Fields that were set together and would contradict each other alone. */
const TOGETHER: Record<string, readonly string[]> = {
  'promise.status': ['settledOn'],
  'task.status': ['doneOn'],
};
const fromChange = (db: ReadableDb, { entity, id, seq, field, side }: Input): Fields => {
  const row = read<{ op: Operation; fields: string; before: string | null }>(
    db,
    'SELECT op, fields, before FROM change WHERE seq = ? AND record_id = ? AND entity = ?',
  ).get(seq, id, entity);
  if (!row) throw new AppError('not_found');
  if (row.op === 'delete' || row.op === 'restore') {
    if (field !== DELETED) throw new AppError('not_found');
    return { [field]: valuesOf(row, field)[side] };
  }
  const touched = JSON.parse(row.fields) as Fields;
  if (!Object.hasOwn(touched, field)) throw new AppError('not_found');
  const companions = (TOGETHER[`${entity}.${field}`] ?? []).filter((name) => Object.hasOwn(touched, name));
  return Object.fromEntries([field, ...companions].map((name) => [name, valuesOf(row, name)[side]]));
};

const fromConflict = (db: ReadableDb, { entity, id, field, side, conflictId }: Input): Fields => {
  const row = read<{ lost: string; before: string | null }>(
    db,
    'SELECT lost, before FROM field_conflict WHERE id = ? AND record_id = ? AND entity = ? AND field = ?',
  ).get(conflictId, id, entity, field);
  if (!row) throw new AppError('not_found');
  const json = side === 'after' ? row.lost : row.before;
  return { [field]: json === null ? null : (JSON.parse(json) as unknown) };
};

const removedOrBack = (db: ReadableDb, entity: EntityName, id: string, removed: unknown): Change[] => {
  const row = knownRow(db, entity, id);
  if (!row) throw new AppError('not_found', { params: { entity } });
  if ((row.deleted === 1) === (removed === true)) return [];
  return removed === true ? removalOf(db, entity, [id]) : [{ entity, id, op: 'restore', fields: {} }];
};

/**
 * Types a value of the history into its field again, now: a change like any other, that waits, can be refused and undone.
 * @throws not_found, not_allowed, invalid_input where today's schema forbids the value; what guards say against it
 */
export const planRestore = (
  input: Input,
  { db, commandId }: CommandContext,
): Plan<{ commandId: string; id: string }> => {
  const { entity, id, field } = input;
  if (!isKnown(entity) || !isTypable(entity, field)) throw new AppError('not_allowed');
  const fields = input.conflictId ? fromConflict(db, input) : fromChange(db, input);
  const value = { commandId, id };
  if (field === DELETED) return { changes: removedOrBack(db, entity, id, fields[field]), value };
  const parsed = patchSchema(entity).safeParse(fields);
  if (!parsed.success) throw new AppError('invalid_input', { fields: fieldIssuesOf(parsed.error) });
  return { changes: [{ entity, id, op: 'update', fields }], value };
};
