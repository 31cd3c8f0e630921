import { v4 as randomId, v7 as uuid } from 'uuid';
import { Fault } from '../http/fault.ts';
import type { Sql } from '../store/database.ts';
import { type AdminContext, noteEvent, theOne } from './context.ts';

export interface BookSummary {
  id: string;
  name: string;
  epoch: string;
  head: number;
  horizon: number;
  users: number;
  customers: number;
}

/** A book by its name or id. @throws Fault not_found, conflict when two have the name */
export const findBook = async (sql: Sql, nameOrId: string): Promise<{ id: string; name: string }> => {
  const rows = await sql.query<{ id: string; name: string }>(
    'SELECT id, name FROM book WHERE id::text = $1 OR name = $1',
    [nameOrId],
  );
  if (rows.length > 1)
    throw new Fault('conflict', { detail: `two books are called ${nameOrId}: give the id (list-books)` });
  return theOne(rows, `book "${nameOrId}": list-books shows them all`);
};

/** A new, empty book. @throws Fault conflict when there is one of that name */
export const createBook = (
  { db, ...context }: AdminContext,
  { name }: { name: string },
): Promise<{ id: string; name: string }> =>
  db.transaction(async (sql) => {
    if ((await sql.query('SELECT 1 FROM book WHERE name = $1', [name])).length > 0)
      throw new Fault('conflict', { detail: `a book "${name}" is there already` });
    const id = uuid();
    await sql.query('INSERT INTO book (id, name, epoch) VALUES ($1, $2, $3)', [id, name, randomId()]);
    await noteEvent(sql, context, 'create-book', name, { id });
    return { id, name };
  });

/** All books with their size. */
export const listBooks = ({ db }: AdminContext): Promise<BookSummary[]> =>
  db.query<BookSummary>(`SELECT id, name, epoch, seq AS head, horizon,
      (SELECT count(*) FROM account a WHERE a.book_id = b.id AND a.active) AS users,
      (SELECT count(*) FROM record r WHERE r.book_id = b.id AND r.entity = 'customer' AND NOT r.deleted) AS customers
    FROM book b ORDER BY name`);

/**
 * Begins a new epoch, after the database was restored from a backup: every laptop takes a new snapshot and sends again what
 * the backup does not hold. Without a book all books get one.
 */
export const newEpoch = (
  { db, ...context }: AdminContext,
  { book }: { book?: string },
): Promise<{ books: string[] }> =>
  db.transaction(async (sql) => {
    const books =
      book === undefined
        ? await sql.query<{ id: string; name: string }>('SELECT id, name FROM book')
        : [await findBook(sql, book)];
    for (const { id, name } of books) {
      await sql.query('UPDATE book SET epoch = $2 WHERE id = $1', [id, randomId()]);
      await noteEvent(sql, context, 'epoch', name);
    }
    return { books: books.map(({ name }) => name) };
  });
