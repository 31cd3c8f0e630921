import type { z } from 'zod';
import { tokens } from '#shared/sync/protocol.ts';
import type { WritableDb } from '../database/connection.ts';
import { type Connection, connectionOf, updateConnection } from './connection.ts';
import { faultOf, SyncFault } from './fault.ts';
import type { Transport, WireAnswer, WireRequest } from './transport.ts';

export type TransportTo = (url: string) => Transport;

/** Asks the server of this book. Refreshes the access token when it has ended. */
export interface ServerClient {
  /** An answer parsed by its schema. @throws SyncFault; `no_answer` also for an answer the schema does not know */
  call<Schema extends z.ZodType>(
    request: WireRequest,
    schema: Schema,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>>;
  /** The plain answer, whatever its status but 401; for transfers of bytes. @throws SyncFault no_answer */
  raw(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer>;
  /** A valid access token, for streams. */
  token(): Promise<string>;
}

/** Answers end this long before the server says, so that no request starts with a token that ends on its way. */
const MARGIN_MS = 30_000;

/** @throws SyncFault no_answer */
export const send = async (
  transport: Transport,
  request: WireRequest,
  signal?: AbortSignal,
): Promise<WireAnswer> => {
  try {
    return await transport(request, signal ? { signal } : {});
  } catch (error) {
    throw new SyncFault('no_answer', {}, error);
  }
};

/** The body of a good answer, by its schema. @throws SyncFault */
export const understand = <Schema extends z.ZodType>(
  answer: WireAnswer,
  schema: Schema,
): z.output<Schema> => {
  if (answer.status < 200 || answer.status > 299) throw faultOf(answer.body);
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw new SyncFault('no_answer', {}, parsed.error);
  return parsed.data;
};

export const createServerClient = (
  db: WritableDb,
  transportTo: TransportTo,
  now: () => number = Date.now,
): ServerClient => {
  let access: { token: string; until: number; deviceId: string } | null = null;
  let refreshing: Promise<string> | null = null;

  const connected = (): Connection => {
    const connection = connectionOf(db);
    if (!connection?.signedIn) throw new SyncFault('unauthorized');
    return connection;
  };

  const refresh = async ({ url, deviceId, refreshToken }: Connection): Promise<string> => {
    const answer = await send(transportTo(url), {
      method: 'POST',
      path: '/v1/auth/refresh',
      body: { deviceId, refreshToken },
    });
    const fresh = understand(answer, tokens);
    updateConnection(db, { refreshToken: fresh.refreshToken });
    access = { token: fresh.accessToken, until: now() + fresh.expiresIn * 1_000 - MARGIN_MS, deviceId };
    return access.token;
  };

  const token = async (): Promise<string> => {
    const connection = connected();
    if (access && access.deviceId === connection.deviceId && now() < access.until) return access.token;
    refreshing ??= refresh(connection).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  const raw = async (request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> => {
    const { url } = connected();
    const ask = async (): Promise<WireAnswer> =>
      send(
        transportTo(url),
        { ...request, headers: { ...request.headers, authorization: `Bearer ${await token()}` } },
        signal,
      );
    const first = await ask();
    if (first.status !== 401) return first;
    access = null;
    return ask();
  };

  return {
    raw,
    token,
    call: async (request, schema, signal) => understand(await raw(request, signal), schema),
  };
};
