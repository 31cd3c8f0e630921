import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import type { z } from 'zod';
import {
  escrowRequest,
  handshakeRequest,
  MOST_BYTES,
  pullRequest,
  purgedRequest,
  pushRequest,
  snapshotRequest,
} from '#shared/sync/protocol.ts';
import type { Session } from '../auth/session.ts';
import { failPoint } from '../fail-points.ts';
import { checksum } from '../store/checksum.ts';
import { handshake } from '../store/handshake.ts';
import { pull } from '../store/pull.ts';
import { escrow, notePurged } from '../store/purge.ts';
import { type Pusher, push, type StoreParts } from '../store/push.ts';
import { snapshot } from '../store/snapshot.ts';
import { Fault } from './fault.ts';
import type { Hints } from './hints.ts';

export interface SyncDeps extends StoreParts {
  hints: Hints;
  leaseDays: number;
  /** Sets `request.session`, or refuses. */
  authenticate: preHandlerAsyncHookHandler;
  /** The same for a device that was cut off, by its last refresh token: for escrow alone. */
  authenticateRevoked: preHandlerAsyncHookHandler;
  /** Told of every push and pull, for the metrics. */
  count?(what: 'push' | 'refused' | 'merged' | 'pulled' | 'snapshot', amount: number): void;
}

/** The session of an authenticated request. */
const sessionOf = (request: FastifyRequest): Session => {
  if (!request.session) throw new Fault('unauthorized');
  return request.session;
};

/** @throws Fault not_allowed for users without a book. */
const pusherOf = (session: Session): Pusher => {
  const { bookId, accountId, deviceId, role } = session;
  if (bookId === null) throw new Fault('not_allowed', { detail: 'this user works in no book' });
  return { bookId, accountId, deviceId, role };
};

/** Reads a part of a request by its schema. @throws Fault invalid, naming the place */
const read = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('invalid', {
    detail: `${issue?.path.map(String).join('.')}: ${issue?.code}`.slice(0, 300),
  });
};

/** The routes of sync (docs/spec/sync.md). */
export const registerSync = (app: FastifyInstance, deps: SyncDeps): void => {
  const { db, now, hints } = deps;
  const count = deps.count ?? (() => undefined);
  const guarded = { preHandler: deps.authenticate, bodyLimit: MOST_BYTES };

  app.post('/v1/sync/handshake', guarded, (request) => {
    const session = sessionOf(request);
    return handshake(deps, session, pusherOf(session), read(handshakeRequest, request.body), deps.leaseDays);
  });

  app.post('/v1/sync/push', guarded, async (request) => {
    const pusher = pusherOf(sessionOf(request));
    const answer = await push(deps, pusher, read(pushRequest, request.body));
    failPoint('push.committed');
    count('push', answer.results.length);
    count('refused', answer.results.filter(({ status }) => status === 'refused').length);
    count('merged', answer.results.filter(({ status }) => status === 'merged').length);
    return answer;
  });

  app.get('/v1/sync/pull', guarded, async (request) => {
    const pusher = pusherOf(sessionOf(request));
    const answer = await pull(db, pusher, read(pullRequest, request.query), now);
    count('pulled', answer.records.length);
    return answer;
  });

  app.get('/v1/sync/snapshot', guarded, async (request, reply) => {
    const pusher = pusherOf(sessionOf(request));
    const { rows, json } = await snapshot(db, pusher, read(snapshotRequest, request.query), now);
    count('snapshot', rows);
    return reply.type('application/json; charset=utf-8').send(json);
  });

  app.get('/v1/sync/checksum', guarded, async (request) => {
    const answer = await checksum(db, pusherOf(sessionOf(request)));
    if (!answer) throw new Fault('unavailable', { detail: 'the book is being written', retryAfter: 5 });
    return answer;
  });

  app.post('/v1/sync/purged', guarded, async (request) => {
    const { bookId } = pusherOf(sessionOf(request));
    await notePurged(db, bookId, read(purgedRequest, request.body));
    return {};
  });

  app.post('/v1/sync/escrow', { ...guarded, preHandler: deps.authenticateRevoked }, async (request) => {
    await escrow(deps, pusherOf(sessionOf(request)), read(escrowRequest, request.body));
    return {};
  });

  app.get('/v1/sync/hints', { preHandler: deps.authenticate }, (request, reply) => {
    hints.add(pusherOf(sessionOf(request)).bookId, reply);
  });
};
