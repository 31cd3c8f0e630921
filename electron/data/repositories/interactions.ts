import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { InteractionRow } from '#shared/contracts/work.ts';
import { plainDate } from '#shared/domain/dates.ts';
import type { Customer, Promise_, Task, Visit } from '#shared/domain/entities/index.ts';
import { keptAs, needsApproval } from '#shared/domain/rules/promise.ts';
import { touchDefaults } from '#shared/domain/rules/touch.ts';
import { stateAfterContact } from '#shared/domain/rules/visit-states.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation, updating } from '../changes.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { type CommandContext, defineFeature, type Plan } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { join, type Sql, sql } from './customers/sql.ts';
import { countOf, namedRecord, namedRow, rowsOf } from './named-rows.ts';

type Logged = Parsed<'interaction.log'>;

const UNCORRECTED = 'NOT EXISTS (SELECT 1 FROM interaction y WHERE y.corrects_id = t.id AND y.deleted = 0)';

const wrong = (path: string): never => {
  throw new AppError('invalid_input', { fields: [{ path, rule: 'validation.value' }] });
};

/** What a logged contact names must be there and belong to the same customer. */
const check = (db: ReadableDb, logged: Logged): void => {
  livingRecord<Customer>(db, 'customer', logged.customerId);
  const belongs = (path: string, record: { customerId: string | null }): void => {
    if (record.customerId !== logged.customerId) wrong(path);
  };
  if (logged.companyContactId)
    belongs('companyContactId', livingRecord(db, 'companyContact', logged.companyContactId));
  if (logged.visitId) belongs('visitId', livingRecord(db, 'visit', logged.visitId));
  if (logged.correctsId) {
    belongs('correctsId', livingRecord(db, 'interaction', logged.correctsId));
    const corrected = read(db, 'SELECT 1 FROM interaction WHERE corrects_id = ? AND deleted = 0').get(
      logged.correctsId,
    );
    if (corrected) throw new AppError('conflict', { params: { entity: 'interaction' } });
  }
  if (logged.nextVisit && logged.nextVisit.endsAt < logged.nextVisit.startsAt) wrong('nextVisit.endsAt');
};

const followUps = (logged: Logged, on: string, at: string): Change[] => {
  const { customerId, visitId, promise, nextStep, nextVisit } = logged;
  return [
    ...(promise
      ? [
          creation('promise', promise.id, {
            customerId,
            visitId,
            interactionId: logged.id,
            text: promise.text,
            madeBy: promise.madeBy,
            madeOn: on,
            dueOn: promise.dueOn,
            level: promise.level,
            needsApproval: promise.madeBy === 'me' && needsApproval(promise.text),
            createdAt: at,
          }),
        ]
      : []),
    ...(nextStep
      ? [
          creation('task', nextStep.id, {
            customerId,
            visitId,
            text: nextStep.text,
            dueOn: nextStep.dueOn,
            createdAt: at,
          }),
        ]
      : []),
    ...(nextVisit
      ? [
          creation('visit', nextVisit.id, {
            customerId,
            startsAt: nextVisit.startsAt,
            endsAt: nextVisit.endsAt,
            mode: nextVisit.mode,
            zone: logged.zone,
            // S3-31: what was left to come back to is what the next visit is for.
            aim: logged.nextHook,
            createdAt: at,
          }),
        ]
      : []),
  ];
};

/** Tasks and promises this contact settles; one that is settled already is left as it is. */
const settled = (db: ReadableDb, logged: Logged, on: string): Change[] => [
  ...[...new Set(logged.completesTaskIds)].flatMap((id) => {
    const task = livingRecord<Task>(db, 'task', id);
    return task.status === 'open' ? [updating('task', id, { status: 'done', doneOn: on })] : [];
  }),
  ...[...new Set(logged.keepsPromiseIds)].flatMap((id) => {
    const promise = livingRecord<Promise_>(db, 'promise', id);
    if (promise.status !== 'open') return [];
    return [updating('promise', id, { status: keptAs(promise.dueOn, on), settledOn: on })];
  }),
];

const visitChange = (db: ReadableDb, logged: Logged): Change[] => {
  if (!logged.visitId) return [];
  const state = stateAfterContact(livingRecord<Visit>(db, 'visit', logged.visitId), logged);
  return state ? [updating('visit', logged.visitId, { state })] : [];
};

/** S3-26: a contact with all that follows from it, in one command that one undo takes back. */
const log = (logged: Logged, { db, commandId, at }: CommandContext): Plan<Output<'interaction.log'>> => {
  check(db, logged);
  const on = plainDate(logged.at, logged.zone);
  const usual = touchDefaults(logged);
  const interaction = creation('interaction', logged.id, {
    customerId: logged.customerId,
    companyContactId: logged.companyContactId,
    visitId: logged.visitId,
    kind: logged.kind,
    at: logged.at,
    zone: logged.zone,
    durationSeconds: logged.durationSeconds,
    initiator: logged.initiator,
    channel: usual.channel,
    purpose: logged.purpose,
    outcome: logged.outcome,
    form: logged.form ?? usual.form,
    method: logged.method ?? usual.method,
    domain: usual.domain,
    summary: logged.summary?.trim() || null,
    nextHook: logged.nextHook?.trim() || null,
    correctsId: logged.correctsId,
    createdAt: at,
  });
  return {
    changes: [
      interaction,
      ...followUps(logged, on, at),
      ...settled(db, logged, on),
      ...visitChange(db, logged),
    ],
    value: { commandId, id: logged.id },
    ...(logged.draftKey && { dropDrafts: [logged.draftKey] }),
  };
};

const getInteraction = (db: ReadableDb, id: string): InteractionRow => {
  const row = namedRecord<InteractionRow>(db, 'interaction', id);
  const by = read<{ id: string }>(db, 'SELECT id FROM interaction WHERE corrects_id = ? AND deleted = 0').get(
    id,
  );
  return { ...row, customerName: row.customerName ?? '', correctedById: by?.id ?? null };
};

/** How many of the selected rows a correction replaced. Few ever are: counted apart, the rest stays a count of an index. */
const countCorrected = (db: ReadableDb, where: readonly Sql[]): number => {
  const { text, params } = join([sql('t.deleted = 0'), ...where], ' AND ');
  return (
    read<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM interaction t WHERE ${text} AND t.id IN
        (SELECT y.corrects_id FROM interaction y WHERE y.corrects_id IS NOT NULL AND y.deleted = 0)`,
    ).get(...params)?.n ?? 0
  );
};

/** Newest first; what was corrected is replaced by its correction. */
const listInteractions = (
  db: ReadableDb,
  question: Parsed<'interaction.list'>,
): Output<'interaction.list'> => {
  const { from, to, customerId, kinds, offset, limit } = question;
  const where = [
    ...(from ? [sql('t.at >= ?', from)] : []),
    ...(to ? [sql('t.at < ?', to)] : []),
    ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
    ...(kinds.length > 0 ? [sql('t.kind IN (SELECT value FROM json_each(?))', JSON.stringify(kinds))] : []),
  ];
  const rows = rowsOf(db, {
    entity: 'interaction',
    where: [...where, sql(UNCORRECTED)],
    order: 't.at DESC, t.id DESC',
    offset,
    limit,
  });
  return {
    total: countOf(db, 'interaction', where) - countCorrected(db, where),
    rows: rows.map((raw) => ({ ...namedRow<InteractionRow>('interaction', raw), correctedById: null })),
  };
};

/** What took place with customers. Nothing of it is ever changed: a correction is a new row. */
export const interactions = defineFeature({
  queries: {
    'interaction.get': ({ id }, { db }) => getInteraction(db, id),
    'interaction.list': (question, { db }) => listInteractions(db, question),
  },
  commands: { 'interaction.log': log },
});
