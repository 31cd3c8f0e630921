import { format } from 'date-fns';
import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { EntityName, FieldConflict } from '#shared/domain/entities/index.ts';
import { fieldKind } from '#shared/presentation/field-kinds.ts';
import { DELETED } from '#shared/sync/merge.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { sameValue } from '#shared/sync/same.ts';
import { updating } from '../../changes.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { CommandContext, Plan } from '../../feature.ts';
import { connectionOf, myUserId } from '../../sync/connection.ts';
import { removalOf } from '../records/below.ts';
import { fitted } from '../review/settle.ts';
import { checkFields } from './check-fields.ts';
import { isKnown, knownRow, nameOfUser, subjectOf } from './subject.ts';

type Item = Output<'sync.conflicts'>['items'][number];

const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown));

/** What the record holds in the field now; `gone` when it was removed or is not here. */
const held = (
  db: ReadableDb,
  { entity, recordId, field }: FieldConflict,
): { now: unknown; gone: boolean } => {
  const row = knownRow(db, entity, recordId);
  if (!row || !isKnown(entity)) return { now: null, gone: true };
  const isDeleted = row.deleted === 1;
  if (field === DELETED) return { now: isDeleted, gone: false };
  return { now: codecs[entity].decode(row)[field] ?? null, gone: isDeleted };
};

const isText = ({ entity, field }: FieldConflict, ...values: unknown[]): boolean => {
  const kind = fieldKind(entity, field)?.kind;
  return (
    (kind === 'text' || kind === 'longText') &&
    values.every((value) => typeof value === 'string' && value !== '')
  );
};

const itemOf = (db: ReadableDb, conflict: FieldConflict): Item => {
  const me = myUserId(db);
  const kept = parsed(conflict.kept);
  const lost = parsed(conflict.lost);
  const { now, gone } = held(db, conflict);
  const side = (value: unknown, by: string | null, at: string) => ({
    value,
    by: nameOfUser(db, by),
    mine: by !== null && by === me,
    at,
  });
  return {
    ...subjectOf(db, conflict.entity, conflict.recordId, {}, conflict.customerId),
    id: conflict.id,
    field: conflict.field,
    before: parsed(conflict.before),
    kept: side(kept, conflict.keptBy, conflict.keptAt),
    lost: side(lost, conflict.lostBy, conflict.lostAt),
    isText: isText(conflict, kept, lost),
    now,
    changedSince: !gone && !sameValue(now, kept),
    gone,
    settledAs: conflict.settledAs,
    settledBy: nameOfUser(db, conflict.settledBy),
    settledAt: conflict.settledAt,
  };
};

/** Fields that two people typed into: what is open oldest first, what is settled newest first. */
export const conflictPage = (
  db: ReadableDb,
  { settled, offset, limit }: Parsed<'sync.conflicts'>,
): Output<'sync.conflicts'> => {
  const where = `deleted = 0 AND settled_as IS ${settled ? 'NOT ' : ''}NULL`;
  const order = settled ? 'settled_at DESC, id' : 'created_at, id';
  return {
    total: read<{ n: number }>(db, `SELECT count(*) AS n FROM field_conflict WHERE ${where}`).get()?.n ?? 0,
    items: read(db, `SELECT * FROM field_conflict WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
      .all(limit, offset)
      .map((row) => itemOf(db, codecs.fieldConflict.decode(row) as FieldConflict)),
  };
};

const setField = (db: ReadableDb, { entity, recordId, field }: FieldConflict, value: unknown): Change[] => {
  const fields = { [field]: value };
  checkFields(entity, fields);
  return fitted(db, { entity: entity as EntityName, id: recordId, op: 'update', fields });
};

const setRemoved = (db: ReadableDb, entity: EntityName, id: string, removed: boolean): Change[] => {
  const row = knownRow(db, entity, id);
  if (!row || (row.deleted === 1) === removed) return [];
  return removed ? removalOf(db, entity, [id]) : [{ entity, id, op: 'restore', fields: {} }];
};

/** Both texts, one under the other, the second with who typed it and when; a short one stays on its line. */
const bothTexts = (db: ReadableDb, conflict: FieldConflict, now: unknown): string => {
  const lost = parsed(conflict.lost);
  if (!isText(conflict, now, lost)) throw new AppError('not_allowed');
  if (fieldKind(conflict.entity, conflict.field)?.kind === 'text') return `${now} / ${lost}`;
  const mine = conflict.lostBy !== null && conflict.lostBy === myUserId(db);
  const name = nameOfUser(db, conflict.lostBy) ?? (mine ? connectionOf(db)?.user?.name : null);
  const when = format(new Date(conflict.lostAt), 'yyyy-MM-dd HH:mm');
  return `${now}\n\n［${[name, when].filter(Boolean).join(' · ')}］\n${lost}`;
};

const changesOf = (db: ReadableDb, conflict: FieldConflict, as: 'kept' | 'lost' | 'both'): Change[] => {
  if (as === 'kept') return [];
  const { entity, recordId, field } = conflict;
  if (field !== DELETED)
    return setField(
      db,
      conflict,
      as === 'lost' ? parsed(conflict.lost) : bothTexts(db, conflict, held(db, conflict).now),
    );
  if (as === 'both' || !isKnown(entity)) throw new AppError('not_allowed');
  return setRemoved(db, entity, recordId, parsed(conflict.lost) === true);
};

/** Settles a conflict, in one command that one undo takes back. */
export const planSettle = (
  { id, as }: Parsed<'sync.settleConflict'>,
  { db, commandId, at }: CommandContext,
): Plan<{ commandId: string; id: string }> => {
  const row = read(
    db,
    'SELECT * FROM field_conflict WHERE id = ? AND deleted = 0 AND settled_as IS NULL',
  ).get(id);
  if (!row) throw new AppError('not_found');
  const conflict = codecs.fieldConflict.decode(row) as FieldConflict;
  const settled = updating('fieldConflict', id, { settledAs: as, settledBy: myUserId(db), settledAt: at });
  // what is removed with its customer takes the conflicts below along; this one stays, to be read in what was settled
  const changes = changesOf(db, conflict, as).filter((change) => change.id !== id);
  return { changes: [...changes, settled], value: { commandId, id } };
};
