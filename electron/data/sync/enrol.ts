import type { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import { helloAnswer, PROTOCOL, tokens } from '#shared/sync/protocol.ts';
import type { WritableDb } from '../database/connection.ts';
import { connectionOf, keepConnection } from './connection.ts';
import { asShown, SyncFault } from './fault.ts';
import { send, type TransportTo, understand } from './server-client.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An address as a person types it: without a scheme it is https, on this computer http. @throws AppError invalid_input */
export const addressOf = (typed: string): string => {
  const wrong = new AppError('invalid_input', { fields: [{ path: 'url', rule: 'validation.format' }] });
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const host = typed.split(/[/:]/)[0] ?? '';
  let url: URL;
  try {
    url = new URL(hasScheme ? typed : `${LOOPBACK.includes(host) ? 'http' : 'https'}://${typed}`);
  } catch {
    throw wrong;
  }
  if (url.username || url.password || url.search || url.hash) throw wrong;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname)))
    throw wrong;
  return url.href.replace(/\/+$/, '');
};

/** Finds out whether a Visitbook server answers at an address. @throws AppError offline, not_a_server, client_too_old, … */
export const probe = async (
  transportTo: TransportTo,
  typed: string,
): Promise<{ url: string; name: string }> => {
  const url = addressOf(typed);
  const answer = await send(transportTo(url), { method: 'GET', path: '/v1/hello' }).catch((error) => {
    throw asShown(error);
  });
  const hello = helloAnswer.safeParse(answer.body);
  if (!hello.success) throw new AppError('not_a_server');
  const { protocol, name } = hello.data;
  if (protocol.min > PROTOCOL.max) throw new AppError('client_too_old');
  if (protocol.max < PROTOCOL.min) throw new AppError('server_too_old');
  return { url, name };
};

export interface Enrolment {
  url: string;
  username: string;
  password?: string | undefined;
  code?: string | undefined;
  deviceName: string;
  clientId: string;
}

/** Enrols this device and keeps the connection. @throws AppError */
export const enrol = async (
  db: WritableDb,
  transportTo: TransportTo,
  request: Enrolment,
): Promise<{ name: string }> => {
  const { url, name } = await probe(transportTo, request.url);
  const secret = request.password === undefined ? { code: request.code } : { password: request.password };
  const answer = await send(transportTo(url), {
    method: 'POST',
    path: '/v1/auth/enroll',
    body: {
      username: request.username,
      ...secret,
      device: { name: request.deviceName, platform: process.platform },
      clientId: request.clientId,
    },
  }).catch((error) => {
    throw asShown(error);
  });
  let given: z.output<typeof tokens>;
  try {
    given = understand(answer, tokens);
  } catch (error) {
    if (error instanceof SyncFault && error.code === 'no_answer') throw new AppError('server_fault');
    throw asShown(error);
  }
  const before = connectionOf(db);
  keepConnection(db, {
    url,
    serverName: name,
    username: request.username,
    deviceName: request.deviceName,
    deviceId: given.deviceId,
    refreshToken: given.refreshToken,
    signedIn: true,
    user: before?.user ?? null,
    bookName: before?.bookName ?? null,
    scope: before?.scope ?? null,
    lease: before?.lease ?? null,
    lastSyncAt: before?.lastSyncAt ?? null,
  });
  return { name };
};
