import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { syncErrorBody, tokens } from '#shared/sync/protocol.ts';
import type { Source } from '../import/source.ts';
import { UsageError } from './arguments.ts';

/** A running server that does what is asked. */
export interface Remote {
  run(name: string, input: Record<string, unknown>): Promise<unknown>;
  send(name: string, input: Record<string, unknown>, file: Source): Promise<unknown>;
  /** Leaves no device behind. */
  close(): Promise<void>;
}

const answerOf = async (asked: Promise<Response>, server: string): Promise<unknown> => {
  let response: Response;
  try {
    response = await asked;
  } catch (cause) {
    const why = (cause as { cause?: Error }).cause?.message ?? (cause as Error).message;
    throw new UsageError(`${server} cannot be reached: ${why}`);
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const refused = syncErrorBody.safeParse(body);
  if (!refused.success)
    throw new UsageError(`${server} answers ${response.status} and is no Visitbook server.`);
  const { code, detail, retryAfter } = refused.data.error;
  throw new UsageError(
    [`${server} refuses: ${code}`, detail, retryAfter !== undefined && `try again in ${retryAfter} s`]
      .filter(Boolean)
      .join('; '),
  );
};

const signIn = async (server: string, username: string, password: string) => {
  const request = {
    username,
    password,
    device: { name: 'admin command line', platform: process.platform },
    clientId: `admin-${randomUUID()}`,
  };
  const answer = await answerOf(
    fetch(new URL('/v1/auth/enroll', server), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    }),
    server,
  );
  return tokens.parse(answer);
};

const queryOf = (input: Record<string, unknown>): string =>
  new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)])).toString();

/** Reaches a running server, with a token or by signing in. @throws UsageError */
export const openRemote = async (
  server: string,
  access: { token: string } | { username: string; password: string },
): Promise<Remote> => {
  const signedIn = 'token' in access ? null : await signIn(server, access.username, access.password);
  const authorization = `Bearer ${'token' in access ? access.token : signedIn?.accessToken}`;
  const post = (path: string, type: string, body: BodyInit): Promise<unknown> =>
    answerOf(
      fetch(new URL(`/v1/admin/${path}`, server), {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body,
        duplex: 'half',
      } as RequestInit),
      server,
    );
  const run: Remote['run'] = (name, input) => post(name, 'application/json', JSON.stringify(input));
  return {
    run,
    send: (name, input, file) =>
      post(
        `${name}?${queryOf(input)}`,
        'text/csv',
        Readable.toWeb(Readable.from(file)) as unknown as BodyInit,
      ),
    async close() {
      if (signedIn) await run('revoke-device', { device: signedIn.deviceId });
    },
  };
};
