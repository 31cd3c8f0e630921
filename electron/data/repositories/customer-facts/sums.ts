import { read, type WritableDb, write } from '../../database/connection.ts';

/** States of a visit that is still to come or to be reported. */
export const OPEN_VISITS = "('planned', 'confirmed', 'underWay')";

const OF_IDS = 'WHERE customer_id IN (SELECT value FROM json_each(?))';

/** The first visit that is still open. */
export const refreshVisits = (db: WritableDb, ids: string): void => {
  write(
    db,
    `UPDATE customer_fact SET next_visit_at = (SELECT min(v.starts_at) FROM visit v
       WHERE v.customer_id = customer_fact.customer_id AND v.deleted = 0 AND v.state IN ${OPEN_VISITS}) ${OF_IDS}`,
  ).run(ids);
};

const refreshOpen = (table: 'promise' | 'task', column: string) => (db: WritableDb, ids: string) => {
  write(
    db,
    `UPDATE customer_fact SET ${column} = (SELECT count(*) FROM ${table} t
       WHERE t.customer_id = customer_fact.customer_id AND t.deleted = 0 AND t.status = 'open') ${OF_IDS}`,
  ).run(ids);
};
export const refreshPromises = refreshOpen('promise', 'open_promises');
export const refreshTasks = refreshOpen('task', 'open_tasks');

interface CurrencySum {
  customer_id: string;
  currency: string;
  balance: number | null;
  matures_on: string | null;
}

/** The balance in the customer's main currency (the one with the most in it) and the first maturity. */
export const refreshBank = (db: WritableDb, ids: string): void => {
  write(
    db,
    `UPDATE customer_fact SET balance_minor = NULL, currency = NULL, next_maturity_on = NULL ${OF_IDS}`,
  ).run(ids);
  const sums = read<CurrencySum>(
    db,
    `SELECT h.customer_id, h.currency, sum(h.balance_minor) AS balance, min(h.matures_on) AS matures_on
     FROM json_each(?) j JOIN holding h ON h.customer_id = j.value AND h.deleted = 0
     GROUP BY h.customer_id, h.currency ORDER BY balance, h.currency`,
  ).all(ids);
  const main = new Map<string, CurrencySum>();
  for (const sum of sums) {
    const first = main.get(sum.customer_id)?.matures_on;
    const maturesOn = first && (!sum.matures_on || first < sum.matures_on) ? first : sum.matures_on;
    // In order of their balance: the last one is the main currency.
    main.set(sum.customer_id, { ...sum, matures_on: maturesOn });
  }
  for (const { balance, currency, matures_on, customer_id } of main.values())
    write(
      db,
      'UPDATE customer_fact SET balance_minor = ?, currency = ?, next_maturity_on = ? WHERE customer_id = ?',
    ).run(balance, balance === null ? null : currency, matures_on, customer_id);
};
