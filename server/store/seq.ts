import { Fault } from '../http/fault.ts';
import type { Sql } from './database.ts';

export interface BookRow {
  seq: number;
  epoch: string;
  horizon: number;
}

const one = ([row]: BookRow[]): BookRow => {
  if (!row) throw new Fault('not_found', { detail: 'no such book' });
  return row;
};

/** The book as it is now. @throws Fault not_found */
export const readBook = async (sql: Sql, bookId: string): Promise<BookRow> =>
  one(await sql.query<BookRow>('SELECT seq, epoch, horizon FROM book WHERE id = $1', [bookId]));

/** Locks the book until the transaction ends: whoever numbers changes holds this lock, so that order is visibility. */
export const lockBook = async (sql: Sql, bookId: string): Promise<BookRow> =>
  one(await sql.query<BookRow>('SELECT seq, epoch, horizon FROM book WHERE id = $1 FOR UPDATE', [bookId]));

/** Takes `count` sequence numbers; answers the first. Call it inside the transaction of what is numbered. */
export const allocateSeq = async (sql: Sql, bookId: string, count: number): Promise<number> => {
  const { seq } = one(
    await sql.query<BookRow>('UPDATE book SET seq = seq + $2 WHERE id = $1 RETURNING seq, epoch, horizon', [
      bookId,
      count,
    ]),
  );
  return seq - count + 1;
};
