import type { EntityName } from '#shared/domain/entities/index.ts';
import type { FieldStamps } from '#shared/sync/mutation.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';

/** A row with what sync keeps of it. */
export type SyncedRow = Record<string, unknown> & {
  id: string;
  stamps: string;
  deleted: number;
  extra: string | null;
  server_seq: number | null;
};

/** Shadow tables have this before their name; the plain ones nothing. */
export type Prefix = '' | 'shadow_';

export const rowOf = (db: ReadableDb, entity: EntityName, id: string): SyncedRow | undefined =>
  read<SyncedRow>(db, codecs[entity].selectSql).get(id);

const puts = new Map<string, string>();

const putSql = (entity: EntityName, prefix: Prefix): string => {
  const key = prefix + entity;
  const known = puts.get(key);
  if (known) return known;
  const { table, columns } = codecs[entity];
  const names = [...columns.map(({ column }) => `"${column}"`), 'stamps', 'deleted', 'extra', 'server_seq'];
  const sql = `INSERT INTO ${prefix}${table} (id, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  puts.set(key, sql);
  return sql;
};

export interface PutRow {
  data: Record<string, unknown>;
  stamps: FieldStamps;
  deleted: boolean;
  extra: Record<string, unknown> | null;
  seq: number | null;
}

/** Writes a whole row, new or in place of what is there. */
export const putRow = (
  db: WritableDb,
  entity: EntityName,
  id: string,
  row: PutRow,
  prefix: Prefix = '',
): void => {
  write(db, putSql(entity, prefix)).run(
    id,
    ...codecs[entity].encode(row.data),
    JSON.stringify(row.stamps),
    row.deleted ? 1 : 0,
    row.extra && JSON.stringify(row.extra),
    row.seq,
  );
};
