import { readFileSync } from 'node:fs';
import Fastify, { type FastifyInstance } from 'fastify';
import { createAccessTokens } from './auth/access.ts';
import { createGuards, guardBeforeBody } from './auth/authenticate.ts';
import { hashPassword } from './auth/password.ts';
import { hashCode, secretOf } from './auth/secrets.ts';
import { ConfigError, type ServerConfig } from './config.ts';
import { registerAdmin } from './http/admin.ts';
import { registerAttachments } from './http/attachments.ts';
import { registerAuth } from './http/auth.ts';
import { answerErrors, answerUnreadable } from './http/errors.ts';
import { registerHealth } from './http/health.ts';
import { createHints } from './http/hints.ts';
import { acceptJson } from './http/json.ts';
import { observe } from './http/observe.ts';
import { registerOpenApi } from './http/openapi.ts';
import { acceptPacked, createLimit, registerLimits, secureHeaders } from './http/security.ts';
import { registerSync } from './http/sync.ts';
import { registerTeam } from './http/team.ts';
import { type LogStream, logOptions } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createServerClock } from './store/clock.ts';
import type { Database } from './store/database.ts';
import { createQuarantine, createSeal } from './store/quarantine.ts';

export interface AppParts {
  /** Migrated. It is not closed with the application. */
  db: Database;
  config: ServerConfig;
  /** Where log lines go; standard output without it. */
  log?: LogStream;
  now?: () => number;
}

/** Bodies of routes that say nothing else. */
const COMMON_BYTES = 262_144;
/** A file over a slow line takes a while, and goes on where it was cut. */
const REQUEST_TIMEOUT_MS = 300_000;
const IDLE_MS = 50;

const pem = (file: string, variable: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new ConfigError(`${variable}: ${file} cannot be read. Check the path and the rights on the file.`, {
      cause,
    });
  }
};

const quarantineKey = async (db: Database, { quarantineKey: given }: ServerConfig): Promise<Buffer> =>
  given === null ? secretOf(db, 'quarantine') : Buffer.from(given, 'hex');

/** What hashes passwords and codes, for those who make users. */
export const secretsOf = ({ argon2 }: Pick<ServerConfig, 'argon2'>) => ({
  hashPassword: (password: string) => hashPassword(password, argon2),
  hashCode,
});

/** The application: every route on one database. It holds nothing in memory that another process would miss. */
export const createApp = async ({ db, config, log, now = Date.now }: AppParts): Promise<FastifyInstance> => {
  const { tls, tlsProxy } = config;
  const options = {
    ...logOptions(config.logLevel, log),
    bodyLimit: COMMON_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle' as const,
    frameworkErrors: answerUnreadable,
    ...(tlsProxy && { trustProxy: tlsProxy }),
  };
  // the type of a Fastify depends on its kind of server; nothing here does
  const app = (
    tls
      ? Fastify({
          ...options,
          https: {
            cert: pem(tls.cert, 'VISITBOOK_TLS_CERT'),
            key: pem(tls.key, 'VISITBOOK_TLS_KEY'),
            minVersion: 'TLSv1.2',
          },
        })
      : Fastify(options)
  ) as FastifyInstance;

  const hints = createHints(db, (error) => app.log.error({ err: error }));
  const metrics = createMetrics(() => hints.size);
  const access = createAccessTokens(db, now);
  app.decorateRequest('session', null);
  observe(app, metrics);
  secureHeaders(app, config);
  answerErrors(app);
  acceptJson(app);
  await acceptPacked(app);
  await registerLimits(app, config);
  const guards = createGuards({
    db,
    access,
    now,
    refreshDays: config.refreshDays,
    limit: createLimit(app, config.rates.device),
  });
  guardBeforeBody(app, guards);
  const clock = createServerClock(now);
  const seal = createSeal(await quarantineKey(db, config));

  registerHealth(app, { db, config, metrics });
  registerAuth(app, {
    db,
    access,
    now,
    argon2: config.argon2,
    refreshDays: config.refreshDays,
    serverName: config.name,
    signInRate: config.rates.signIn,
  });
  registerSync(app, {
    ...guards,
    db,
    clock,
    now,
    hints,
    leaseDays: config.leaseDays,
    quarantine: createQuarantine(seal),
    count: metrics.count,
  });
  registerAttachments(app, { db, authenticate: guards.authenticate });
  await registerAdmin(app, { db, clock, now, secrets: secretsOf(config), authenticate: guards.authenticate });
  registerTeam(app, { db, clock, seal, now, authenticate: guards.authenticate });
  registerOpenApi(app);
  app.addHook('preClose', async () => {
    hints.close();
    // connections that are kept open for a next request would keep the server from ending
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MS);
    app.server.once('close', () => clearInterval(idle));
  });
  return app;
};
