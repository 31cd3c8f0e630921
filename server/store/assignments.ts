import { v5 as uuidOf } from 'uuid';
import type { Clock } from '#shared/sync/clock.ts';
import type { Sql } from './database.ts';
import { allocateSeq, lockBook } from './seq.ts';
import { type ServerWrite, writeRecords } from './write.ts';

/** Namespace of ids that follow from what they are about. */
const NAMESPACE = '0f0b3c1e-5f43-4d5e-9d2b-7a4f6b8f2c11';

/** Id of the synced record of an assignment: the same on every server. */
export const assignmentId = (customerId: string, accountId: string): string =>
  uuidOf(`${customerId}/${accountId}`, NAMESPACE);

export type AssignmentRole = 'owner' | 'deputy';

interface Wanted {
  customerId: string;
  accountId: string;
  role: AssignmentRole;
}

const recordOf = ({ customerId, accountId, role }: Wanted, at: string): ServerWrite => ({
  entity: 'assignment',
  id: assignmentId(customerId, accountId),
  fields: { customerId, userId: accountId, role, since: at, createdAt: at },
});

/**
 * Gives customers to users, in a transaction of the caller: the rows that scope is decided by and the records that laptops
 * see. Who owned a customer before loses it (S3-02: exactly one owner). What is so already is left alone.
 * @returns how many assignments changed.
 */
export const assign = async (
  sql: Sql,
  bookId: string,
  wanted: readonly Wanted[],
  { clock, at }: { clock: Clock; at: string },
): Promise<number> => {
  if (wanted.length === 0) return 0;
  await lockBook(sql, bookId);
  const current = await sql.query<{ customer_id: string; account_id: string; role: AssignmentRole }>(
    `SELECT customer_id, account_id, role FROM assignment
     WHERE book_id = $1 AND ended_seq IS NULL AND customer_id = ANY($2::uuid[])`,
    [bookId, wanted.map(({ customerId }) => customerId)],
  );
  const known = new Set(current.map((row) => `${row.customer_id}/${row.account_id}/${row.role}`));
  const fresh = wanted.filter((one) => !known.has(`${one.customerId}/${one.accountId}/${one.role}`));
  const taken = fresh
    .filter(({ role }) => role === 'owner')
    .flatMap(({ customerId, accountId }) =>
      current
        .filter(
          (row) => row.customer_id === customerId && row.role === 'owner' && row.account_id !== accountId,
        )
        .map((row) => ({ customerId, accountId: row.account_id })),
    );
  await unassign(sql, bookId, taken, { clock });
  let seq = await allocateSeq(sql, bookId, fresh.length);
  await sql.query(
    `INSERT INTO assignment (book_id, customer_id, account_id, role, seq)
     SELECT $1, customer_id, account_id, role, seq
     FROM jsonb_to_recordset($2::jsonb) AS row (customer_id uuid, account_id uuid, role text, seq bigint)
     ON CONFLICT (book_id, customer_id, account_id) DO UPDATE SET role = excluded.role, ended_seq = NULL,
       seq = CASE WHEN assignment.ended_seq IS NULL THEN assignment.seq ELSE excluded.seq END`,
    [
      bookId,
      JSON.stringify(
        fresh.map(({ customerId, accountId, role }) => ({
          customer_id: customerId,
          account_id: accountId,
          role,
          seq: seq++,
        })),
      ),
    ],
  );
  await writeRecords(
    sql,
    bookId,
    fresh.map((one) => recordOf(one, at)),
    clock,
  );
  return fresh.length;
};

/** Takes customers from users, in a transaction of the caller. Their laptops learn of it with the next pull. */
export const unassign = async (
  sql: Sql,
  bookId: string,
  pairs: readonly { customerId: string; accountId: string }[],
  { clock }: { clock: Clock },
): Promise<void> => {
  if (pairs.length === 0) return;
  let seq = await allocateSeq(sql, bookId, pairs.length);
  await sql.query(
    `UPDATE assignment SET ended_seq = row.seq
     FROM jsonb_to_recordset($2::jsonb) AS row (customer_id uuid, account_id uuid, seq bigint)
     WHERE assignment.book_id = $1 AND assignment.customer_id = row.customer_id
       AND assignment.account_id = row.account_id AND assignment.ended_seq IS NULL`,
    [
      bookId,
      JSON.stringify(
        pairs.map(({ customerId, accountId }) => ({
          customer_id: customerId,
          account_id: accountId,
          seq: seq++,
        })),
      ),
    ],
  );
  await writeRecords(
    sql,
    bookId,
    pairs.map(({ customerId, accountId }) => ({
      entity: 'assignment',
      id: assignmentId(customerId, accountId),
      fields: {},
      deleted: true,
    })),
    clock,
  );
};

/** S3-02: gives a customer a new owner; the old one loses it. In a transaction of the caller. */
export const reassign = (
  sql: Sql,
  bookId: string,
  customerId: string,
  toAccountId: string,
  options: { clock: Clock; at: string },
): Promise<number> => assign(sql, bookId, [{ customerId, accountId: toAccountId, role: 'owner' }], options);
