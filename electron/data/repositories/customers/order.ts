import { type CustomerView, EVERYTHING, type FilterGroup } from '#shared/domain/filter.ts';
import { digitsOf } from '#shared/domain/rules/phone.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { sortKeyOf } from './columns.ts';
import type { Day } from './day.ts';
import { filterSql } from './filter-sql.ts';
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
  const byName = view.sort.some((one) => one.column === 'name') ? [] : [sql('f.name_key')];
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

/** Grows with every commit; an order or count taken at one version stays true until the next. */
const versionOf = (db: ReadableDb): number =>
  read<{ seq: number | null }>(db, 'SELECT max(seq) AS seq FROM change').get()?.seq ?? 0;

const KEPT = 24;

interface Kept {
  version: number;
  today: string;
  answers: Map<string, Int32Array | number>;
}
const kept = new WeakMap<ReadableDb, Kept>();

/** Answers kept until the next commit or midnight; the least recently used go first. */
const keptAnswer = <T extends Int32Array | number>(
  db: ReadableDb,
  day: Day,
  key: string,
  compute: () => T,
): T => {
  const version = versionOf(db);
  let state = kept.get(db);
  if (!state || state.version !== version || state.today !== day.today) {
    state = { version, today: day.today, answers: new Map() };
    kept.set(db, state);
  }
  const found = (state.answers.get(key) as T | undefined) ?? compute();
  state.answers.delete(key);
  state.answers.set(key, found);
  const [oldest] = state.answers.keys();
  if (state.answers.size > KEPT && oldest !== undefined) state.answers.delete(oldest);
  return found;
};

/** Row numbers of everything a view shows, in its order: what makes the last page as quick as the first. */
export const orderOf = (db: ReadableDb, view: View, day: Day): Int32Array =>
  keptAnswer(db, day, JSON.stringify([view.filter, view.sort, view.text]), () =>
    Int32Array.from(column(db, orderSql(view, day))),
  );

/** How many customers pass each filter; those not known yet are counted in one pass. */
export const countsOf = (db: ReadableDb, filters: readonly FilterGroup[], day: Day): number[] => {
  if (filters.length === 0) return [];
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

/** How many customers there are. */
export const customerTotal = (db: ReadableDb, day: Day): number =>
  keptAnswer(db, day, 'total', () => countsOf(db, [EVERYTHING], day)[0] ?? 0);
