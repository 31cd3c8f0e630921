import { type ReadableDb, read } from '../../database/connection.ts';
import { absorptionsOf, newestChange } from '../../database/version.ts';

export interface Counts {
  customers: number;
  interactions: number;
}

const known = new WeakMap<ReadableDb, Counts & { seq: number; absorbed: number }>();

const number = (db: ReadableDb, sql: string, ...params: unknown[]): number =>
  read<{ n: number | null }>(db, sql).get(...params)?.n ?? 0;

const countAll = (db: ReadableDb): Counts => ({
  customers: number(db, 'SELECT count(*) AS n FROM customer WHERE deleted = 0'),
  interactions: number(db, 'SELECT count(*) AS n FROM interaction WHERE deleted = 0'),
});

/** What the changes after `seq` added to a count. */
const added = (db: ReadableDb, entity: string, seq: number): number =>
  number(
    db,
    `SELECT sum(CASE op WHEN 'delete' THEN -1 WHEN 'update' THEN 0 ELSE 1 END) AS n FROM change
     WHERE seq > ? AND entity = ?`,
    seq,
    entity,
  );

/**
 * How many living customers and contacts there are. Counted once, then followed through the history: the screen asks after
 * every change, and a million rows take longer to count than a frame lasts.
 */
export const countsOf = (db: ReadableDb): Counts => {
  const seq = newestChange(db);
  const absorbed = absorptionsOf(db);
  const last = known.get(db);
  const counts =
    last && last.absorbed === absorbed
      ? {
          customers: last.customers + added(db, 'customer', last.seq),
          interactions: last.interactions + added(db, 'interaction', last.seq),
        }
      : countAll(db);
  known.set(db, { ...counts, seq, absorbed });
  return counts;
};
