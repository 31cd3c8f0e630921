import type { Sql } from './database.ts';
import type { StoredRecord } from './record.ts';

/** Rows of one statement; a text of JSON stays far below what PostgreSQL takes. */
const CHUNK = 1_000;

/** Writes records as they are, new or changed. */
export const saveRecords = async (
  sql: Sql,
  bookId: string,
  records: readonly StoredRecord[],
): Promise<void> => {
  for (let at = 0; at < records.length; at += CHUNK)
    await sql.query(
      `INSERT INTO record (book_id, entity, id, customer_id, owner_id, moved_from, data, stamps, deleted, seq)
       SELECT $1, entity, id, customer_id, owner_id, moved_from, data, stamps, deleted, seq
       FROM jsonb_to_recordset($2::jsonb) AS row
         (entity text, id uuid, customer_id uuid, owner_id uuid, moved_from jsonb, data jsonb, stamps jsonb, deleted boolean, seq bigint)
       ON CONFLICT (book_id, entity, id) DO UPDATE SET customer_id = excluded.customer_id, owner_id = excluded.owner_id, moved_from = excluded.moved_from,
         data = excluded.data, stamps = excluded.stamps, deleted = excluded.deleted, seq = excluded.seq`,
      [bookId, JSON.stringify(records.slice(at, at + CHUNK))],
    );
};

/** The records of a list of names, tombstones included, by {@link keyOf}. */
export const loadRecords = async (
  sql: Sql,
  bookId: string,
  names: readonly { entity: string; id: string }[],
): Promise<StoredRecord[]> =>
  names.length === 0
    ? []
    : sql.query<StoredRecord>(
        `SELECT r.entity, r.id, r.customer_id, r.owner_id, r.moved_from, r.data, r.stamps, r.deleted, r.seq
         FROM jsonb_to_recordset($2::jsonb) AS name (entity text, id uuid)
         JOIN record r ON r.book_id = $1 AND r.entity = name.entity AND r.id = name.id`,
        [bookId, JSON.stringify(names.map(({ entity, id }) => ({ entity, id })))],
      );
