import type { PullAnswer } from '#shared/sync/protocol.ts';
import { endOf, type Position, readCursor, writeCursor } from './cursor.ts';
import type { Sql } from './database.ts';
import { authorsOfPage, fitPage, PAGE_LIMIT } from './page.ts';
import type { Pusher } from './push.ts';
import { goneOf, RECORD_COLUMNS, type StoredRecord, wireOf } from './record.ts';
import { seesWholeBook, type Viewer } from './scope.ts';
import { readBook } from './seq.ts';

type Effective = StoredRecord & { eff: number; visible: boolean };

const COLUMNS = RECORD_COLUMNS.split(', ')
  .map((column) => `r.${column}`)
  .join(', ');

const WHOLE_BOOK = `
  SELECT ${COLUMNS}, r.seq AS eff, true AS visible FROM record r
  WHERE r.book_id = $1 AND r.seq > $3 AND r.seq <= $5 AND $4::bigint IS NOT NULL
    AND (r.customer_id IS NOT NULL OR r.owner_id IS NULL OR r.owner_id = $2)
  ORDER BY r.seq LIMIT $6`;

/** A record counts from its own seq or from that of the assignment that brought it into the scope, whichever is later. */
const ASSIGNED = `
  WITH mine AS (SELECT customer_id, seq FROM assignment WHERE book_id = $1 AND account_id = $2 AND ended_seq IS NULL)
  SELECT * FROM (
    (SELECT ${COLUMNS}, r.seq AS eff, m.seq IS NOT NULL OR r.customer_id IS NULL AS visible
     FROM record r LEFT JOIN mine m ON m.customer_id = r.customer_id
     WHERE r.book_id = $1 AND r.seq > $3 AND r.seq <= $5
       AND (m.seq <= r.seq OR r.customer_id IS NULL AND (r.owner_id IS NULL OR r.owner_id = $2)
         OR m.seq IS NULL AND r.moved_from IS NOT NULL
           AND EXISTS (SELECT 1 FROM mine WHERE r.moved_from ? mine.customer_id::text))
     ORDER BY r.seq LIMIT $6)
    UNION ALL
    (SELECT ${COLUMNS}, m.seq AS eff, true AS visible FROM mine m JOIN record r ON r.book_id = $1 AND r.customer_id = m.customer_id
     WHERE r.seq < m.seq AND m.seq <= $5 AND (m.seq, r.seq) > ($3::bigint, $4::bigint)
     ORDER BY m.seq, r.seq LIMIT $6)
  ) page ORDER BY eff, seq LIMIT $6`;

const revokedBetween = async (sql: Sql, viewer: Viewer, after: number, upTo: number) => {
  if (seesWholeBook(viewer)) return [];
  const rows = await sql.query<{ customer_id: string; ended_seq: number }>(
    `SELECT customer_id, ended_seq FROM assignment
     WHERE book_id = $1 AND account_id = $2 AND ended_seq > $3 AND ended_seq <= $4 ORDER BY ended_seq`,
    [viewer.bookId, viewer.accountId, after, upTo],
  );
  return rows.map(({ customer_id, ended_seq }) => ({ customerId: customer_id, seq: ended_seq }));
};

/**
 * One page of what changed in the user's scope after a cursor. The head is read first: whatever it covers is committed, for
 * the book's lock is held to commit. @throws Fault resnapshot
 */
export const pull = async (
  sql: Sql,
  viewer: Pusher,
  { clientId, since }: { clientId: string; since: string },
  now: () => number = Date.now,
): Promise<PullAnswer> => {
  const book = await readBook(sql, viewer.bookId);
  const from = readCursor(book, viewer, since);
  const rows = await sql.query<Effective>(seesWholeBook(viewer) ? WHOLE_BOOK : ASSIGNED, [
    viewer.bookId,
    viewer.accountId,
    from.seq,
    from.within,
    book.seq,
    PAGE_LIMIT,
  ]);
  const page = fitPage(rows);
  const more = page.length < rows.length;
  const last = page.at(-1);
  const to: Position = more && last ? { seq: last.eff, within: last.seq } : endOf(book.seq);
  const revoked = await revokedBetween(sql, viewer, from.seq, to.seq);
  await sql.query(
    `UPDATE client SET cursor_seq = $4, last_sync_at = now()
     WHERE book_id = $1 AND client_id = $2 AND device_id = $3`,
    [viewer.bookId, clientId, viewer.deviceId, from.seq],
  );
  return {
    records: page.map((row) => (row.visible ? wireOf(row) : goneOf(row))),
    revoked,
    authors: await authorsOfPage(sql, viewer.bookId, page),
    cursor: writeCursor(book, viewer, to),
    head: book.seq,
    more,
    time: new Date(now()).toISOString(),
  };
};
