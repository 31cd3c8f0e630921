import { v7 as uuid } from 'uuid';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { type PushResult, pushAnswer, SCHEMA, type WireRecord } from '#shared/sync/protocol.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { type Applied, erase, markErased, nothingApplied, settleRow } from './apply.ts';
import type { RoundContext } from './context.ts';
import { noteEvent } from './events.ts';
import { SyncFault } from './fault.ts';
import {
  acknowledge,
  countWaiting,
  mutationOf,
  nextBatch,
  storedUpTo,
  type Waiting,
  waitingFor,
} from './outbox.ts';
import { layOver } from './overlay.ts';
import { putRow, rowOf } from './rows.ts';
import { isKnownEntity } from './shape.ts';

const customerOf = (db: ReadableDb, { wire }: Waiting): string | null => {
  if (wire.entity === 'customer') return wire.id;
  if (typeof wire.fields.customerId === 'string') return wire.fields.customerId;
  if (!isKnownEntity(wire.entity)) return null;
  const { table, columns } = codecs[wire.entity];
  if (!columns.some(({ field }) => field === 'customerId')) return null;
  return (
    read<{ customer_id: string | null }>(db, `SELECT customer_id FROM ${table} WHERE id = ?`).get(wire.id)
      ?.customer_id ?? null
  );
};

/** Keeps the whole of a refused mutation where a person sees it. */
const keepRefused = (db: WritableDb, waiting: Waiting, result: PushResult, at: string): void => {
  const { wire } = waiting;
  write(
    db,
    `INSERT INTO refused (id, change_seq, entity, record_id, customer_id, op, mutation, reason, field, current, quarantined, refused_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    uuid(),
    waiting.changeSeq,
    wire.entity,
    wire.id,
    customerOf(db, waiting),
    wire.op,
    JSON.stringify(mutationOf(waiting)),
    result.reason ?? 'not_allowed',
    result.field ?? null,
    result.current ? JSON.stringify(result.current) : null,
    result.quarantined ? 1 : 0,
    at,
  );
};

/** What was typed on a refused value did not dispute it: it goes back to the value before. */
const rebase = (db: WritableDb, refused: Waiting): void => {
  for (const later of waitingFor(db, refused.wire.entity, refused.wire.id)) {
    const base = { ...later.wire.base };
    let changed = false;
    for (const [field, stamp] of Object.entries(base)) {
      if (stamp !== refused.wire.stamp) continue;
      base[field] = refused.wire.base[field] ?? '';
      changed = true;
    }
    if (changed)
      write(db, 'UPDATE change SET base = ? WHERE seq = ?').run(JSON.stringify(base), later.changeSeq);
  }
};

/** The record without the refused values, where the server does not show its own: what was there before they were typed. */
const takeBack = (db: WritableDb, refused: Waiting, into: Applied): void => {
  const { wire } = refused;
  if (!isKnownEntity(wire.entity)) return;
  const entity: EntityName = wire.entity;
  const row = rowOf(db, entity, wire.id);
  if (!row) return;
  if (wire.op === 'create') {
    erase(entity, wire.id, into);
    return;
  }
  const current = codecs[entity].decode(row);
  const { id: _, ...data } = current;
  const stamps = JSON.parse(row.stamps) as Record<string, string>;
  let deleted = row.deleted === 1;
  for (const [field, value] of Object.entries(wire.before ?? {})) {
    if (field === 'deleted') deleted = value === true;
    else data[field] = value;
    const base = wire.base[field];
    if (base) stamps[field] = base;
  }
  const shown = layOver({ data, stamps, deleted }, waitingFor(db, entity, wire.id));
  const extra = row.extra === null ? null : (JSON.parse(row.extra) as Record<string, unknown>);
  putRow(db, entity, wire.id, { ...shown, extra, seq: row.server_seq });
  into.mutations.push({
    ...mutationOf(refused),
    op: deleted === (row.deleted === 1) ? 'update' : deleted ? 'delete' : 'restore',
  });
};

const putBack = (
  db: WritableDb,
  refused: Waiting,
  current: WireRecord | null,
  syncId: string,
  into: Applied,
): void => {
  rebase(db, refused);
  if (current && refused.wire.op !== 'create') settleRow(db, current, syncId, into);
  else takeBack(db, refused, into);
};

/** Stores the answers to a batch, in one transaction: acknowledged is out of the outbox, refused is in the list. */
export const storeAnswers = (
  { book, report, now, syncId }: Pick<RoundContext, 'book' | 'report' | 'now' | 'syncId'>,
  batch: readonly Waiting[],
  results: readonly PushResult[],
): void => {
  const answers = new Map(results.map((result) => [result.n, result]));
  if (batch.some(({ wire }) => !answers.has(wire.n)))
    throw new SyncFault('no_answer', { detail: 'a mutation was not answered' });
  const at = now().toISOString();
  book.absorb((db) => {
    const applied = nothingApplied();
    for (const waiting of batch) {
      const result = answers.get(waiting.wire.n) as PushResult;
      acknowledge(db, waiting, book.clock.clientId);
      if (result.status === 'merged') report.merged += 1;
      if (result.status !== 'refused') {
        report.pushed += 1;
        continue;
      }
      report.refused += 1;
      keepRefused(db, waiting, result, at);
      putBack(db, waiting, result.current ?? null, syncId, applied);
    }
    markErased(db, applied);
    return { value: undefined, ...applied };
  });
};

/** A mutation the server cannot even read goes to the list, and the others go on. */
const refuseHere = async (
  context: RoundContext,
  waiting: Waiting,
  reason: 'too_large' | 'invalid_value',
): Promise<void> => {
  // the server has to count it: the same number, with nothing in it that could be applied
  const hollow = { ...waiting.wire, op: 'update' as const, fields: {}, before: {}, base: {} };
  await sendBatch(context, [{ ...waiting, wire: hollow }], false);
  storeAnswers(context, [waiting], [{ n: waiting.wire.n, status: 'refused', reason }]);
  noteEvent(context.db, context.now().toISOString(), 'tooLarge', { n: waiting.wire.n });
};

const sendBatch = async (context: RoundContext, batch: readonly Waiting[], store = true): Promise<void> => {
  const { book, server, signal, db } = context;
  const answer = await server.call(
    {
      method: 'POST',
      path: '/v1/sync/push',
      body: {
        clientId: book.clock.clientId,
        schema: SCHEMA,
        stored: storedUpTo(db, book.clock.clientId),
        mutations: batch.map(({ wire }) => wire),
      },
    },
    pushAnswer,
    signal,
  );
  if (answer.epoch !== context.handshake.epoch) throw new SyncFault('no_answer');
  if (store) storeAnswers(context, batch, answer.results);
};

/** Sends everything that waits, in order, until nothing does. One item never stops those behind it. */
export const pushAll = async (context: RoundContext): Promise<void> => {
  const { db, progress } = context;
  const total = countWaiting(db);
  let most: number | undefined;
  for (let batch = nextBatch(db, most); batch.length > 0; batch = nextBatch(db, most)) {
    progress({ phase: 'sending', done: Math.max(0, total - countWaiting(db)), total });
    try {
      await sendBatch(context, batch);
      most = undefined;
    } catch (error) {
      const code = error instanceof SyncFault ? error.code : null;
      if (code !== 'too_large' && code !== 'invalid') throw error;
      const [first] = batch;
      if (batch.length > 1 || !first)
        most = code === 'invalid' ? 1 : Math.max(1, Math.floor(batch.length / 2));
      else await refuseHere(context, first, code === 'invalid' ? 'invalid_value' : 'too_large');
    }
    await context.breathe();
  }
};
