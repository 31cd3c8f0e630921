import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashToken } from '../auth/secrets.ts';
import { isLoopback, type ServerConfig } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import { migrations } from '../migrations/index.ts';
import type { Database } from '../store/database.ts';
import { Fault } from './fault.ts';

const same = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(one)), Buffer.from(hashToken(other)));

/** Whether a proxy nobody told us of says that it asks for somebody else. */
const isForwarded = ({ headers }: FastifyRequest): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;

/** Metrics are read with their token; without one only from this computer, and never through a proxy. */
const mayReadMetrics = (request: FastifyRequest, { metricsToken, tlsProxy }: ServerConfig): boolean =>
  metricsToken === null
    ? tlsProxy === null && !isForwarded(request) && isLoopback(request.ip.replace(/^::ffff:/, ''))
    : same(request.headers.authorization ?? '', `Bearer ${metricsToken}`);

/** Whether the process lives, whether it can work, and its numbers. */
export const registerHealth = (
  app: FastifyInstance,
  { db, config, metrics }: { db: Database; config: ServerConfig; metrics: Metrics },
): void => {
  app.get('/healthz', () => ({ ok: true }));

  app.get('/readyz', async (request) => {
    const newest = migrations.at(-1)?.version ?? 0;
    const [row] = await db
      .query<{ version: number | null }>('SELECT max(version) AS version FROM schema_step')
      .catch((error: unknown) => {
        request.log.warn({ err: error });
        throw new Fault('unavailable', { detail: 'the database does not answer', retryAfter: 5 });
      });
    // A newer one was expanded for the program that is being rolled out: this one goes on until it is replaced.
    if ((row?.version ?? 0) < newest)
      throw new Fault('unavailable', {
        detail: `the database has schema ${row?.version ?? 0}, this program ${newest}`,
      });
    return { ok: true };
  });

  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, config)) throw new Fault('not_found');
    reply.type(metrics.contentType);
    return metrics.text();
  });
};
