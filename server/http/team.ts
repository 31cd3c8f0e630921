import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { z } from 'zod';
import type { Clock } from '#shared/sync/clock.ts';
import { handoverRequest, settleRequest } from '#shared/sync/team.ts';
import type { Database } from '../store/database.ts';
import type { Seal } from '../store/quarantine.ts';
import { listDevices, revokeDevice } from '../team/devices.ts';
import {
  cancelHandover,
  confirmHandover,
  createHandover,
  handoverItems,
  listHandovers,
} from '../team/handovers.ts';
import { overview } from '../team/overview.ts';
import { listQuarantine, settleQuarantine } from '../team/quarantine.ts';
import { Fault } from './fault.ts';

export interface TeamDeps {
  db: Database;
  clock: Clock;
  seal: Seal;
  now?: () => number;
  authenticate: preHandlerAsyncHookHandler;
}

interface Asker {
  by: string;
  bookId: string;
  isLeader: boolean;
  mayLook: boolean;
}

/** @throws Fault not_allowed for users without a book */
const askerOf = ({ session }: FastifyRequest): Asker => {
  if (!session) throw new Fault('unauthorized');
  if (session.bookId === null) throw new Fault('not_allowed', { detail: 'this user works in no book' });
  const isLeader = session.role === 'leader';
  return {
    by: session.accountId,
    bookId: session.bookId,
    isLeader,
    mayLook: isLeader || session.role === 'auditor',
  };
};

const allowed = (asker: Asker, what: 'isLeader' | 'mayLook'): Asker => {
  if (!asker[what]) throw new Fault('not_allowed', { detail: 'for team leaders' });
  return asker;
};

const idOf = (request: FastifyRequest): string => z.object({ id: z.uuid() }).parse(request.params).id;

/** The routes of a team: who works in it, what is in quarantine, customers that change hands, devices. */
export const registerTeam = (
  app: FastifyInstance,
  { db, clock, seal, now = Date.now, authenticate }: TeamDeps,
): void => {
  const guarded = { preHandler: authenticate };

  app.get('/v1/team/overview', guarded, async (request) => {
    const { bookId } = allowed(askerOf(request), 'mayLook');
    return { members: await overview(db, bookId) };
  });

  app.get('/v1/team/quarantine', guarded, async (request) => {
    const { bookId } = allowed(askerOf(request), 'mayLook');
    return { edits: await listQuarantine(db, seal, bookId) };
  });

  app.post('/v1/team/quarantine/:id/settle', guarded, async (request) => {
    const { bookId, by } = allowed(askerOf(request), 'isLeader');
    const { as } = settleRequest.parse(request.body);
    await db.transaction((sql) => settleQuarantine(sql, { bookId, by, as, id: idOf(request) }));
    return {};
  });

  app.get('/v1/team/handovers', guarded, async (request) => {
    const { bookId, by, mayLook } = askerOf(request);
    return { handovers: await listHandovers(db, bookId, mayLook ? null : by) };
  });

  app.post('/v1/team/handovers', guarded, async (request) => {
    const { bookId, by } = allowed(askerOf(request), 'isLeader');
    const wanted = handoverRequest.parse(request.body);
    await db.transaction((sql) => createHandover(sql, bookId, by, wanted));
    return {};
  });

  app.get('/v1/team/handovers/:id', guarded, async (request) => {
    const { bookId, by, mayLook } = askerOf(request);
    const at = new Date(now()).toISOString();
    return { items: await handoverItems(db, { bookId, by, isLeader: mayLook, id: idOf(request), at }) };
  });

  app.post('/v1/team/handovers/:id/confirm', guarded, async (request) => {
    const { bookId, by } = askerOf(request);
    const at = new Date(now()).toISOString();
    await db.transaction((sql) => confirmHandover(sql, { bookId, by, clock, at, id: idOf(request) }));
    return {};
  });

  app.post('/v1/team/handovers/:id/cancel', guarded, async (request) => {
    const { bookId, by, isLeader } = askerOf(request);
    await db.transaction((sql) => cancelHandover(sql, { bookId, by, isLeader, id: idOf(request) }));
    return {};
  });

  app.get('/v1/devices', guarded, async (request) => {
    const { by } = askerOf(request);
    return { devices: await listDevices(db, by) };
  });

  app.post('/v1/devices/:id/revoke', guarded, async (request) => {
    const { by, bookId, isLeader } = askerOf(request);
    await revokeDevice(db, { by, bookId, isLeader, id: idOf(request) });
    return {};
  });
};
