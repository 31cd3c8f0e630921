import type { EntityName } from '#shared/domain/entities/index.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { livingRecord } from './customers/outlook.ts';
import { join, type Sql } from './customers/sql.ts';

export type RawRow = Record<string, unknown>;

/** A record with the name of its customer; null when it has none. */
export const namedRow = <R>(entity: EntityName, raw: RawRow): R =>
  ({ ...codecs[entity].decode(raw), customerName: raw.customer_name ?? null }) as R;

export const customerNameOf = (db: ReadableDb, customerId: string | null): string | null =>
  (customerId &&
    read<{ name: string }>(db, 'SELECT name FROM customer WHERE id = ?').get(customerId)?.name) ||
  null;

/** One living record with the name of its customer. @throws not_found */
export const namedRecord = <R>(db: ReadableDb, entity: EntityName, id: string): R => {
  const record = livingRecord<{ customerId: string | null }>(db, entity, id);
  return { ...record, customerName: customerNameOf(db, record.customerId) } as R;
};

export interface PageQuestion {
  entity: EntityName;
  /** Conditions on the record, whose alias is `t`. */
  where: readonly Sql[];
  /** Order by columns of `t`. */
  order: string;
  offset: number;
  limit: number;
  /** More columns of a row, as SQL over `t`. */
  extra?: string;
}

/** A page of living records with the names of their customers, as rows of the database, and how many there are. */
export const pageOf = (db: ReadableDb, question: PageQuestion): { total: number; rows: RawRow[] } => {
  const { entity, order, offset, limit, extra } = question;
  const { table } = codecs[entity];
  const where = join([{ text: 't.deleted = 0', params: [] }, ...question.where], ' AND ');
  const total =
    read<{ n: number }>(db, `SELECT count(*) AS n FROM ${table} t WHERE ${where.text}`).get(...where.params)
      ?.n ?? 0;
  // The page is cut before names are looked up.
  const rows = read<RawRow>(
    db,
    `SELECT t.*, f.name AS customer_name${extra ? `, ${extra}` : ''}
     FROM (SELECT t.* FROM ${table} t WHERE ${where.text} ORDER BY ${order} LIMIT ? OFFSET ?) t
     LEFT JOIN customer f ON f.id = t.customer_id ORDER BY ${order}`,
  ).all(...where.params, limit, offset);
  return { total, rows };
};

/** A page of records with the names of their customers. */
export const namedPage = <R>(db: ReadableDb, question: PageQuestion): { total: number; rows: R[] } => {
  const { total, rows } = pageOf(db, question);
  return { total, rows: rows.map((raw) => namedRow<R>(question.entity, raw)) };
};
