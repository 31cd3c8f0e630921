import { type HandoverItem, preferencesOf } from '#shared/sync/team.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

/** Name of a colleague; empty where this laptop does not know them. */
export const nameOf = (db: ReadableDb, userId: string): string =>
  read<{ name: string }>(db, 'SELECT name FROM user WHERE id = ?').get(userId)?.name ?? '';

/** Customers a colleague owns. */
export const customersOf = (db: ReadableDb, userId: string): { id: string; name: string }[] =>
  read<{ id: string; name: string }>(
    db,
    `SELECT c.id, c.name FROM assignment a JOIN customer c ON c.id = a.customer_id
     WHERE a.user_id = ? AND a.role = 'owner' AND a.deleted = 0 AND c.deleted = 0 ORDER BY c.name, c.id`,
  ).all(userId);

/** S3-02: what goes with a customer: open promises and tasks, what comes next, how they like to be met. */
export const itemOf = (db: ReadableDb, customerId: string, now: string): HandoverItem | null => {
  const customer = read<Record<string, unknown> & { name: string }>(
    db,
    'SELECT * FROM customer WHERE id = ? AND deleted = 0',
  ).get(customerId);
  if (!customer) return null;
  const open = (table: 'promise' | 'task') =>
    read<{ text: string; dueOn: string | null }>(
      db,
      `SELECT text, due_on AS dueOn FROM ${table} WHERE customer_id = ? AND status = 'open' AND deleted = 0 ORDER BY due_on, id`,
    ).all(customerId);
  return {
    customerId,
    name: customer.name,
    promises: open('promise'),
    tasks: open('task'),
    visits: read<{ title: string; startsAt: string }>(
      db,
      `SELECT coalesce(title, '') AS title, starts_at AS startsAt FROM visit
       WHERE customer_id = ? AND starts_at >= ? AND state <> 'cancelled' AND deleted = 0 ORDER BY starts_at`,
    ).all(customerId, now),
    preferences: preferencesOf(codecs.customer.decode(customer)),
  };
};
