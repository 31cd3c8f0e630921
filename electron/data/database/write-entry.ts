import { AppError } from '#shared/contracts/errors.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import type { FieldStamps, Mutation } from '#shared/sync/mutation.ts';
import { chainHash, digestOf } from './audit.ts';
import { codecs } from './codec.ts';
import { type CommitHook, type JournalEntry, selectRow } from './commit.ts';
import { read, type WritableDb, write } from './connection.ts';
import { settleRefused } from './refused.ts';

const applyCreate = (db: WritableDb, mutation: Mutation): void => {
  const codec = codecs[mutation.entity];
  write(db, codec.insertSql).run(mutation.id, ...codec.encode(mutation.fields), `{"*":"${mutation.stamp}"}`);
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

const recordAudit = (db: WritableDb, entry: JournalEntry, sequence: number): void => {
  const last = read<{ hash: string }>(db, 'SELECT hash FROM audit_event ORDER BY n DESC LIMIT 1').get();
  const { at, actor, name, commandId, mutations } = entry;
  const digest = digestOf(mutations);
  const hash = chainHash(last?.hash ?? '', { at, actor, command_id: commandId, name, digest });
  write(
    db,
    'INSERT INTO audit_event (at, actor, command_id, name, records, digest, hash, journal_seq) VALUES (?,?,?,?,?,?,?,?)',
  ).run(at, actor, commandId, name, mutations.length, digest, hash, sequence);
};

/** Writes what an entry says beside its rows: history, outbox, audit, the command and what hooks derive. */
export const recordEntry = (
  db: WritableDb,
  entry: JournalEntry,
  hooks: readonly CommitHook[],
  sequence: number,
): void => {
  recordHistory(db, entry);
  recordAudit(db, entry, sequence);
  write(db, 'INSERT INTO command (id, name, at, result) VALUES (?,?,?,?)').run(
    entry.commandId,
    entry.name,
    entry.at,
    JSON.stringify(entry.result ?? null),
  );
  if (entry.undoes)
    write(db, 'UPDATE command SET undone_by = ? WHERE id = ?').run(entry.commandId, entry.undoes);
  if (entry.settles)
    write(db, 'UPDATE review SET settled_as = ? WHERE id = ?').run(entry.settles.how, entry.settles.id);
  settleRefused(db, entry);
  for (const key of entry.dropDrafts ?? []) write(db, 'DELETE FROM draft WHERE key = ?').run(key);
  for (const hook of hooks) hook.afterWrite(db, entry.mutations, entry.at);
};

/**
 * Writes everything a journal entry says, inside a transaction of the caller. Entries are parsed again: they may come
 * from an older program. @throws when the entry does not fit the records that are there.
 */
export const writeEntry = (
  db: WritableDb,
  entry: JournalEntry,
  hooks: readonly CommitHook[],
  sequence: number,
): void => {
  for (const mutation of entry.mutations) {
    if (mutation.op === 'create') entities[mutation.entity].schema.parse(mutation.fields);
    applyMutation(db, mutation);
  }
  recordEntry(db, entry, hooks, sequence);
};
