import type { ReportSelection } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { ReportRow } from '#shared/contracts/work.ts';
import { addDays, startOfDay, systemZone } from '#shared/domain/dates.ts';
import type { Promise_, Visit, VisitReport } from '#shared/domain/entities/index.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { updating } from '../changes.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { type CommandContext, defineFeature, type Plan } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { join, literally, type Sql, sql } from './customers/sql.ts';
import { customerNameOf, namedPage, namedRow, type RawRow } from './named-rows.ts';
import { draftOf } from './report-draft.ts';
import { signatureOf } from './report-sign.ts';

type Receipt = Output<'report.sign'>;
type Promises = ReportRow['promises'];

/** Only the newest version of a report is listed: a later one stands in its place. */
const NEWEST = `NOT EXISTS (SELECT 1 FROM visit_report y
    WHERE y.visit_id = t.visit_id AND y.version > t.version AND y.deleted = 0)
  AND (t.visit_id IS NOT NULL OR t.id NOT IN (SELECT y.supersedes_id FROM visit_report y
    WHERE y.supersedes_id IS NOT NULL AND y.deleted = 0))`;

const promisesById = (db: ReadableDb, ids: readonly string[]): Map<string, Promises[number]> =>
  new Map(
    read(db, 'SELECT t.* FROM json_each(?) j JOIN promise t ON t.id = j.value AND t.deleted = 0')
      .all(JSON.stringify(ids))
      .map((row) => codecs.promise.decode(row) as unknown as Promise_)
      .map((promise) => [promise.id, promise]),
  );

const withPromises = (
  db: ReadableDb,
  rows: readonly (VisitReport & { customerName: string })[],
): ReportRow[] => {
  const found = promisesById(
    db,
    rows.flatMap((row) => row.promiseIds),
  );
  return rows.map((row) => ({ ...row, promises: row.promiseIds.flatMap((id) => found.get(id) ?? []) }));
};

const wordsIn = (words: string): Sql => {
  const pattern = `%${literally(words)}%`;
  const has = (column: string): string => `${column} LIKE ? ESCAPE '\\'`;
  const columns = ['t.title', 't.facts', 't.discussion', 't.confirmed_summary'];
  return sql(
    `(${columns.map(has).join(' OR ')} OR EXISTS
      (SELECT 1 FROM customer_fact f WHERE f.customer_id = t.customer_id AND ${has('f.haystack')}))`,
    ...[...columns, ''].map(() => pattern),
  );
};

type Asked = Pick<Parsed<'report.list'>, 'from' | 'to' | 'customerId' | 'state'> & {
  text?: string;
  allVersions?: boolean;
};

/** The reports a question is about. */
const matching = ({ from, to, customerId, state, allVersions, text = '' }: Asked): Sql[] => {
  const zone = systemZone();
  return [
    ...(from ? [sql('t.visited_at >= ?', startOfDay(from, zone))] : []),
    ...(to ? [sql('t.visited_at < ?', startOfDay(addDays(to, 1), zone))] : []),
    ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
    ...(state ? [sql('t.state = ?', state)] : []),
    ...(text.trim() ? [wordsIn(text.trim())] : []),
    ...(allVersions ? [] : [sql(NEWEST)]),
  ];
};

/** The latest first. Lists go without the picture of the signature: a hundred of them would be a hundred pictures. */
const listReports = (db: ReadableDb, question: Parsed<'report.list'>): Output<'report.list'> => {
  const { total, rows } = namedPage<VisitReport & { customerName: string }>(db, {
    entity: 'visitReport',
    where: matching(question),
    order: 't.visited_at DESC, t.version DESC, t.id DESC',
    offset: question.offset,
    limit: question.limit,
  });
  return { total, rows: withPromises(db, rows).map((row) => ({ ...row, signature: null })) };
};

/**
 * Ids of the reports of a selection in the order documents have them, the earliest first. Reports that are named are
 * taken in the version that is named, all others in their newest.
 */
export const reportIdsOf = (db: ReadableDb, { ids, ...asked }: ReportSelection): string[] => {
  const where = join(
    [
      sql('t.deleted = 0'),
      ...(ids ? [sql('t.id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))] : []),
      ...matching({ ...asked, allVersions: ids !== undefined }),
    ],
    ' AND ',
  );
  return read<{ id: string }>(
    db,
    `SELECT t.id FROM visit_report t WHERE ${where.text} ORDER BY t.visited_at, t.version, t.id`,
  )
    .all(...where.params)
    .map((row) => row.id);
};

/** Reports by id, in the order of the ids, without the pictures of their signatures; ids of none are left out. */
export const reportRowsOf = (db: ReadableDb, ids: readonly string[]): ReportRow[] => {
  const rows = read<RawRow>(
    db,
    `SELECT t.*, NULL AS signature, c.name AS customer_name FROM json_each(?) j
     JOIN visit_report t ON t.id = j.value AND t.deleted = 0
     LEFT JOIN customer c ON c.id = t.customer_id ORDER BY j.key`,
  ).all(JSON.stringify(ids));
  return withPromises(
    db,
    rows.map((row) => namedRow<VisitReport & { customerName: string }>('visitReport', row)),
  );
};

interface Chained {
  id: string;
  version: number;
  state: VisitReport['state'];
  signedAt: string | null;
}

/** All versions of a report, oldest first: those of its visit, and without a visit the ones it superseded. */
const versionsOf = (db: ReadableDb, report: VisitReport): Chained[] =>
  read<Chained>(
    db,
    `WITH RECURSIVE chain (id, supersedes_id) AS (
       SELECT id, supersedes_id FROM visit_report WHERE id = @id
       UNION SELECT r.id, r.supersedes_id FROM visit_report r JOIN chain c
         ON r.id = c.supersedes_id OR r.supersedes_id = c.id)
     SELECT r.id, r.version, r.state, r.signed_at AS signedAt FROM visit_report r
     WHERE r.deleted = 0 AND (r.visit_id = @visitId OR (@visitId IS NULL AND r.id IN (SELECT id FROM chain)))
     ORDER BY r.version, r.created_at`,
  ).all({ id: report.id, visitId: report.visitId });

const getReport = (db: ReadableDb, id: string): Output<'report.get'> => {
  const report = livingRecord<VisitReport>(db, 'visitReport', id);
  const named = { ...report, customerName: customerNameOf(db, report.customerId) ?? '' };
  const [row] = withPromises(db, [named]);
  return { ...(row as ReportRow), versions: versionsOf(db, report) };
};

/** The draft of this id. @throws locked_record once it is signed */
const draftReport = (db: ReadableDb, id: string): VisitReport => {
  const report = livingRecord<VisitReport>(db, 'visitReport', id);
  if (report.state !== 'draft') throw new AppError('locked_record', { params: { entity: 'visitReport' } });
  return report;
};

const receipt = (changes: Change[], commandId: string, id: string): Plan<Receipt> => ({
  changes,
  value: { commandId, id },
});

/** S3-35: a draft from what is known; the draft that is there already is the answer when there is one. */
const fromVisit = ({ id, visitId }: Parsed<'report.fromVisit'>, context: CommandContext): Plan<Receipt> => {
  const { db, commandId } = context;
  const visit = livingRecord<Visit>(db, 'visit', visitId);
  const there = read<{ id: string }>(
    db,
    'SELECT id FROM visit_report WHERE visit_id = ? AND deleted = 0 ORDER BY version DESC LIMIT 1',
  ).get(visitId);
  if (there) return receipt([], commandId, there.id);
  return receipt(draftOf(visit, id, context), commandId, id);
};

/** A correction is a new version; what was signed stays as it was. */
const correct = (
  { id, newId }: Parsed<'report.correct'>,
  { db, commandId, at }: CommandContext,
): Plan<Receipt> => {
  const report = livingRecord<VisitReport>(db, 'visitReport', id);
  if (report.state !== 'signed') throw new AppError('not_allowed', { params: { state: report.state } });
  const newest = versionsOf(db, report).at(-1);
  if (newest && newest.id !== id)
    return newest.state === 'draft'
      ? receipt([], commandId, newest.id)
      : correct({ id: newest.id, newId }, { db, commandId, at } as CommandContext);
  const { id: _, signature, signedBy, signedAt, contentHash, createdAt, ...kept } = report;
  const fields = { ...kept, state: 'draft', version: report.version + 1, supersedesId: id, createdAt: at };
  return receipt([{ entity: 'visitReport', id: newId, op: 'create', fields }], commandId, newId);
};

/** A draft that is thrown away leaves its visit without a report. */
const remove = ({ id }: Parsed<'report.remove'>, { db, commandId }: CommandContext): Plan<Receipt> => {
  const report = draftReport(db, id);
  const visit = report.visitId
    ? read<{ state: Visit['state'] }>(db, 'SELECT state FROM visit WHERE id = ? AND deleted = 0').get(
        report.visitId,
      )
    : undefined;
  const unreported = report.version === 1 && visit?.state === 'reported' && report.visitId;
  return receipt(
    [
      { entity: 'visitReport', id, op: 'delete', fields: {} },
      ...(unreported ? [updating('visit', unreported, { state: 'underWay' })] : []),
    ],
    commandId,
    id,
  );
};

/** The reports of visits. Written only here: the plain record methods do not reach them. */
export const reports = defineFeature({
  queries: {
    'report.list': (question, { db }) => listReports(db, question),
    'report.get': ({ id }, { db }) => getReport(db, id),
  },
  commands: {
    'report.fromVisit': fromVisit,
    'report.update': ({ id, fields }, { db, commandId }) => {
      draftReport(db, id);
      return receipt([updating('visitReport', id, fields)], commandId, id);
    },
    'report.sign': (input, context) =>
      receipt(signatureOf(draftReport(context.db, input.id), input, context), context.commandId, input.id),
    'report.correct': correct,
    'report.remove': remove,
  },
});
