import { type CustomerView, EVERYTHING, type FilterGroup } from '#shared/domain/filter.ts';
import { digitsOf } from '#shared/domain/rules/phone.ts';
import type { ReadableDb } from '../../database/connection.ts';
import { versionOf } from '../../database/version.ts';
import { sortKeyOf } from './columns.ts';
import type { Day } from './day.ts';
import { filterSql, sizeOf } from './filter-sql.ts';
import { join, type Sql, sql } from './sql.ts';

export type View = Pick<CustomerView, 'filter' | 'sort' | 'text'>;

/** Runs a statement whose text depends on a filter: prepared for once, not kept. */
const column = (db: ReadableDb, query: Sql): number[] => {
  const statement = db.prepare(query.text) as { pluck(): { all(...params: unknown[]): number[] } };
  return statement.pluck().all(...query.params);
};

/** The search box of a view: a part of the name, alias, customer number or a phone. */
const textSql = (text: string): Sql[] => {
  const words = text.trim().toLowerCase();
  if (words === '') return [];
  const digits = digitsOf(words);
  const byDigits = digits.length >= 3 && /^[\d\s+()-]+$/.test(words);
  return byDigits
    ? [sql('(instr(f.haystack, ?) > 0 OR instr(f.haystack, ?) > 0)', words, digits)]
    : [sql('instr(f.haystack, ?) > 0', words)];
};

const orderSql = (view: View, day: Day): Sql => {
  const where = join([filterSql(view.filter, day), ...textSql(view.text)], ' AND ');
  // The index on names gives the order only when nothing is left out; else it would fetch every row at random.
  const everything = where.text === '1';
  const byName = view.sort.some((one) => one.column === 'name')
    ? []
    : [sql(everything ? 'f.name_key' : '+f.name_key')];
  const keys = view.sort.map(({ column: name, descending }) => {
    const key = sortKeyOf(name, day);
    // Names are never unknown; without NULLS LAST their index gives the order.
    const nulls = name === 'name' ? '' : ' NULLS LAST';
    return sql(`${key.text} ${descending ? 'DESC' : 'ASC'}${nulls}`, ...key.params);
  });
  const order = join([...keys, ...byName, sql('f.n')], ', ');
  return sql(
    `SELECT f.n FROM customer_fact f WHERE ${where.text} ORDER BY ${order.text}`,
    ...where.params,
    ...order.params,
  );
};

const KEPT_ORDERS = 24;

/** Answers that stay true until the next commit or midnight. */
interface Kept {
  version: string;
  today: string;
  orders: Map<string, Int32Array>;
  counts: Map<string, number>;
}
const kept = new WeakMap<ReadableDb, Kept>();

const keptOf = (db: ReadableDb, day: Day): Kept => {
  const version = versionOf(db);
  const found = kept.get(db);
  if (found && found.version === version && found.today === day.today) return found;
  const fresh: Kept = { version, today: day.today, orders: new Map(), counts: new Map() };
  kept.set(db, fresh);
  return fresh;
};

/** Row numbers of everything a view shows, in its order: what makes the last page as quick as the first. */
export const orderOf = (db: ReadableDb, view: View, day: Day): Int32Array => {
  const { orders } = keptOf(db, day);
  const key = JSON.stringify([view.filter, view.sort, view.text]);
  const order = orders.get(key) ?? Int32Array.from(column(db, orderSql(view, day)));
  // Taken out and put back: the one that was not asked for longest stands first and goes first.
  orders.delete(key);
  orders.set(key, order);
  const [oldest] = orders.keys();
  if (orders.size > KEPT_ORDERS && oldest !== undefined) orders.delete(oldest);
  return order;
};

/** Counts several filters in one pass over the facts. */
const count = (db: ReadableDb, filters: readonly FilterGroup[], day: Day): number[] => {
  const parts = filters.map((filter) => {
    const part = filterSql(filter, day);
    return sql(`count(CASE WHEN ${part.text} THEN 1 END)`, ...part.params);
  });
  const query = join(parts, ', ');
  const statement = db.prepare(`SELECT ${query.text} FROM customer_fact f`) as {
    raw(): { get(...params: unknown[]): number[] };
  };
  return statement.raw().get(...query.params);
};

/** As many conditions as one statement counts. */
const PER_PASS = 300;

/** Splits filters so that no statement grows out of bounds; usually they fit in one. */
const inPasses = (filters: [string, FilterGroup][]): [string, FilterGroup][][] => {
  const passes: [string, FilterGroup][][] = [];
  let size = 0;
  for (const filter of filters) {
    size += sizeOf(filter[1]);
    if (passes.length === 0 || size > PER_PASS) {
      passes.push([]);
      size = sizeOf(filter[1]);
    }
    passes.at(-1)?.push(filter);
  }
  return passes;
};

/** How many customers pass each filter; only those not counted since the last commit are counted. */
export const countsOf = (db: ReadableDb, filters: readonly FilterGroup[], day: Day): number[] => {
  const { counts } = keptOf(db, day);
  const unknown = new Map<string, FilterGroup>();
  const keys = filters.map((filter) => JSON.stringify(filter));
  keys.forEach((key, n) => {
    if (!counts.has(key)) unknown.set(key, filters[n] ?? EVERYTHING);
  });
  for (const group of inPasses([...unknown])) {
    const counted = count(
      db,
      group.map(([, filter]) => filter),
      day,
    );
    group.forEach(([key], n) => {
      counts.set(key, counted[n] ?? 0);
    });
  }
  return keys.map((key) => counts.get(key) ?? 0);
};

/** How many customers there are. */
export const customerTotal = (db: ReadableDb, day: Day): number => countsOf(db, [EVERYTHING], day)[0] ?? 0;
