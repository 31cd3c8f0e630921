import type { ChecksumAnswer } from '#shared/sync/protocol.ts';
import { endOf, writeCursor } from './cursor.ts';
import type { Sql } from './database.ts';
import { type Viewer, visibleSql } from './scope.ts';
import { readBook } from './seq.ts';

/**
 * How many records of each entity the scope holds, and the sum of their seqs: every version has a seq of its own, so equal
 * counts and sums mean the same records. Answers null when the book moved on meanwhile: ask again.
 */
export const checksum = async (sql: Sql, viewer: Viewer): Promise<ChecksumAnswer | null> => {
  const book = await readBook(sql, viewer.bookId);
  const rows = await sql.query<{ entity: string; count: number; sum: number }>(
    `SELECT entity, count(*) AS count, sum(seq)::bigint AS sum FROM record r
     WHERE r.book_id = $1 AND NOT r.deleted AND ${visibleSql(viewer)} GROUP BY entity`,
    [viewer.bookId, viewer.accountId],
  );
  const now = await readBook(sql, viewer.bookId);
  if (now.seq !== book.seq || now.epoch !== book.epoch) return null;
  return {
    cursor: writeCursor(book, viewer, endOf(book.seq)),
    entities: Object.fromEntries(rows.map(({ entity, count, sum }) => [entity, { count, sum }])),
  };
};
