import type { PromiseRow, TaskRow, VisitRow } from '#shared/contracts/work.ts';
import { addDays, type PlainDate, startOfDay } from '#shared/domain/dates.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { OPEN_VISITS } from '../customer-facts/sums.ts';

interface Section<R> {
  total: number;
  rows: R[];
}
type Raw = Record<string, unknown>;

const VISIT = `SELECT v.*, f.name AS customer_name, r.id AS report_id, r.state AS report_state FROM visit v
  JOIN customer_fact f ON f.customer_id = v.customer_id
  LEFT JOIN visit_report r ON r.rowid = (SELECT y.rowid FROM visit_report y
    WHERE y.visit_id = v.id AND y.deleted = 0 ORDER BY y.version DESC LIMIT 1)`;

const toVisit = (raw: Raw): VisitRow =>
  ({
    ...codecs.visit.decode(raw),
    customerName: raw.customer_name,
    reportId: raw.report_id,
    reportState: raw.report_state,
  }) as unknown as VisitRow;

/** The visits of a day, in their order. */
export const visitsOn = (db: ReadableDb, date: PlainDate, zone: string): VisitRow[] =>
  read<Raw>(
    db,
    `${VISIT} WHERE v.starts_at >= ? AND v.starts_at < ? AND v.deleted = 0 AND v.state <> 'cancelled'
     ORDER BY v.starts_at`,
  )
    .all(startOfDay(date, zone), startOfDay(addDays(date, 1), zone))
    .map(toVisit);

/** Visits that are over and have neither report nor another end, the latest first. */
export const unreportedVisits = (db: ReadableDb, now: Date, limit: number): Section<VisitRow> => {
  const where = `WHERE v.ends_at < ? AND v.deleted = 0 AND v.state IN ${OPEN_VISITS}
    AND NOT EXISTS (SELECT 1 FROM visit_report y WHERE y.visit_id = v.id AND y.deleted = 0)`;
  const until = now.toISOString();
  return {
    total: read<{ n: number }>(db, `SELECT count(*) AS n FROM visit v ${where}`).get(until)?.n ?? 0,
    rows: read<Raw>(db, `${VISIT} ${where} ORDER BY v.ends_at DESC LIMIT ?`).all(until, limit).map(toVisit),
  };
};

const countOf = (db: ReadableDb, from: string, ...params: unknown[]): number =>
  read<{ n: number }>(db, `SELECT count(*) AS n FROM ${from}`).get(...params)?.n ?? 0;

const MY_PROMISES = "promise t WHERE t.status = 'open' AND t.deleted = 0 AND t.made_by = 'me'";

/** S0-01 "what did I promise": mine that are open, the soonest first, those without a date last. */
export const openPromises = (
  db: ReadableDb,
  today: PlainDate,
  limit: number,
): Section<PromiseRow> & { due: number } => {
  const page = (where: string, order: string, count: number): PromiseRow[] =>
    read<Raw>(
      db,
      `SELECT s.*, f.name AS customer_name FROM (SELECT t.* FROM ${MY_PROMISES} AND ${where} ORDER BY ${order} LIMIT ?) s
       JOIN customer_fact f ON f.customer_id = s.customer_id`,
    )
      .all(count)
      .map(
        (raw) =>
          ({ ...codecs.promise.decode(raw), customerName: raw.customer_name }) as unknown as PromiseRow,
      );
  const dated = page('t.due_on IS NOT NULL', 't.due_on', limit);
  const undated = dated.length < limit ? page('t.due_on IS NULL', 't.created_at', limit - dated.length) : [];
  return {
    total: countOf(db, MY_PROMISES),
    due: countOf(db, `${MY_PROMISES} AND t.due_on <= ?`, today),
    rows: [...dated, ...undated],
  };
};

/** Open tasks due by today, the most urgent first. */
export const dueTasks = (db: ReadableDb, today: PlainDate, limit: number): Section<TaskRow> => {
  const from = "task t WHERE t.status = 'open' AND t.deleted = 0 AND t.due_on <= ?";
  return {
    total: countOf(db, from, today),
    rows: read<Raw>(
      db,
      `SELECT s.*, f.name AS customer_name FROM (SELECT t.* FROM ${from}
         ORDER BY t.due_on, CASE t.priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END LIMIT ?) s
       LEFT JOIN customer_fact f ON f.customer_id = s.customer_id`,
    )
      .all(today, limit)
      .map((raw) => ({ ...codecs.task.decode(raw), customerName: raw.customer_name }) as unknown as TaskRow),
  };
};
