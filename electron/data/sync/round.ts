import { v7 as uuid } from 'uuid';
import { CLOCK_OFF_MS, handshakeAnswer, PROTOCOL, SCHEMA } from '#shared/sync/protocol.ts';
import { CLOCK_OFFSET, metaOf, setMeta } from '../database/recovery/meta.ts';
import { adoptNewFields } from './adopt.ts';
import { holdsTheSame } from './checksum.ts';
import { cursorOf, updateConnection } from './connection.ts';
import { emptyReport, type RoundContext, type RoundReport } from './context.ts';
import { noteEvent } from './events.ts';
import { SyncFault } from './fault.ts';
import { align, countWaiting } from './outbox.ts';
import type { EngineParts } from './parts.ts';
import { pullAll } from './pull.ts';
import { purgeRevoked } from './purge.ts';
import { pushAll } from './push.ts';
import { payRebuild } from './rebuild.ts';
import { abandonSnapshot, isSnapshotOpen, RESNAPSHOT, snapshotAll } from './snapshot.ts';
import { inTransaction } from './transaction.ts';

/** What a round may do besides its own work. */
export type RoundParts = Pick<
  EngineParts,
  'book' | 'server' | 'now' | 'today' | 'appVersion' | 'attachments'
> &
  Pick<RoundContext, 'progress' | 'breathe' | 'signal'>;

/** Greets the server and measures how far apart the clocks are. */
const greet = async (parts: RoundParts): Promise<RoundContext['handshake']> => {
  const { book, server, now, appVersion, signal } = parts;
  const db = book.writable;
  const sentAt = now().getTime();
  const answer = await server.call(
    {
      method: 'POST',
      path: '/v1/sync/handshake',
      body: {
        protocol: PROTOCOL.max,
        schema: SCHEMA,
        clientId: book.clock.clientId,
        appVersion,
        waiting: countWaiting(db),
      },
    },
    handshakeAnswer,
    signal,
  );
  const middle = (sentAt + now().getTime()) / 2;
  const offset = Math.round(Date.parse(answer.time) - middle);
  // small differences are the network's
  const correction = Math.abs(offset) > 1_000 ? offset : 0;
  book.clock.adjust(correction);
  inTransaction(db, () => {
    setMeta(db, CLOCK_OFFSET, String(correction));
    updateConnection(db, {
      user: answer.user,
      bookName: answer.book.name,
      scope: answer.scope,
      lease: { at: now().toISOString(), days: answer.leaseDays },
    });
  });
  return answer;
};

/** How far the computer's clock is ahead, once it is worth saying; null otherwise. */
export const clockOffOf = (db: RoundContext['db']): number | null => {
  const ahead = -Number(metaOf(db, CLOCK_OFFSET) ?? 0);
  return Math.abs(ahead) > CLOCK_OFF_MS ? ahead : null;
};

/** Brings the numbers of the outbox in line with what the server knows. */
const alignOutbox = ({ book, db, handshake, now }: RoundContext): void => {
  const cursor = cursorOf(db);
  const otherHistory = cursor !== null && !cursor.startsWith(`${handshake.epoch}.`);
  const again = inTransaction(db, () =>
    align(db, { clientId: book.clock.clientId, lastN: handshake.lastN, otherHistory }),
  );
  if (again > 0 || otherHistory) noteEvent(db, now().toISOString(), 'restoredServer', { changes: again });
  if (otherHistory) setMeta(db, RESNAPSHOT, '1');
};

const needsSnapshot = ({ db }: RoundContext): boolean =>
  cursorOf(db) === null || metaOf(db, RESNAPSHOT) !== undefined || isSnapshotOpen(db);

/** Snapshot where one is due, then everything after it. The server may ask for a snapshot once more in between. */
const fetchAll = async (context: RoundContext): Promise<void> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      if (needsSnapshot(context)) await snapshotAll(context);
      await pullAll(context);
      return;
    } catch (error) {
      if (!(error instanceof SyncFault) || error.code !== 'resnapshot' || attempt > 0) throw error;
      abandonSnapshot(context.db);
      setMeta(context.db, RESNAPSHOT, '1');
    }
  }
};

const pushWithGap = async (context: RoundContext): Promise<void> => {
  try {
    await pushAll(context);
  } catch (error) {
    if (!(error instanceof SyncFault) || error.code !== 'gap') throw error;
    const lastN = (error.extra.expected ?? 1) - 1;
    inTransaction(context.db, () =>
      align(context.db, { clientId: context.book.clock.clientId, lastN, otherHistory: false }),
    );
    await pushAll(context);
  }
};

const counts = (report: RoundReport): Record<string, number> => ({ ...report });

/** One round of sync: greet, push, fetch, purge, transfer files, compare. @throws SyncFault, ManyDeletions */
export const runRound = async (parts: RoundParts): Promise<RoundReport> => {
  const { book, server, now } = parts;
  const db = book.writable;
  const context: RoundContext = {
    ...parts,
    db,
    handshake: await greet(parts),
    syncId: uuid(),
    report: emptyReport(),
  };
  adoptNewFields(context);
  await payRebuild(db, context.breathe);
  alignOutbox(context);
  await pushWithGap(context);
  await fetchAll(context);
  await purgeRevoked(context, parts.attachments.purge);
  // edits that were waiting for a customer who was taken away have to go first
  if (countWaiting(db) > 0) await pushWithGap(context);
  await purgeRevoked(context, parts.attachments.purge);
  await parts.attachments.sync(server, parts.signal);
  if (!(await holdsTheSame(context))) {
    setMeta(db, RESNAPSHOT, '1');
    await fetchAll(context);
  }
  const at = now().toISOString();
  const { report } = context;
  inTransaction(db, () => {
    updateConnection(db, { lastSyncAt: at });
    if (report.pushed + report.refused + report.pulled + report.purged > 0)
      noteEvent(db, at, 'round', counts(report));
  });
  return report;
};
