import { AppError } from '#shared/contracts/errors.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { assertChangeAllowed } from '#shared/domain/rules/change-guards.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { type Change, type FieldStamps, type Mutation, stampOf } from '#shared/sync/mutation.ts';
import { codecs } from './codec.ts';
import { type ReadableDb, read, type WritableDb } from './connection.ts';

/** What is written to the journal before the transaction commits, and replayed when the database does not know it. */
export interface JournalEntry {
  commandId: string;
  name: string;
  at: string;
  actor: string;
  result: unknown;
  mutations: Mutation[];
  /** Command this one takes back. */
  undoes?: string;
  /** Review entry this one settles. */
  settles?: { id: string; how: string };
  /** Drafts that became these records. */
  dropDrafts?: string[];
}

/** Called inside the transaction, after the rows are written: search index, derived facts. */
export interface CommitHook {
  name: string;
  afterWrite(db: WritableDb, mutations: readonly Mutation[], at: string): void;
}

export interface CommitRequest {
  commandId: string;
  name: string;
  changes: Change[];
  result: unknown;
  at: string;
  actor: string;
  undoes?: string;
  settles?: JournalEntry['settles'];
  dropDrafts?: string[];
}

export interface CommitReceipt {
  /** false when the command was known already and nothing was written. */
  applied: boolean;
  result: unknown;
  mutations: readonly Mutation[];
}

export type Row = Record<string, unknown> & { stamps: string; deleted: number };

/** The row of a record, tombstones included. */
export const selectRow = (db: ReadableDb, entity: EntityName, id: string): Row | undefined =>
  read<Row>(db, codecs[entity].selectSql).get(id);

const notDefault = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/**
 * Turns a change into a mutation: adds what was there before, the base stamps and a new stamp.
 * @throws what {@link assertChangeAllowed} says against it.
 */
export const stampChange = (
  db: WritableDb,
  change: Change,
  clock: Clock,
  { name, changes }: Pick<CommitRequest, 'name' | 'changes'>,
): Mutation => {
  const row = selectRow(db, change.entity, change.id);
  const schemaVersion = entities[change.entity].version;
  const stamp = clock.next();
  if (change.op === 'create') {
    if (row) throw new AppError('conflict', { params: { entity: change.entity } });
    const parsed = entities[change.entity].schema.parse(change.fields) as Record<string, unknown>;
    const fields = Object.fromEntries(Object.entries(parsed).filter(([, value]) => notDefault(value)));
    assertChangeAllowed({ change: { ...change, fields }, current: null, command: name, batch: changes });
    return { ...change, fields, before: null, base: {}, stamp, schemaVersion };
  }
  if (!row) throw new AppError('not_found', { params: { entity: change.entity } });
  const stamps = JSON.parse(row.stamps) as FieldStamps;
  const current = codecs[change.entity].decode(row);
  const before: Record<string, unknown> = {};
  const base: FieldStamps = {};
  const fields: Record<string, unknown> = {};
  if (change.op === 'update') {
    if (row.deleted === 1) throw new AppError('not_found', { params: { entity: change.entity } });
    for (const [field, value] of Object.entries(change.fields)) {
      if (value === undefined) continue; // not given; unknown is null
      if (JSON.stringify(current[field] ?? null) === JSON.stringify(value ?? null)) continue;
      fields[field] = value ?? null;
      before[field] = current[field] ?? null;
      base[field] = stampOf(stamps, field) ?? '';
    }
  } else {
    before.deleted = row.deleted === 1;
    // all of them: what was changed elsewhere, unseen here, outlives the removal
    Object.assign(base, stamps, { deleted: stampOf(stamps, 'deleted') ?? '' });
  }
  assertChangeAllowed({ change: { ...change, fields }, current, command: name, batch: changes });
  return { ...change, fields, before, base, stamp, schemaVersion };
};

/** The stored answer of a command, when it was applied before. */
export const knownCommand = (db: WritableDb, commandId: string): { result: unknown } | undefined => {
  const row = read<{ result: string }>(db, 'SELECT result FROM command WHERE id = ?').get(commandId);
  return row && { result: JSON.parse(row.result) as unknown };
};
