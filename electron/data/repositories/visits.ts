import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { VisitRow } from '#shared/contracts/work.ts';
import type { Visit } from '#shared/domain/entities/index.ts';
import { hasPurpose, mayFollow } from '#shared/domain/rules/visit-states.ts';
import { updating } from '../changes.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { type CommandContext, defineFeature, type Plan } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { literally, type Sql, sql } from './customers/sql.ts';
import { countOf, namedRecord, namedRow, type PageQuestion, type RawRow, rowsOf } from './named-rows.ts';

/** The newest report of visit `t`. */
const newestReport = (column: string): string =>
  `(SELECT y.${column} FROM visit_report y WHERE y.visit_id = t.id AND y.deleted = 0 ORDER BY y.version DESC LIMIT 1)`;
const REPORT = `${newestReport('id')} AS report_id, ${newestReport('state')} AS report_state`;

const toVisitRow = (raw: RawRow): VisitRow =>
  ({ ...namedRow<Visit>('visit', raw), reportId: raw.report_id, reportState: raw.report_state }) as VisitRow;

/** Visits as lists show them. */
export const visitRowsOf = (db: ReadableDb, question: Omit<PageQuestion, 'entity' | 'extra'>): VisitRow[] =>
  rowsOf(db, { ...question, entity: 'visit', extra: REPORT }).map(toVisitRow);

/** One visit as lists show it. @throws not_found */
export const visitRowOf = (db: ReadableDb, id: string): VisitRow => {
  const report = read<RawRow>(db, `SELECT ${REPORT} FROM (SELECT ? AS id) t`).get(id);
  const visit = namedRecord<VisitRow>(db, 'visit', id);
  return {
    ...visit,
    customerName: visit.customerName ?? '',
    reportId: (report?.report_id as string | null) ?? null,
    reportState: (report?.report_state as VisitRow['reportState']) ?? null,
  };
};

const wordsIn = (words: string): Sql => {
  const pattern = `%${literally(words)}%`;
  const has = (column: string): string => `${column} LIKE ? ESCAPE '\\'`;
  return sql(
    `(${has('t.title')} OR ${has('t.aim')} OR ${has('t.place')} OR EXISTS
      (SELECT 1 FROM customer_fact f WHERE f.customer_id = t.customer_id AND ${has('f.haystack')}))`,
    ...[pattern, pattern, pattern, pattern],
  );
};

const listVisits = (db: ReadableDb, question: Parsed<'visit.list'>): Output<'visit.list'> => {
  const { from, to, customerId, states, text, newestFirst, offset, limit } = question;
  const direction = newestFirst ? 'DESC' : 'ASC';
  const where = [
    ...(from ? [sql('t.starts_at >= ?', from)] : []),
    ...(to ? [sql('t.starts_at < ?', to)] : []),
    ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
    ...(states.length > 0
      ? [sql('t.state IN (SELECT value FROM json_each(?))', JSON.stringify(states))]
      : []),
    ...(text.trim() ? [wordsIn(text.trim())] : []),
  ];
  const order = `t.starts_at ${direction}, t.id ${direction}`;
  return { total: countOf(db, 'visit', where), rows: visitRowsOf(db, { where, order, offset, limit }) };
};

const refuse = (from: string, to: string, path?: string): never => {
  throw new AppError('not_allowed', {
    params: { from, to },
    ...(path && { fields: [{ path, rule: 'validation.required' }] }),
  });
};

/** S3-32: one step along the states. */
const transition = (
  { id, to, reason }: Parsed<'visit.transition'>,
  { db, commandId }: CommandContext,
): Plan<Output<'visit.transition'>> => {
  const visit = livingRecord<Visit>(db, 'visit', id);
  const { state: from } = visit;
  if (!mayFollow(from, to)) refuse(from, to);
  if (to === 'confirmed' && !hasPurpose(visit)) refuse(from, to, 'purpose');
  const { reportState } = visitRowOf(db, id);
  if (to === 'reported' && reportState === null) refuse(from, to, 'report');
  if (to === 'signed' && reportState !== 'signed') refuse(from, to, 'signature');
  const lost = to === 'cancelled' || to === 'missed';
  return {
    changes: [
      updating('visit', id, {
        state: to,
        ...((lost || visit.cancelReason !== null) && { cancelReason: lost ? (reason ?? null) : null }),
      }),
    ],
    value: { commandId, id },
  };
};

/** S3-32: the visits. */
export const visits = defineFeature({
  queries: {
    'visit.list': (question, { db }) => listVisits(db, question),
    'visit.get': ({ id }, { db }) => visitRowOf(db, id),
  },
  commands: { 'visit.transition': transition },
});
