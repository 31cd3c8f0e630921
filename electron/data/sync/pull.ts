import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Stamp } from '#shared/sync/clock.ts';
import { type PullAnswer, pullAnswer, SCHEMA } from '#shared/sync/protocol.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { metaOf, NEWEST_STAMP, setMeta } from '../database/recovery/meta.ts';
import { applyRecord, markErased, nothingApplied } from './apply.ts';
import { cursorOf, dropMeta, keepCursor } from './connection.ts';
import { ManyDeletions, type RoundContext } from './context.ts';
import { SyncFault } from './fault.ts';
import { keepAuthors } from './history.ts';

/** Key of the user's consent to a page that removes much; used up by the round that needs it. */
export const DELETIONS_ALLOWED = 'sync.deletionsAllowed';
const MANY = 50;
const MUCH = 0.1;

const livingRecords = (db: ReadableDb): number =>
  Object.values(codecs).reduce(
    (sum, { table }) =>
      sum + (read<{ n: number }>(db, `SELECT count(*) AS n FROM ${table} WHERE deleted = 0`).get()?.n ?? 0),
    0,
  );

const NAMED = 5;

/** Names of the customers that records belong to, a few of them. */
const namesOf = (db: ReadableDb, records: Iterable<Removed>): string[] => {
  const names = new Set<string>();
  for (const { entity, id } of records) {
    if (names.size >= NAMED) break;
    const { table, columns } = codecs[entity];
    const below = columns.some(({ column }) => column === 'customer_id');
    const sql =
      entity === 'customer'
        ? 'SELECT name FROM customer WHERE id = ?'
        : `SELECT c.name FROM ${table} t JOIN customer c ON c.id = t.customer_id WHERE t.id = ?`;
    const name = entity === 'customer' || below ? read<{ name: string }>(db, sql).get(id)?.name : undefined;
    if (name) names.add(name);
  }
  return [...names];
};

interface Removed {
  entity: EntityName;
  id: string;
}

/**
 * @param some a few of the records, to name their customers
 * @throws ManyDeletions when more than 50 records and a tenth of the book would go and nobody has said yes
 */
export const guardDeletions = (db: ReadableDb, removed: number, some: () => Iterable<Removed>): void => {
  if (removed <= MANY || metaOf(db, DELETIONS_ALLOWED) !== undefined) return;
  if (removed > livingRecords(db) * MUCH) throw new ManyDeletions(removed, namesOf(db, some()));
};

/** Makes the laptop's clock go on behind what it has met. A stamp far ahead was made anew by the server. */
export const observe = (context: Pick<RoundContext, 'book' | 'db'>, stamps: readonly Stamp[]): void => {
  const newest = stamps.reduce((max, stamp) => (stamp > max ? stamp : max), '');
  if (newest === '') return;
  context.book.clock.observe(newest);
  if ((metaOf(context.db, NEWEST_STAMP) ?? '') < newest) setMeta(context.db, NEWEST_STAMP, newest);
};

const keepRevoked = (db: WritableDb, revoked: PullAnswer['revoked']): void => {
  for (const { customerId, seq } of revoked)
    write(db, 'INSERT OR REPLACE INTO revoked_customer (customer_id, seq) VALUES (?, ?)').run(
      customerId,
      seq,
    );
};

/** A customer that came back is not purged after all. No page both takes a customer away and brings it. */
const keepGranted = (db: WritableDb, records: PullAnswer['records']): void => {
  for (const { entity, id, gone } of records)
    if (entity === 'customer' && !gone)
      write(db, 'DELETE FROM revoked_customer WHERE customer_id = ?').run(id);
};

/** Where a cursor stands within its epoch. @throws SyncFault no_answer for what is none */
const positionOf = (cursor: string): [string, number, number] => {
  const [epoch = '', , seq, within] = cursor.split('.');
  if (!Number.isSafeInteger(Number(seq)) || !Number.isSafeInteger(Number(within)))
    throw new SyncFault('no_answer');
  return [epoch, Number(seq), Number(within)];
};

/** A cursor that goes back within its epoch is no answer. */
const assertForward = (from: string, to: string): void => {
  const [epoch, seq, within] = positionOf(from);
  const [nextEpoch, nextSeq, nextWithin] = positionOf(to);
  if (epoch !== nextEpoch || nextSeq < seq || (nextSeq === seq && nextWithin < within))
    throw new SyncFault('no_answer', { detail: 'the cursor went back' });
};

/** Applies one page and its cursor in one transaction. @returns how many living records it removed */
export const applyPage = (
  context: RoundContext,
  since: string,
  page: PullAnswer,
  removedBefore = 0,
): number => {
  assertForward(since, page.cursor);
  const removed = context.book.absorb((db) => {
    // an answer that was delayed or doubled: its place is behind us
    if (cursorOf(db) !== since) return { value: 0, mutations: [] };
    const applied = nothingApplied();
    keepAuthors(db, page.authors);
    for (const record of page.records) applyRecord(db, record, context.syncId, applied);
    guardDeletions(db, removedBefore + applied.removed, () =>
      applied.mutations.filter(({ op }) => op === 'delete'),
    );
    keepGranted(db, page.records);
    keepRevoked(db, page.revoked);
    markErased(db, applied);
    keepCursor(db, page.cursor);
    observe(
      context,
      page.records.flatMap(({ stamps }) => Object.values(stamps)),
    );
    return { value: applied.removed, ...applied };
  });
  context.report.pulled += page.records.length;
  context.report.conflicts += page.records.filter(
    ({ entity, data }) => entity === 'fieldConflict' && data.settledAs == null,
  ).length;
  return removed;
};

/** Pulls until the head. @throws SyncFault, ManyDeletions */
export const pullAll = async (context: RoundContext): Promise<void> => {
  const { db, book, server, signal, progress } = context;
  let removed = 0;
  for (let more = true; more; ) {
    const since = cursorOf(db);
    if (since === null) throw new SyncFault('resnapshot');
    const page = await server.call(
      {
        method: 'GET',
        path: '/v1/sync/pull',
        query: { clientId: book.clock.clientId, since, schema: SCHEMA },
      },
      pullAnswer,
      signal,
    );
    removed += applyPage(context, since, page, removed);
    more = page.more;
    if (more) progress({ phase: 'changes', done: context.report.pulled, total: null });
    await context.breathe();
  }
  if (metaOf(db, DELETIONS_ALLOWED) !== undefined) dropMeta(db, DELETIONS_ALLOWED);
};
