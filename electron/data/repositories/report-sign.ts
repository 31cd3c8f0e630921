import { AppError } from '#shared/contracts/errors.ts';
import type { Parsed } from '#shared/contracts/registry.ts';
import { plainDate } from '#shared/domain/dates.ts';
import { type Visit, type VisitReport, visitReport } from '#shared/domain/entities/index.ts';
import { missingForSignature } from '#shared/domain/rules/report.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation, updating } from '../changes.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { derivedId } from '../derived-id.ts';
import type { CommandContext } from '../feature.ts';
import { reportHash } from './report-hash.ts';

/** Whether a record exists, removed ones included: what was thrown away does not come back by itself. */
const known = (db: ReadableDb, table: 'task' | 'promise', id: string): boolean =>
  read(db, `SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;

/** Whether the customer has the same thing open already, for example from a note of the visit. */
const alreadyOpen = (db: ReadableDb, table: 'task' | 'promise', customerId: string, text: string): boolean =>
  read(
    db,
    `SELECT 1 FROM ${table} WHERE customer_id = ? AND status = 'open' AND text = ? AND deleted = 0`,
  ).get(customerId, text) !== undefined;

/**
 * S3-35: the two lists of next steps: mine become tasks, the customer's become promises of the customer. Their ids follow
 * from the visit and the words, so that signing a correction does not make them twice.
 */
const nextStepChanges = (db: ReadableDb, report: VisitReport, at: string): Change[] => {
  const { customerId, visitId } = report;
  const madeOn = plainDate(report.visitedAt, report.zone);
  const made = new Set<string>();
  return report.nextSteps.flatMap(({ text, who, dueOn }) => {
    const table = who === 'me' ? 'task' : 'promise';
    const id = derivedId('nextStep', visitId ?? report.supersedesId ?? report.id, table, text);
    if (made.has(id) || known(db, table, id) || alreadyOpen(db, table, customerId, text)) return [];
    made.add(id);
    return table === 'task'
      ? [creation('task', id, { customerId, visitId, text, dueOn, createdAt: at })]
      : [
          creation('promise', id, {
            customerId,
            visitId,
            text,
            dueOn,
            madeBy: 'customer',
            madeOn,
            createdAt: at,
          }),
        ];
  });
};

const signedVisit = (db: ReadableDb, visitId: string | null): Change[] => {
  const visit =
    visitId &&
    read<{ state: Visit['state'] }>(db, 'SELECT state FROM visit WHERE id = ? AND deleted = 0').get(visitId);
  return visit && visit.state !== 'signed' ? [updating('visit', visitId, { state: 'signed' })] : [];
};

/**
 * Locks a draft with its signature and the hash of all it says.
 * @throws invalid_input with the fields that are missing
 */
export const signatureOf = (
  report: VisitReport,
  { signature, signedBy }: Parsed<'report.sign'>,
  { db, at }: CommandContext,
): Change[] => {
  const picture = visitReport.schema.shape.signature.safeParse(signature === '' ? null : signature);
  const fields = [
    ...missingForSignature(report).map((path) => ({ path, rule: 'validation.required' })),
    ...(picture.success ? [] : [{ path: 'signature', rule: 'validation.format' }]),
  ];
  if (fields.length > 0 || !picture.success) throw new AppError('invalid_input', { fields });
  const signed = { signature: picture.data, signedBy, signedAt: at };
  return [
    updating('visitReport', report.id, {
      ...signed,
      state: 'signed',
      contentHash: reportHash({ ...report, ...signed }),
    }),
    ...signedVisit(db, report.visitId),
    ...nextStepChanges(db, report, at),
  ];
};
