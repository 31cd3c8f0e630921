import type { PromiseRow, TaskRow, VisitRow } from '#shared/contracts/work.ts';
import { addDays, type PlainDate, startOfDay } from '#shared/domain/dates.ts';
import type { ReadableDb } from '../../database/connection.ts';
import { OPEN_VISITS } from '../customer-facts/sums.ts';
import { sql } from '../customers/sql.ts';
import { countOf, namedPage, namedRow, rowsOf } from '../named-rows.ts';
import { visitRowsOf } from '../visits.ts';

interface Section<R> {
  total: number;
  rows: R[];
}

/** More visits than a day holds. */
const WHOLE_DAY = 1_000;

/** The visits of a day, in their order. */
export const visitsOn = (db: ReadableDb, date: PlainDate, zone: string): VisitRow[] =>
  visitRowsOf(db, {
    where: [
      sql('t.starts_at >= ?', startOfDay(date, zone)),
      sql('t.starts_at < ?', startOfDay(addDays(date, 1), zone)),
      sql("t.state <> 'cancelled'"),
    ],
    order: 't.starts_at',
    offset: 0,
    limit: WHOLE_DAY,
  });

/** Visits that are over and have neither report nor another end, the latest first. */
export const unreportedVisits = (db: ReadableDb, now: Date, limit: number): Section<VisitRow> => {
  const where = [
    sql('t.ends_at < ?', now.toISOString()),
    sql(`t.state IN ${OPEN_VISITS}`),
    sql('NOT EXISTS (SELECT 1 FROM visit_report y WHERE y.visit_id = t.id AND y.deleted = 0)'),
  ];
  return {
    total: countOf(db, 'visit', where),
    rows: visitRowsOf(db, { where, order: 't.ends_at DESC', offset: 0, limit }),
  };
};

const MINE = [sql("t.status = 'open'"), sql("t.made_by = 'me'")];

/** S0-01 "what did I promise": mine that are open, the soonest first, those without a date last. */
export const openPromises = (
  db: ReadableDb,
  today: PlainDate,
  limit: number,
): Section<PromiseRow> & { due: number } => {
  // Two questions, each answered in the order of an index.
  const page = (condition: string, order: string, count: number): PromiseRow[] =>
    rowsOf(db, { entity: 'promise', where: [...MINE, sql(condition)], order, offset: 0, limit: count }).map(
      (raw) => namedRow<PromiseRow>('promise', raw),
    );
  const dated = page('t.due_on IS NOT NULL', 't.due_on', limit);
  const undated = dated.length < limit ? page('t.due_on IS NULL', 't.created_at', limit - dated.length) : [];
  return {
    total: countOf(db, 'promise', MINE),
    due: countOf(db, 'promise', [...MINE, sql('t.due_on <= ?', today)]),
    rows: [...dated, ...undated],
  };
};

/** Open tasks due by today, the most urgent first. */
export const dueTasks = (db: ReadableDb, today: PlainDate, limit: number): Section<TaskRow> =>
  namedPage<TaskRow>(db, {
    entity: 'task',
    where: [sql("t.status = 'open'"), sql('t.due_on <= ?', today)],
    order: "t.due_on, CASE t.priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END",
    offset: 0,
    limit,
  });
