import type { FastifyInstance } from 'fastify';
import { enrollRequest, PROTOCOL, refreshRequest, SCHEMA } from '#shared/sync/protocol.ts';
import { type AccountParts, enroll, refresh } from '../auth/enroll.ts';
import { OLDEST_SCHEMA } from '../store/handshake.ts';
import { createLimit, networkOf } from './security.ts';

/** Names, a password and a token; nothing here is larger. */
const SMALL = { bodyLimit: 16_384, compress: false } as const;

export interface AuthDeps extends AccountParts {
  /** What the laptops show as the server's name. */
  serverName: string;
  /** Sign-ins one address may try in a minute. */
  signInRate: number;
}

/** Who this is, and how a device gets its tokens (docs/spec/sync.md, Connecting). */
export const registerAuth = (app: FastifyInstance, deps: AuthDeps): void => {
  const { now = Date.now } = deps;
  const signIns = createLimit(app, deps.signInRate);

  app.get('/v1/hello', () => ({
    name: deps.serverName,
    product: 'visitbook' as const,
    protocol: PROTOCOL,
    schema: { min: OLDEST_SCHEMA, max: SCHEMA },
    time: new Date(now()).toISOString(),
  }));

  app.post('/v1/auth/enroll', SMALL, async (request) => {
    await signIns(request, networkOf(request.ip));
    return enroll(deps, enrollRequest.parse(request.body));
  });

  app.post('/v1/auth/refresh', SMALL, (request) => refresh(deps, refreshRequest.parse(request.body)));
};
