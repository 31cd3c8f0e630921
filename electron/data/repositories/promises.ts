import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { PromiseRow } from '#shared/contracts/work.ts';
import type { Promise_ } from '#shared/domain/entities/index.ts';
import { keptAs } from '#shared/domain/rules/promise.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation, updating } from '../changes.ts';
import type { ReadableDb } from '../database/connection.ts';
import { derivedId } from '../derived-id.ts';
import { type CommandContext, defineFeature, type Plan } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { sql } from './customers/sql.ts';
import { namedPage } from './named-rows.ts';

type Settled = Parsed<'promise.settle'>;

const required = (path: string): never => {
  throw new AppError('invalid_input', { fields: [{ path, rule: 'validation.required' }] });
};

/** S0-04: a renegotiated promise stays as it was, with the reason; what was agreed instead is a promise of its own. */
const renegotiated = (promise: Promise_, settled: Settled, { commandId, at }: CommandContext): Change[] => {
  const { id, status, settledOn, evidence, reason, madeOn, dueOn, createdAt, ...kept } = promise;
  if (!settled.reason?.trim()) required('reason');
  if (!settled.newDueOn) required('newDueOn');
  return [
    updating('promise', id, {
      status: 'renegotiated',
      settledOn: settled.on,
      reason: settled.reason ?? null,
    }),
    creation('promise', derivedId('renegotiated', id, commandId), {
      ...kept,
      madeOn: settled.on,
      dueOn: settled.newDueOn ?? null,
      createdAt: at,
    }),
  ];
};

const settle = (settled: Settled, context: CommandContext): Plan<Output<'promise.settle'>> => {
  const { id, as, on, evidence, reason } = settled;
  const promise = livingRecord<Promise_>(context.db, 'promise', id);
  // Its successor stands in its place; only an undo brings it back.
  if (promise.status === 'renegotiated')
    throw new AppError('not_allowed', { params: { from: promise.status, to: as } });
  const plain = (): Change[] => [
    updating('promise', id, {
      status: as === 'kept' ? keptAs(promise.dueOn, on) : as,
      settledOn: as === 'open' ? null : on,
      ...(evidence !== undefined && { evidence: evidence.trim() || null }),
      ...(reason !== undefined && { reason: reason.trim() || null }),
    }),
  ];
  return {
    changes: as === 'renegotiated' ? renegotiated(promise, settled, context) : plain(),
    value: { commandId: context.commandId, id },
  };
};

/** Open ones first, the soonest due on top. */
const listPromises = (db: ReadableDb, question: Parsed<'promise.list'>): Output<'promise.list'> => {
  const { customerId, statuses, madeBy, dueBefore, offset, limit } = question;
  return namedPage<PromiseRow>(db, {
    entity: 'promise',
    where: [
      ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
      ...(statuses.length > 0
        ? [sql('t.status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses))]
        : []),
      ...(madeBy ? [sql('t.made_by = ?', madeBy)] : []),
      ...(dueBefore ? [sql('t.due_on < ?', dueBefore)] : []),
    ],
    order: "t.status <> 'open', t.due_on IS NULL, t.due_on, t.created_at, t.id",
    offset,
    limit,
  });
};

/** S0-04: promises of both sides. */
export const promises = defineFeature({
  queries: { 'promise.list': (question, { db }) => listPromises(db, question) },
  commands: { 'promise.settle': settle },
});
