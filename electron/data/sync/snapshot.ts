import { z } from 'zod';
import type { EntityName } from '#shared/domain/entities/index.ts';
import {
  PAGE_ROWS,
  SCHEMA,
  type SnapshotAnswer,
  snapshotAnswer,
  type WireRecord,
} from '#shared/sync/protocol.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';
import { type Applied, applyRecord, erase, markErased, nothingApplied, park } from './apply.ts';
import { dropMeta, keepCursor } from './connection.ts';
import type { RoundContext } from './context.ts';
import { noteEvent } from './events.ts';
import { SyncFault } from './fault.ts';
import { keepAuthors } from './history.ts';
import { guardDeletions, observe } from './pull.ts';
import { oweRebuild, payRebuild } from './rebuild.ts';
import { putRow, rowOf } from './rows.ts';
import { countVanishing, dropShadows, makeShadows, someVanishing, swapShadows } from './shadow.ts';
import { isKnownEntity, shapeData } from './shape.ts';
import { inTransaction } from './transaction.ts';

const STATE = 'sync.snapshot';
/** SQLite's number for flushing at checkpoints alone. */
const NORMAL = 1;
/** Beyond so many records facts and index are built once at the end, not with every page. */
const LARGE = 5_000;

const state = z.object({
  /** direct: into the tables · shadow: beside them, swapped at the end. */
  mode: z.enum(['direct', 'shadow']),
  from: z.string().nullable(),
  cursor: z.string().nullable(),
  done: z.number(),
  total: z.number(),
});
type State = z.infer<typeof state>;

const stateOf = (db: ReadableDb): State | null => {
  const value = metaOf(db, STATE);
  return value === undefined ? null : state.parse(JSON.parse(value));
};

const keepState = (db: WritableDb, next: State): void => setMeta(db, STATE, JSON.stringify(next));

/** Whether a snapshot was begun and not ended. */
export const isSnapshotOpen = (db: ReadableDb): boolean => stateOf(db) !== null;

const holdsServerRecords = (db: ReadableDb): boolean =>
  Object.values(codecs).some(
    ({ table }) =>
      read(db, `SELECT 1 FROM ${table} WHERE server_seq IS NOT NULL LIMIT 1`).get() !== undefined,
  );

const begin = (db: WritableDb): State => {
  const mode = holdsServerRecords(db) ? 'shadow' : 'direct';
  const fresh: State = { mode, from: null, cursor: null, done: 0, total: 0 };
  inTransaction(db, () => {
    if (mode === 'shadow') makeShadows(db);
    keepState(db, fresh);
  });
  return fresh;
};

const intoShadow = (db: WritableDb, record: WireRecord): void => {
  if (!isKnownEntity(record.entity)) {
    park(db, record);
    return;
  }
  const shaped = shapeData(record.entity, record.data);
  if (!shaped) park(db, record);
  else
    putRow(
      db,
      record.entity,
      record.id,
      {
        data: shaped.known,
        stamps: record.stamps,
        deleted: record.deleted,
        extra: shaped.extra,
        seq: record.seq,
      },
      'shadow_',
    );
};

/** A record into the tables without what is derived from it; one that is here already goes the way of a pull. */
const intoTables = (db: WritableDb, record: WireRecord, syncId: string): void => {
  const isNew = isKnownEntity(record.entity) && !rowOf(db, record.entity, record.id);
  const shaped = isNew && isKnownEntity(record.entity) ? shapeData(record.entity, record.data) : null;
  if (!shaped || !isKnownEntity(record.entity)) {
    applyRecord(db, record, syncId, nothingApplied());
    return;
  }
  putRow(db, record.entity, record.id, {
    data: shaped.known,
    stamps: record.stamps,
    deleted: record.deleted,
    extra: shaped.extra,
    seq: record.seq,
  });
};

const nextState = (before: State, page: SnapshotAnswer): State => ({
  ...before,
  from: page.next,
  cursor: before.cursor ?? page.cursor,
  done: before.done + page.records.length,
  total: page.total ?? before.total,
});

/** Takes in one page, with the place where the next one starts, in one transaction. */
const takePage = (context: RoundContext, before: State, page: SnapshotAnswer): State => {
  const after = nextState(before, page);
  return context.book.absorb((db) => {
    keepAuthors(db, page.authors);
    const applied = nothingApplied();
    const isPlain = after.mode === 'shadow' || (after.total > LARGE && page.phase !== 'today');
    for (const record of page.records) {
      if (after.mode === 'shadow') intoShadow(db, record);
      else if (isPlain) intoTables(db, record, context.syncId);
      else applyRecord(db, record, context.syncId, applied);
    }
    if (isPlain && after.mode === 'direct') oweRebuild(db);
    keepState(db, after);
    observe(
      context,
      page.records.flatMap(({ stamps }) => Object.values(stamps)),
    );
    return {
      value: after,
      // pages look again at the end of a phase, not with every thousand records
      mutations: isPlain
        ? page.records.length < PAGE_ROWS
          ? page.records.slice(0, 1).flatMap(sample)
          : []
        : applied.mutations,
      plain: isPlain,
    };
  });
};

/** Enough for the pages to look again. */
const sample = ({ entity, id }: WireRecord) =>
  isKnownEntity(entity)
    ? [{ entity, id, op: 'update' as const, fields: {}, before: null, base: {}, stamp: '', schemaVersion: 1 }]
    : [];

/**
 * Records the server has had from here and that the snapshot does not hold: they left the scope, or were removed, before this
 * laptop ever heard of them again. Customers go the way of every revoked one.
 */
const dropUnseen = (db: WritableDb, into: Applied): void => {
  // the snapshot is the whole scope, whatever an earlier page said; what it lacks is found below
  write(
    db,
    'DELETE FROM revoked_customer WHERE customer_id NOT IN (SELECT id FROM customer WHERE server_seq IS NULL)',
  ).run();
  for (const [entity, { table }] of Object.entries(codecs) as [EntityName, { table: string }][]) {
    const unseen = read<{ id: string; deleted: number; waits: number }>(
      db,
      `SELECT id, deleted, EXISTS (SELECT 1 FROM change c JOIN outbox o ON o.change_seq = c.seq WHERE c.record_id = t.id) AS waits
       FROM ${table} t WHERE server_seq IS NULL
         AND EXISTS (SELECT 1 FROM change c JOIN pushed p ON p.change_seq = c.seq WHERE c.record_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM parked k WHERE k.id = t.id)`,
    ).all();
    for (const { id, deleted, waits } of unseen) {
      // the purge of a customer waits for what is still to be sent
      if (entity === 'customer' && deleted === 0)
        write(db, 'INSERT OR IGNORE INTO revoked_customer (customer_id, seq) VALUES (?, 0)').run(id);
      else if (waits === 0) erase(entity, id, into);
    }
  }
};

const finish = (context: RoundContext, { mode, cursor, done }: State): void => {
  if (cursor === null) throw new SyncFault('no_answer');
  const at = context.now().toISOString();
  context.book.absorb((db) => {
    if (mode === 'shadow') {
      guardDeletions(db, countVanishing(db), () => someVanishing(db));
      swapShadows(db, context.syncId);
      oweRebuild(db);
    }
    const dropped = nothingApplied();
    dropUnseen(db, dropped);
    markErased(db, dropped);
    keepCursor(db, cursor);
    dropMeta(db, STATE);
    dropMeta(db, RESNAPSHOT);
    noteEvent(db, at, mode === 'shadow' ? 'resnapshot' : 'snapshot', { records: done });
    return {
      value: undefined,
      erase: dropped.erase,
      mutations: [
        ...dropped.mutations,
        {
          entity: 'customer',
          id: context.syncId,
          op: 'update',
          fields: {},
          before: null,
          base: {},
          stamp: '',
          schemaVersion: 1,
        },
      ],
    };
  });
};

/** Key that says that the server asked for a new snapshot. */
export const RESNAPSHOT = 'sync.resnapshot';

/** Forgets a snapshot that cannot go on. */
export const abandonSnapshot = (db: WritableDb): void =>
  inTransaction(db, () => {
    dropShadows(db);
    dropMeta(db, STATE);
  });

const ask = ({ book, server, signal, today }: RoundContext, from: string | null): Promise<SnapshotAnswer> =>
  server.call(
    {
      method: 'GET',
      path: '/v1/sync/snapshot',
      query: {
        clientId: book.clock.clientId,
        today: today(),
        schema: SCHEMA,
        ...(from !== null && { from }),
      },
    },
    snapshotAnswer,
    signal,
  );

/** Takes the whole scope, from where an interrupted one stopped. @throws SyncFault, ManyDeletions */
export const snapshotAll = async (context: RoundContext): Promise<void> => {
  const { db } = context;
  // A power cut costs at most the last pages, and the place to go on is lost with them. What is typed is in the journal.
  const usual = db.pragma('synchronous', { simple: true }) as number;
  if (usual > NORMAL) db.pragma(`synchronous = ${NORMAL}`);
  try {
    await takeAll(context);
  } finally {
    db.pragma(`synchronous = ${usual}`);
  }
};

const takeAll = async (context: RoundContext): Promise<void> => {
  const { db, progress } = context;
  let at = stateOf(db) ?? begin(db);
  const isOver = at.cursor !== null && at.from === null;
  let coming = isOver ? null : ask(context, at.from);
  while (coming) {
    const page: SnapshotAnswer = await coming;
    // the next page is on its way while this one is taken in
    coming = page.next === null ? null : ask(context, page.next);
    coming?.catch(() => undefined); // told when it is awaited
    at = takePage(context, at, page);
    progress({ phase: page.phase, done: at.done, total: Math.max(at.total, at.done) });
    context.report.pulled += page.records.length;
    await context.breathe();
  }
  finish(context, at);
  await payRebuild(db, context.breathe);
};
