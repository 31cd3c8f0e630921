import type { Sql } from '../store/database.ts';
import { type Viewer, visibleSql } from '../store/scope.ts';

/** A living record of an attachment with this content: $1 book, $2 account, $3 sha256. */
const NAMES = `r.book_id = $1 AND r.entity = 'attachment' AND NOT r.deleted AND r.data ->> 'sha256' = $3`;

/** A content that is kept. */
export interface Blob {
  sha256: string;
  bytes: number;
  upload_id: string;
}

/**
 * The content, when a record in the viewer's scope names it and somebody has shown the bytes for that customer; whoever
 * only heard of a hash gets nothing.
 */
export const readableBlob = async (sql: Sql, viewer: Viewer, sha256: string): Promise<Blob | undefined> => {
  const [blob] = await sql.query<Blob>(
    `SELECT b.sha256, b.bytes, b.upload_id FROM attachment_blob b
     WHERE b.book_id = $1 AND b.sha256 = $3 AND EXISTS (
       SELECT 1 FROM record r JOIN attachment_grant g ON g.book_id = r.book_id AND g.sha256 = $3
         AND (g.customer_id = r.customer_id OR r.moved_from ? g.customer_id::text)
       WHERE ${NAMES} AND ${visibleSql(viewer)})`,
    [viewer.bookId, viewer.accountId, sha256],
  );
  return blob;
};

/**
 * Customers under whom the viewer may put this content: a record in the scope names it, or one the viewer wrote before
 * the customer was taken away.
 */
export const customersNaming = async (sql: Sql, viewer: Viewer, sha256: string): Promise<string[]> => {
  const rows = await sql.query<{ customer_id: string }>(
    `SELECT DISTINCT r.customer_id FROM record r
     WHERE ${NAMES} AND r.customer_id IS NOT NULL AND (${visibleSql(viewer)} OR EXISTS (
       SELECT 1 FROM change_log l WHERE l.book_id = $1 AND l.entity = 'attachment' AND l.record_id = r.id
         AND l.account_id = $2 AND l.op = 'create' AND l.status <> 'refused'))`,
    [viewer.bookId, viewer.accountId, sha256],
  );
  return rows.map(({ customer_id }) => customer_id);
};

/** Notes that the bytes were shown for these customers. */
export const grant = async (
  sql: Sql,
  bookId: string,
  sha256: string,
  customerIds: readonly string[],
): Promise<void> => {
  await sql.query(
    `INSERT INTO attachment_grant (book_id, sha256, customer_id) SELECT $1, $2, unnest($3::uuid[])
     ON CONFLICT DO NOTHING`,
    [bookId, sha256, customerIds],
  );
};
