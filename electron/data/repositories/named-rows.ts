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

const living = (where: readonly Sql[]): Sql =>
  join([{ text: 't.deleted = 0', params: [] }, ...where], ' AND ');

/** How many living records fulfil the conditions on `t`. */
export const countOf = (db: ReadableDb, entity: EntityName, where: readonly Sql[]): number => {
  const { text, params } = living(where);
  return (
    read<{ n: number }>(db, `SELECT count(*) AS n FROM ${codecs[entity].table} t WHERE ${text}`).get(
      ...params,
    )?.n ?? 0
  );
};

/** A page of living records with the names of their customers, as rows of the database. */
export const rowsOf = (db: ReadableDb, question: PageQuestion): RawRow[] => {
  const { entity, order, offset, limit, extra } = question;
  const { text, params } = living(question.where);
  // The page is cut before names are looked up.
  return read<RawRow>(
    db,
    `SELECT t.*, f.name AS customer_name${extra ? `, ${extra}` : ''}
     FROM (SELECT t.* FROM ${codecs[entity].table} t WHERE ${text} ORDER BY ${order} LIMIT ? OFFSET ?) t
     LEFT JOIN customer f ON f.id = t.customer_id ORDER BY ${order}`,
  ).all(...params, limit, offset);
};

/** A page of records with the names of their customers. */
export const namedPage = <R>(db: ReadableDb, question: PageQuestion): { total: number; rows: R[] } => ({
  total: countOf(db, question.entity, question.where),
  rows: rowsOf(db, question).map((raw) => namedRow<R>(question.entity, raw)),
});
