import type { UserRole } from '#shared/domain/entities/team.ts';
import type { Sql } from './database.ts';

/** Who asks, and in which book. */
export interface Viewer {
  bookId: string;
  accountId: string;
  role: UserRole;
}

/** Leaders and auditors see the whole book but what others own; managers what is assigned to them. */
export const seesWholeBook = ({ role }: Pick<Viewer, 'role'>): boolean =>
  role === 'leader' || role === 'auditor';

/** The scope as the handshake names it. */
export const scopeOf = (viewer: Pick<Viewer, 'role'>): 'book' | 'assigned' =>
  seesWholeBook(viewer) ? 'book' : 'assigned';

/**
 * SQL condition on a record `r`: true where a viewer may see it now. Parameters $1 book, $2 account; the condition names the
 * book itself, so that a distributed database keeps to one node.
 */
export const visibleSql = (viewer: Pick<Viewer, 'role'>): string =>
  seesWholeBook(viewer)
    ? '(r.customer_id IS NOT NULL OR r.owner_id IS NULL OR r.owner_id = $2)'
    : `(CASE WHEN r.customer_id IS NULL THEN r.owner_id IS NULL OR r.owner_id = $2
        ELSE EXISTS (SELECT 1 FROM assignment a WHERE a.book_id = $1 AND a.account_id = $2
          AND a.customer_id = r.customer_id AND a.ended_seq IS NULL) END)`;

/** Customers of a list that a user may write to: held now, or taken after `knownSeq`, before the laptop could know. */
export const writableCustomers = async (
  sql: Sql,
  viewer: Viewer,
  customerIds: readonly string[],
  knownSeq: number,
): Promise<Set<string>> => {
  if (customerIds.length === 0) return new Set();
  const rows = seesWholeBook(viewer)
    ? await sql.query<{ id: string }>(
        `SELECT id FROM record WHERE book_id = $1 AND entity = 'customer' AND id = ANY($2::uuid[])`,
        [viewer.bookId, customerIds],
      )
    : await sql.query<{ id: string }>(
        `SELECT customer_id AS id FROM assignment WHERE book_id = $1 AND account_id = $2
           AND customer_id = ANY($3::uuid[]) AND (ended_seq IS NULL OR ended_seq > $4)`,
        [viewer.bookId, viewer.accountId, customerIds, knownSeq],
      );
  return new Set(rows.map(({ id }) => id));
};
