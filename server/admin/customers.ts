import { Fault } from '../http/fault.ts';
import { type AssignmentRole, assign, unassign } from '../store/assignments.ts';
import type { Sql } from '../store/database.ts';
import { findBook } from './books.ts';
import { type AdminContext, instantOf, noteEvent } from './context.ts';
import { type Account, findUser } from './users.ts';

/** Customers of one transaction: it holds the lock of the book. */
const CHUNK = 1_000;

/** Ids of customers by the bank's number, the oldest where two have one. Numbers nobody has are not in the answer. */
export const customersByNumber = async (
  sql: Sql,
  bookId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> =>
  new Map(
    (
      await sql.query<{ id: string; number: string }>(
        `SELECT id, data->>'customerNo' AS number FROM record
         WHERE book_id = $1 AND entity = 'customer' AND NOT deleted AND data->>'customerNo' = ANY($2::text[])
         ORDER BY id DESC`,
        [bookId, numbers],
      )
    ).map(({ id, number }) => [number, id]),
  );

/** A user who can look after customers of a book. @throws Fault invalid, not_found */
export const findKeeper = async (sql: Sql, bookId: string, username: string): Promise<Account> => {
  const user = await findUser(sql, username);
  if (user.bookId !== bookId || !user.active || (user.role !== 'manager' && user.role !== 'leader'))
    throw new Fault('invalid', {
      detail: `${user.username} cannot look after customers of this book: active managers and leaders of it can`,
    });
  return user;
};

const chunksOf = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, n) => list.slice(n * CHUNK, (n + 1) * CHUNK));

const idsOf = async (sql: Sql, bookId: string, numbers: readonly string[]): Promise<string[]> => {
  const known = await customersByNumber(sql, bookId, numbers);
  const missing = numbers.filter((number) => !known.has(number));
  if (missing.length > 0)
    throw new Fault('not_found', {
      detail: `no customer ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''} in this book; nothing was changed`,
    });
  return numbers.map((number) => known.get(number) ?? '');
};

/** S3-02: what would leave a customer without an owner is refused. @throws Fault conflict */
const refuseOwner = async (
  sql: Sql,
  bookId: string,
  user: Account,
  ids: readonly string[],
): Promise<void> => {
  const owned = await sql.query<{ number: string | null }>(
    `SELECT r.data->>'customerNo' AS number FROM assignment a
     JOIN record r ON r.book_id = $1 AND r.entity = 'customer' AND r.id = a.customer_id
     WHERE a.book_id = $1 AND a.account_id = $2 AND a.role = 'owner' AND a.ended_seq IS NULL
       AND a.customer_id = ANY($3::uuid[]) LIMIT 5`,
    [bookId, user.id, ids],
  );
  if (owned.length > 0)
    throw new Fault('conflict', {
      detail: `${user.username} owns ${owned.map(({ number }) => number).join(', ')}: assign another owner instead; nothing was changed`,
    });
};

export interface Assigning {
  book: string;
  username: string;
  /** The bank's numbers. */
  customers: string[];
  role: AssignmentRole;
}

/** Gives customers to a user; an owner before loses them (S3-02: exactly one). */
export const assignCustomers = (
  context: AdminContext,
  { book, username, customers, role }: Assigning,
): Promise<{ changed: number }> =>
  context.db.transaction(async (sql) => {
    const { id: bookId, name } = await findBook(sql, book);
    const user = await findKeeper(sql, bookId, username);
    const ids = await idsOf(sql, bookId, customers);
    if (role === 'deputy') await refuseOwner(sql, bookId, user, ids);
    const wanted = ids.map((customerId) => ({ customerId, accountId: user.id, role }));
    const changed = await assign(sql, bookId, wanted, { clock: context.clock, at: instantOf(context) });
    await noteEvent(sql, context, 'assign', user.username, { book: name, role, changed });
    return { changed };
  });

/** Takes customers from a deputy. An owner is followed by another: a customer has one at all times. */
export const unassignCustomers = (
  context: AdminContext,
  { book, username, customers }: Omit<Assigning, 'role'>,
): Promise<{ changed: number }> =>
  context.db.transaction(async (sql) => {
    const { id: bookId, name } = await findBook(sql, book);
    const user = await findUser(sql, username);
    const ids = await idsOf(sql, bookId, customers);
    await refuseOwner(sql, bookId, user, ids);
    const held = await sql.query<{ id: string }>(
      `SELECT customer_id AS id FROM assignment
       WHERE book_id = $1 AND account_id = $2 AND ended_seq IS NULL AND customer_id = ANY($3::uuid[])`,
      [bookId, user.id, ids],
    );
    await unassign(
      sql,
      bookId,
      held.map(({ id }) => ({ customerId: id, accountId: user.id })),
      context,
    );
    await noteEvent(sql, context, 'unassign', user.username, { book: name, changed: held.length });
    return { changed: held.length };
  });

/** Hands all customers of one user to another, piece by piece: what is done stays done when it is interrupted. */
export const reassignAll = async (
  context: AdminContext,
  { book, from, to }: { book: string; from: string; to: string },
): Promise<{ changed: number }> => {
  const { id: bookId, name } = await findBook(context.db, book);
  const giver = await findUser(context.db, from);
  const taker = await findKeeper(context.db, bookId, to);
  if (giver.id === taker.id) throw new Fault('invalid', { detail: 'from and to are the same user' });
  const held = await context.db.query<{ customerId: string }>(
    `SELECT customer_id AS "customerId" FROM assignment
     WHERE book_id = $1 AND account_id = $2 AND role = 'owner' AND ended_seq IS NULL ORDER BY seq`,
    [bookId, giver.id],
  );
  let changed = 0;
  for (const chunk of chunksOf(held))
    changed += await context.db.transaction(async (sql) => {
      const wanted = chunk.map(({ customerId }) => ({
        customerId,
        accountId: taker.id,
        role: 'owner' as const,
      }));
      const count = await assign(sql, bookId, wanted, { clock: context.clock, at: instantOf(context) });
      await noteEvent(sql, context, 'reassign', taker.username, {
        book: name,
        from: giver.username,
        changed: count,
      });
      return count;
    });
  return { changed };
};
