import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the refusal, for the log. */
    fault: string | null;
  }
}

const STREAMS = ['/v1/sync/hints'];

/** One line of log and one measurement per answer: the route as it is declared, never the path that was asked for. */
export const observe = (app: FastifyInstance, metrics: Metrics): void => {
  app.decorateRequest('fault', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method, session, fault } = request;
    const status = reply.statusCode;
    // a stream lasts as long as the laptop listens
    if (!STREAMS.includes(route)) metrics.observe({ method, route, status }, reply.elapsedTime / 1_000);
    if (route.startsWith('/v1/auth/')) metrics.auth(fault ?? 'ok');
    request.log.info({
      method,
      route,
      status,
      ms: Math.round(reply.elapsedTime),
      ...(fault && { fault }),
      ...(session && { deviceId: session.deviceId }),
    });
  });
};
