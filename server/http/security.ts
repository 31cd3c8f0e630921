import { isIP } from 'node:net';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { Fault } from './fault.ts';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};
const TWO_YEARS_S = 63_072_000;
/** Fast enough for pages of a megabyte; the best a program can do takes seconds. */
const BROTLI_QUALITY = 4;

/** Headers of every answer; a route may set its own cache-control. */
export const secureHeaders = (app: FastifyInstance, { tls, tlsProxy }: ServerConfig): void => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
    if (tls || tlsProxy) reply.header('strict-transport-security', `max-age=${TWO_YEARS_S}`);
  });
};

/** Packed bodies both ways. The limit of a body counts what is unpacked. */
export const acceptPacked = async (app: FastifyInstance): Promise<void> => {
  await app.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    requestEncodings: ['gzip', 'br'],
    threshold: 1_024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    onInvalidRequestPayload: () => new Fault('invalid', { detail: 'content-encoding: cannot be unpacked' }),
    onUnsupportedRequestEncoding: () => new Fault('invalid', { detail: 'content-encoding: gzip or br' }),
  });
};

/** Refuses when a key was seen too often this minute. Each process counts for itself. */
export type Limit = (request: FastifyRequest, key: string) => Promise<void>;

/** Limits of requests; call after `registerLimits`. */
export const createLimit = (app: FastifyInstance, max: number): Limit => {
  const keys = new WeakMap<FastifyRequest, string>();
  const check = app.createRateLimit({
    max,
    timeWindow: 60_000,
    keyGenerator: (request) => keys.get(request) ?? request.ip,
  });
  return async (request, key) => {
    keys.set(request, key);
    const result = await check(request);
    if (!result.isAllowed && result.isExceeded)
      throw new Fault('rate_limited', { retryAfter: Math.max(1, result.ttlInSeconds) });
  };
};

/** The address, or of IPv6 the network of 64 bits: one computer has all the addresses in it. */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6 || address.startsWith('::ffff:')) return address;
  const [before = '', after = ''] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = after.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(8 - head.length - tail.length).fill('0') : [];
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
};

/** Limits what one address asks for. */
export const registerLimits = async (app: FastifyInstance, { rates }: ServerConfig): Promise<void> => {
  await app.register(fastifyRateLimit, { global: false });
  const perAddress = createLimit(app, rates.address);
  app.addHook('onRequest', (request) => perAddress(request, networkOf(request.ip)));
};
