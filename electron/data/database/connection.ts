import type Database from 'better-sqlite3';

/** A prepared statement that reads. */
export interface ReadStatement<R> {
  get(...params: unknown[]): R | undefined;
  all(...params: unknown[]): R[];
  iterate(...params: unknown[]): IterableIterator<R>;
}

/** A prepared statement of the write path. */
export interface Statement<R> extends ReadStatement<R> {
  run(...params: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

/** What queries get: nothing in the type lets them write. */
export interface ReadableDb {
  prepare(sql: string): unknown;
  readonly open: boolean;
}

/** The whole connection; only the write path and the store's own machinery hold one. */
export type WritableDb = Database.Database & { readonly __writable: unique symbol };

const prepared = new WeakMap<object, Map<string, unknown>>();

const cached = (db: ReadableDb, sql: string): unknown => {
  let statements = prepared.get(db);
  if (!statements) {
    statements = new Map();
    prepared.set(db, statements);
  }
  let found = statements.get(sql);
  if (!found) {
    found = db.prepare(sql);
    statements.set(sql, found);
  }
  return found;
};

/** A reading statement, prepared once per connection; rows are typed by the caller's knowledge of its SQL. */
export const read = <R = Record<string, unknown>>(db: ReadableDb, sql: string): ReadStatement<R> =>
  cached(db, sql) as ReadStatement<R>;

/** A writing statement, prepared once per connection. */
export const write = <R = Record<string, unknown>>(db: WritableDb, sql: string): Statement<R> =>
  cached(db, sql) as Statement<R>;
