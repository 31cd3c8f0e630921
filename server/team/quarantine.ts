import { wireMutation } from '#shared/sync/protocol.ts';
import type { QuarantinedEdit } from '#shared/sync/team.ts';
import { Fault } from '../http/fault.ts';
import type { Sql } from '../store/database.ts';
import { placeOf, type Seal } from '../store/quarantine.ts';

const MOST = 500;

type Row = Omit<QuarantinedEdit, 'mutation'> & { content: Uint8Array };

/** What lies in quarantine, opened for a leader: what is open first, then what was settled last. */
export const listQuarantine = async (sql: Sql, seal: Seal, bookId: string): Promise<QuarantinedEdit[]> => {
  const rows = await sql.query<Row>(
    `SELECT id, account_id AS "userId", customer_id AS "customerId", entity, reason, typed_at AS "typedAt",
       created_at AS "keptAt", content, settled_as AS "settledAs", settled_at AS "settledAt"
     FROM quarantine WHERE book_id = $1 ORDER BY settled_at IS NOT NULL, settled_at DESC, created_at LIMIT ${MOST}`,
    [bookId],
  );
  return rows.map(({ content, ...row }) => ({
    ...row,
    mutation: wireMutation.parse(seal.open(content, placeOf({ bookId, id: row.id }))),
  }));
};

/** Notes what a leader decided; the content stays. @throws Fault not_found, conflict when it was settled before */
export const settleQuarantine = async (
  sql: Sql,
  { bookId, id, by, as }: { bookId: string; id: string; by: string; as: string },
): Promise<void> => {
  const [row] = await sql.query<{ settled_at: string | null }>(
    'SELECT settled_at FROM quarantine WHERE book_id = $1 AND id = $2 FOR UPDATE',
    [bookId, id],
  );
  if (!row) throw new Fault('not_found');
  if (row.settled_at !== null) throw new Fault('conflict', { detail: 'it was settled before' });
  await sql.query(
    'UPDATE quarantine SET settled_at = now(), settled_by = $3, settled_as = $4 WHERE book_id = $1 AND id = $2',
    [bookId, id, by, as],
  );
};
