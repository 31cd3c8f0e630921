import type { z } from 'zod';
import type { Clock } from '#shared/sync/clock.ts';
import { type Handover, type HandoverItem, type handoverRequest, preferencesOf } from '#shared/sync/team.ts';
import { Fault } from '../http/fault.ts';
import { reassign } from '../store/assignments.ts';
import type { Sql } from '../store/database.ts';
import { lockBook } from '../store/seq.ts';

interface Row extends Omit<Handover, 'customers'> {
  customerIds: string[];
}

const COLUMNS = `id, from_id AS "fromId", to_id AS "toId", customer_ids AS "customerIds", note, created_by AS "createdBy",
  created_at AS "createdAt", from_confirmed_at AS "fromConfirmedAt", to_confirmed_at AS "toConfirmedAt",
  done_at AS "doneAt", cancelled_at AS "cancelledAt"`;
const OPEN = 'done_at IS NULL AND cancelled_at IS NULL';
const MOST = 200;

/** Handovers of a book, open ones first; of one user alone, where one is named. */
export const listHandovers = async (sql: Sql, bookId: string, userId: string | null): Promise<Handover[]> => {
  const rows = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM handover WHERE book_id = $1 AND ($2::uuid IS NULL OR from_id = $2 OR to_id = $2)
     ORDER BY ${OPEN} DESC, created_at DESC LIMIT ${MOST}`,
    [bookId, userId],
  );
  const ids = [...new Set(rows.flatMap(({ customerIds }) => customerIds))];
  const names = await sql.query<{ id: string; name: string }>(
    `SELECT id, data->>'name' AS name FROM record WHERE book_id = $1 AND entity = 'customer' AND id = ANY($2::uuid[])`,
    [bookId, ids],
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return rows.map(({ customerIds, ...row }) => ({
    ...row,
    customers: customerIds.map((id) => ({ id, name: nameOf.get(id) ?? '' })),
  }));
};

const checkSides = async (sql: Sql, bookId: string, fromId: string, toId: string): Promise<void> => {
  if (fromId === toId) throw new Fault('invalid', { detail: 'toId: the same user' });
  const rows = await sql.query(
    `SELECT id FROM account WHERE book_id = $1 AND active AND role IN ('manager', 'leader') AND id = ANY($2::uuid[])`,
    [bookId, [fromId, toId]],
  );
  if (rows.length !== 2) throw new Fault('invalid', { detail: 'fromId, toId: no managers of this book' });
};

const checkCustomers = async (
  sql: Sql,
  bookId: string,
  fromId: string,
  customerIds: readonly string[],
): Promise<void> => {
  const owned = await sql.query(
    `SELECT customer_id FROM assignment WHERE book_id = $1 AND account_id = $2 AND role = 'owner' AND ended_seq IS NULL
       AND customer_id = ANY($3::uuid[])`,
    [bookId, fromId, customerIds],
  );
  if (owned.length !== new Set(customerIds).size)
    throw new Fault('conflict', { detail: 'customerIds: not all belong to the giver' });
  const open = await sql.query(
    `SELECT 1 FROM handover WHERE book_id = $1 AND ${OPEN} AND customer_ids ?| $2::text[]`,
    [bookId, customerIds],
  );
  if (open.length > 0)
    throw new Fault('conflict', { detail: 'customerIds: some are in another open handover' });
};

/** Begins a handover, in a transaction of the caller. The same id again changes nothing. @throws Fault */
export const createHandover = async (
  sql: Sql,
  bookId: string,
  by: string,
  { id, fromId, toId, customerIds, note }: z.output<typeof handoverRequest>,
): Promise<void> => {
  await lockBook(sql, bookId);
  if ((await sql.query('SELECT 1 FROM handover WHERE book_id = $1 AND id = $2', [bookId, id])).length > 0)
    return;
  await checkSides(sql, bookId, fromId, toId);
  await checkCustomers(sql, bookId, fromId, customerIds);
  await sql.query(
    `INSERT INTO handover (book_id, id, from_id, to_id, customer_ids, note, created_by) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [bookId, id, fromId, toId, JSON.stringify([...new Set(customerIds)]), note, by],
  );
};

const lockHandover = async (sql: Sql, bookId: string, id: string): Promise<Row> => {
  const [row] = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM handover WHERE book_id = $1 AND id = $2 FOR UPDATE`,
    [bookId, id],
  );
  if (!row) throw new Fault('not_found');
  if (row.doneAt !== null || row.cancelledAt !== null) throw new Fault('conflict', { detail: 'it is over' });
  return row;
};

/**
 * Confirms a side; when both have, the customers change hands in the same transaction, those that still belong to the giver.
 * @throws Fault not_found, not_allowed, conflict
 */
export const confirmHandover = async (
  sql: Sql,
  { bookId, id, by, clock, at }: { bookId: string; id: string; by: string; clock: Clock; at: string },
): Promise<void> => {
  await lockBook(sql, bookId);
  const row = await lockHandover(sql, bookId, id);
  const side = by === row.fromId ? 'from' : by === row.toId ? 'to' : null;
  if (!side) throw new Fault('not_allowed');
  await sql.query(
    `UPDATE handover SET ${side}_confirmed_at = coalesce(${side}_confirmed_at, $3) WHERE book_id = $1 AND id = $2`,
    [bookId, id, at],
  );
  const other = side === 'from' ? row.toConfirmedAt : row.fromConfirmedAt;
  if (other === null) return;
  const owned = await sql.query<{ id: string }>(
    `SELECT customer_id AS id FROM assignment WHERE book_id = $1 AND account_id = $2 AND role = 'owner' AND ended_seq IS NULL
       AND customer_id = ANY($3::uuid[])`,
    [bookId, row.fromId, row.customerIds],
  );
  for (const customer of owned) await reassign(sql, bookId, customer.id, row.toId, { clock, at });
  await sql.query('UPDATE handover SET done_at = $3 WHERE book_id = $1 AND id = $2', [bookId, id, at]);
};

/** Calls a handover off: the leader, or either side. @throws Fault not_found, not_allowed, conflict */
export const cancelHandover = async (
  sql: Sql,
  { bookId, id, by, isLeader }: { bookId: string; id: string; by: string; isLeader: boolean },
): Promise<void> => {
  const row = await lockHandover(sql, bookId, id);
  if (!isLeader && by !== row.fromId && by !== row.toId) throw new Fault('not_allowed');
  await sql.query('UPDATE handover SET cancelled_at = now() WHERE book_id = $1 AND id = $2', [bookId, id]);
};

interface Below {
  entity: string;
  customer_id: string;
  data: Record<string, unknown>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const dateOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What both sides look at, customer by customer. Only a side of it and the leader may see. @throws Fault */
export const handoverItems = async (
  sql: Sql,
  { bookId, id, by, isLeader, at }: { bookId: string; id: string; by: string; isLeader: boolean; at: string },
): Promise<HandoverItem[]> => {
  const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM handover WHERE book_id = $1 AND id = $2`, [
    bookId,
    id,
  ]);
  if (!row) throw new Fault('not_found');
  if (!isLeader && by !== row.fromId && by !== row.toId) throw new Fault('not_found');
  const below = await sql.query<Below>(
    `SELECT entity, customer_id, data FROM record WHERE book_id = $1 AND NOT deleted AND customer_id = ANY($2::uuid[])
       AND (entity = 'customer'
         OR entity IN ('promise', 'task') AND coalesce(data->>'status', 'open') = 'open'
         OR entity = 'visit' AND data->>'startsAt' >= $3 AND coalesce(data->>'state', '') <> 'cancelled')
     ORDER BY coalesce(data->>'dueOn', data->>'startsAt')`,
    [bookId, row.customerIds, at],
  );
  return row.customerIds.map((customerId) => {
    const own = below.filter(({ customer_id }) => customer_id === customerId);
    const of = (entity: string): Record<string, unknown>[] =>
      own.filter((one) => one.entity === entity).map(({ data }) => data);
    const [customer = {}] = of('customer');
    return {
      customerId,
      name: text(customer.name),
      promises: of('promise').map((data) => ({ text: text(data.text), dueOn: dateOf(data.dueOn) })),
      tasks: of('task').map((data) => ({ text: text(data.text), dueOn: dateOf(data.dueOn) })),
      visits: of('visit').map((data) => ({ title: text(data.title), startsAt: text(data.startsAt) })),
      preferences: preferencesOf(customer),
    };
  });
};
