import { createHash } from 'node:crypto';
import { AppError } from '#shared/contracts/errors.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { assertChangeAllowed } from '#shared/domain/rules/change-guards.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { type Change, type FieldStamps, type Mutation, stampOf } from '#shared/sync/mutation.ts';
import { codecs } from './codec.ts';
import { read, type WritableDb, write } from './connection.ts';

/** What is written to the journal before the transaction commits, and replayed when the database does not know it. */
export interface JournalEntry {
  commandId: string;
  name: string;
  at: string;
  actor: string;
  result: unknown;
  mutations: Mutation[];
  /** Commands this one takes back. */
  undoes?: string;
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
}

export interface CommitReceipt {
  /** false when the command was known already and nothing was written. */
  applied: boolean;
  result: unknown;
  mutations: readonly Mutation[];
}

type Row = Record<string, unknown> & { stamps: string; deleted: number };

const selectRow = (db: WritableDb, entity: EntityName, id: string): Row | undefined =>
  read<Row>(db, `SELECT * FROM ${codecs[entity].table} WHERE id = ?`).get(id);

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
      if (JSON.stringify(current[field] ?? null) === JSON.stringify(value ?? null)) continue;
      fields[field] = value ?? null;
      before[field] = current[field] ?? null;
      base[field] = stampOf(stamps, field) ?? '';
    }
  } else {
    before.deleted = row.deleted === 1;
    base.deleted = stampOf(stamps, 'deleted') ?? '';
  }
  assertChangeAllowed({ change: { ...change, fields }, current, command: name, batch: changes });
  return { ...change, fields, before, base, stamp, schemaVersion };
};

const insertSql = (entity: EntityName): string => {
  const { table, columns } = codecs[entity];
  const names = ['id', ...columns.map((column) => column.column), 'stamps'];
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
};

const applyCreate = (db: WritableDb, mutation: Mutation): void => {
  const full = entities[mutation.entity].schema.parse(mutation.fields) as Record<string, unknown>;
  write(db, insertSql(mutation.entity)).run(
    mutation.id,
    ...codecs[mutation.entity].encode(full),
    JSON.stringify({ '*': mutation.stamp }),
  );
};

const applyUpdate = (db: WritableDb, mutation: Mutation): void => {
  const codec = codecs[mutation.entity];
  const changed = codec.columns.filter((column) => column.field in mutation.fields);
  if (changed.length === 0) return;
  const row = selectRow(db, mutation.entity, mutation.id);
  if (!row) throw new AppError('not_found', { params: { entity: mutation.entity } });
  const merged = { ...codec.decode(row), ...mutation.fields } as Record<string, unknown>;
  delete merged.id;
  entities[mutation.entity].schema.parse(merged);
  const stamps = JSON.parse(row.stamps) as FieldStamps;
  for (const column of changed) stamps[column.field] = mutation.stamp;
  const assignments = changed.map((column) => `${column.column} = ?`).join(', ');
  write(db, `UPDATE ${codec.table} SET ${assignments}, stamps = ? WHERE id = ?`).run(
    ...changed.map((column) => codec.encodeField(column, mutation.fields[column.field])),
    JSON.stringify(stamps),
    mutation.id,
  );
};

const applyDeleted = (db: WritableDb, mutation: Mutation, deleted: 0 | 1): void => {
  const row = selectRow(db, mutation.entity, mutation.id);
  if (!row) throw new AppError('not_found', { params: { entity: mutation.entity } });
  const stamps = { ...(JSON.parse(row.stamps) as FieldStamps), deleted: mutation.stamp };
  write(db, `UPDATE ${codecs[mutation.entity].table} SET deleted = ?, stamps = ? WHERE id = ?`).run(
    deleted,
    JSON.stringify(stamps),
    mutation.id,
  );
};

/** Writes the rows of one mutation. */
export const applyMutation = (db: WritableDb, mutation: Mutation): void => {
  if (mutation.op === 'create') applyCreate(db, mutation);
  else if (mutation.op === 'update') applyUpdate(db, mutation);
  else applyDeleted(db, mutation, mutation.op === 'delete' ? 1 : 0);
};

/** Entities the server is told about; what the bank owns and what stays here is not pushed. */
const isPushed = (entity: EntityName): boolean =>
  ['fields', 'append', 'text'].includes(entities[entity].merge);

const recordHistory = (db: WritableDb, entry: JournalEntry): void => {
  const insertChange = write(
    db,
    'INSERT INTO change (command_id, entity, record_id, op, fields, before, base, stamp, schema_version, typed_at) VALUES (?,?,?,?,?,?,?,?,?,?)',
  );
  const insertOutbox = write(db, 'INSERT INTO outbox (change_seq) VALUES (?)');
  for (const m of entry.mutations) {
    const { lastInsertRowid } = insertChange.run(
      entry.commandId,
      m.entity,
      m.id,
      m.op,
      JSON.stringify(m.fields),
      m.before && JSON.stringify(m.before),
      JSON.stringify(m.base),
      m.stamp,
      m.schemaVersion,
      entry.at,
    );
    if (isPushed(m.entity)) insertOutbox.run(lastInsertRowid);
  }
};

const recordAudit = (db: WritableDb, entry: JournalEntry): void => {
  const last = read<{ hash: string }>(db, 'SELECT hash FROM audit_event ORDER BY n DESC LIMIT 1').get();
  const digest = createHash('sha256')
    .update(JSON.stringify(entry.mutations.map((m) => [m.entity, m.id, m.op, m.stamp])))
    .digest('hex');
  const hash = createHash('sha256')
    .update([last?.hash ?? '', entry.at, entry.actor, entry.commandId, entry.name, digest].join('\n'))
    .digest('hex');
  write(
    db,
    'INSERT INTO audit_event (at, actor, command_id, name, records, digest, hash) VALUES (?,?,?,?,?,?,?)',
  ).run(entry.at, entry.actor, entry.commandId, entry.name, entry.mutations.length, digest, hash);
};

/** Writes everything one journal entry says, inside a transaction that the caller holds. */
export const writeEntry = (db: WritableDb, entry: JournalEntry, hooks: readonly CommitHook[]): void => {
  for (const mutation of entry.mutations) applyMutation(db, mutation);
  recordHistory(db, entry);
  recordAudit(db, entry);
  write(db, 'INSERT INTO command (id, name, at, result) VALUES (?,?,?,?)').run(
    entry.commandId,
    entry.name,
    entry.at,
    JSON.stringify(entry.result ?? null),
  );
  if (entry.undoes)
    write(db, 'UPDATE command SET undone_by = ? WHERE id = ?').run(entry.commandId, entry.undoes);
  for (const hook of hooks) hook.afterWrite(db, entry.mutations, entry.at);
};

/** The stored answer of a command, when it was applied before. */
export const knownCommand = (db: WritableDb, commandId: string): { result: unknown } | undefined => {
  const row = read<{ result: string }>(db, 'SELECT result FROM command WHERE id = ?').get(commandId);
  return row && { result: JSON.parse(row.result) as unknown };
};
