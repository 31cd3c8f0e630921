import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { nothingApplied, settleRow } from './apply.ts';
import { putRow, type SyncedRow } from './rows.ts';

const NAMES = Object.keys(entities) as EntityName[];
const shadowOf = (entity: EntityName): string => `shadow_${codecs[entity].table}`;

/** Removes the shadow tables, with whatever lies in them. */
export const dropShadows = (db: WritableDb): void => {
  for (const entity of NAMES) db.exec(`DROP TABLE IF EXISTS ${shadowOf(entity)}`);
};

/** Makes an empty table beside that of every entity, of the same shape and without its indexes. */
export const makeShadows = (db: WritableDb): void => {
  dropShadows(db);
  for (const entity of NAMES) {
    const { table } = codecs[entity];
    const made = read<{ sql: string }>(
      db,
      "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?",
    ).get(table);
    if (!made) throw new Error(`no table ${table}`);
    db.exec(made.sql.replace(/^CREATE TABLE\s+"?\w+"?/, `CREATE TABLE ${shadowOf(entity)}`));
  }
};

/** Living records of the server that the shadow does not hold and nothing waits for. */
const vanishing = (entity: EntityName): string => {
  const { table } = codecs[entity];
  return `FROM ${table} WHERE server_seq IS NOT NULL AND id NOT IN (SELECT id FROM ${shadowOf(entity)})
    AND id NOT IN (SELECT c.record_id FROM change c JOIN outbox o ON o.change_seq = c.seq)`;
};

/** How many living records the swap would remove. */
export const countVanishing = (db: ReadableDb): number =>
  NAMES.reduce(
    (sum, entity) =>
      sum +
      (read<{ n: number }>(db, `SELECT count(*) AS n ${vanishing(entity)} AND deleted = 0`).get()?.n ?? 0),
    0,
  );

/** A few of them. */
export const someVanishing = (db: ReadableDb): { entity: EntityName; id: string }[] =>
  NAMES.flatMap((entity) =>
    read<{ id: string }>(db, `SELECT id ${vanishing(entity)} AND deleted = 0 LIMIT 5`)
      .all()
      .map(({ id }) => ({ entity, id })),
  );

const takeOver = (db: WritableDb, entity: EntityName): void => {
  const { table, columns } = codecs[entity];
  const names = [...columns.map(({ column }) => `"${column}"`), 'stamps', 'deleted', 'extra', 'server_seq'];
  write(db, `DELETE ${vanishing(entity)}`).run();
  write(
    db,
    `UPDATE ${table} SET server_seq = NULL WHERE id NOT IN (SELECT id FROM ${shadowOf(entity)})`,
  ).run();
  write(
    db,
    `INSERT INTO ${table} (id, ${names.join(', ')}) SELECT id, ${names.join(', ')} FROM ${shadowOf(entity)} WHERE true
     ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  ).run();
};

/** Puts the shadows in place of the records, with what waits laid over them, in a transaction of the caller. */
export const swapShadows = (db: WritableDb, syncId: string): void => {
  const waiting = read<{ entity: EntityName; id: string }>(
    db,
    'SELECT DISTINCT c.entity, c.record_id AS id FROM change c JOIN outbox o ON o.change_seq = c.seq',
  ).all();
  for (const entity of NAMES) takeOver(db, entity);
  for (const { entity, id } of waiting) {
    const row = read<SyncedRow>(db, `SELECT * FROM ${shadowOf(entity)} WHERE id = ?`).get(id);
    if (!row) continue;
    const { id: _, ...data } = codecs[entity].decode(row);
    const extra = row.extra === null ? {} : (JSON.parse(row.extra) as Record<string, unknown>);
    const record = {
      entity,
      id,
      data: { ...data, ...extra },
      stamps: JSON.parse(row.stamps) as Record<string, string>,
      deleted: row.deleted === 1,
      seq: row.server_seq ?? 1,
    };
    putRow(db, entity, id, { ...record, data, extra: row.extra === null ? null : extra });
    settleRow(db, record, syncId, nothingApplied());
  }
  dropShadows(db);
};
