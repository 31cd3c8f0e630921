import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { z } from 'zod';
import type { UserRole } from '#shared/domain/entities/team.ts';
import { Fault } from '../http/fault.ts';
import type { Database } from '../store/database.ts';
import type { AccessTokens } from './access.ts';
import { admitRevoked, refuseCutOff } from './refresh.ts';
import type { Session } from './session.ts';

/** What follows the scheme in the authorization header. @throws Fault unauthorized */
const credentialsOf = ({ headers }: FastifyRequest, scheme: string): string => {
  const [given, credentials, ...rest] = (headers.authorization ?? '').split(' ');
  if (given?.toLowerCase() !== scheme || !credentials || rest.length > 0 || credentials.length > 4_000)
    throw new Fault('unauthorized');
  return credentials;
};

interface SessionRow extends Session {
  revoked_at: string | null;
  active: boolean;
  ended_at: string | null;
  used_at: string | null;
}

const SESSION = `a.id AS "accountId", a.username, a.name, a.role, a.book_id AS "bookId", d.id AS "deviceId"`;

export interface Guards {
  /** Sets `request.session` by an access token, or refuses. */
  authenticate: preHandlerAsyncHookHandler;
  /** The same for a device or user that was cut off, by `Refresh <deviceId>.<last refresh token>`: for escrow alone. */
  authenticateRevoked: preHandlerAsyncHookHandler;
}

export interface GuardParts {
  db: Database;
  access: AccessTokens;
  refreshDays: number;
  now?: () => number;
  /** Refuses a device that asks too often. */
  limit?(request: FastifyRequest, deviceId: string): Promise<void>;
}

/** The two ways in. Every call looks at the database: what was cut off is refused at once, by every server. */
export const createGuards = ({ db, access, refreshDays, now = Date.now, limit }: GuardParts): Guards => ({
  async authenticate(request) {
    const claims = await access.verify(credentialsOf(request, 'bearer'));
    await limit?.(request, claims.deviceId);
    const [row] = await db.query<SessionRow>(
      `SELECT ${SESSION}, d.revoked_at, a.active, t.ended_at, t.used_at
       FROM device d JOIN account a ON a.id = d.account_id
       JOIN refresh_token t ON t.device_id = d.id AND t.token_hash = $3
       WHERE d.id = $1 AND a.id = $2`,
      [claims.deviceId, claims.accountId, claims.tokenHash],
    );
    if (!row) throw new Fault('unauthorized');
    refuseCutOff(row);
    if (row.ended_at !== null) throw new Fault('token_replayed');
    const { revoked_at: _r, active: _a, ended_at: _e, used_at, ...session } = row;
    if (used_at === null) {
      const at = new Date(now()).toISOString();
      await db.query('UPDATE refresh_token SET used_at = coalesce(used_at, $2) WHERE token_hash = $1', [
        claims.tokenHash,
        at,
      ]);
      await db.query('UPDATE device SET last_seen_at = $2 WHERE id = $1', [session.deviceId, at]);
    }
    request.session = session;
  },

  async authenticateRevoked(request) {
    const [device = '', ...token] = credentialsOf(request, 'refresh').split('.');
    const deviceId = z.uuid().safeParse(device);
    if (!deviceId.success) throw new Fault('unauthorized');
    await limit?.(request, deviceId.data);
    await admitRevoked(db, deviceId.data, token.join('.'), { now: now(), days: refreshDays });
    const [session] = await db.query<Session>(
      `SELECT ${SESSION} FROM device d JOIN account a ON a.id = d.account_id WHERE d.id = $1`,
      [deviceId.data],
    );
    if (!session) throw new Fault('unauthorized');
    request.session = session;
  },
});

/** Lets these roles in, after `authenticate`. @throws Fault not_allowed */
export const requireRole =
  (...roles: UserRole[]): preHandlerAsyncHookHandler =>
  async ({ session }) => {
    if (!session) throw new Fault('unauthorized');
    if (!roles.includes(session.role)) throw new Fault('not_allowed');
  };

/** Asks who it is before the body is read: nobody unknown makes us unpack and parse megabytes. Call before the routes. */
export const guardBeforeBody = (app: FastifyInstance, guards: Guards): void => {
  app.addHook('onRoute', (route) => {
    const guard = Object.values(guards).find((known) => known === route.preHandler);
    if (!guard) return;
    route.onRequest = guard as typeof route.onRequest;
    delete route.preHandler;
  });
};
