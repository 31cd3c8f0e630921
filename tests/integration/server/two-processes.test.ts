import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import type { PushAnswer, Tokens } from '../../../shared/sync/protocol.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import {
  addBook,
  addUser,
  ask,
  type ServerProcess,
  signIn,
  startServerProcess,
} from '../../support/server.ts';

let postgres: TestPostgres;
let db: Database;
let servers: [ServerProcess, ServerProcess];

beforeAll(async () => {
  postgres = await startPostgres();
  const start = () => startServerProcess({ databaseUrl: postgres.url });
  // both find an empty database at the same time
  servers = await Promise.all([start(), start()]);
  db = openPostgres(postgres.url);
}, 60_000);
afterAll(async () => {
  await db?.close();
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await postgres?.stop();
});

const urls = (): [string, string] => [servers[0].url, servers[1].url];
const member = async (bookId: string): Promise<string> => {
  const username = `user-${randomUUID()}`;
  await addUser(db, { username, bookId });
  return username;
};

it('give each other’s tokens the same answers', async () => {
  const [one, two] = urls();
  const username = await member(await addBook(db));
  const first = await signIn(one, username);
  expect((await ask(two, '/v1/sync/checksum', { token: first.accessToken })).status).toBe(200);
  const body = { deviceId: first.deviceId, refreshToken: first.refreshToken };
  const refreshed = await Promise.all(
    [one, two, one, two].map((url) => ask<Tokens>(url, '/v1/auth/refresh', { body })),
  );
  expect(refreshed.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(refreshed.map(({ body: { refreshToken } }) => refreshToken)).size).toBe(1);
  const next = { deviceId: first.deviceId, refreshToken: refreshed[0]?.body.refreshToken };
  expect((await ask(two, '/v1/auth/refresh', { body: next })).status).toBe(200);
  expect(await ask(one, '/v1/auth/refresh', { body })).toMatchObject({
    body: { error: { code: 'token_replayed' } },
  });
  expect(await ask(two, '/v1/sync/checksum', { token: first.accessToken })).toMatchObject({
    body: { error: { code: 'token_replayed' } },
  });
});

it('count wrong passwords together', async () => {
  const username = await member(await addBook(db));
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      ask(urls()[n % 2] as string, '/v1/auth/enroll', {
        body: { username, password: `${n}`, clientId: 'c', device: { name: 'x', platform: 'y' } },
      }),
    ),
  );
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(7);
});

it('cut a device off together', async () => {
  const [one, two] = urls();
  const { accessToken: token, deviceId } = await signIn(one, await member(await addBook(db)));
  expect((await ask(two, '/v1/sync/checksum', { token })).status).toBe(200);
  await db.query('UPDATE device SET revoked_at = now() WHERE id = $1', [deviceId]);
  for (const url of [one, two])
    expect(await ask(url, '/v1/sync/checksum', { token })).toMatchObject({
      status: 403,
      body: { error: { code: 'device_revoked' } },
    });
});

it('number the mutations of one book without a gap or a double', async () => {
  const bookId = await addBook(db);
  const laptops = await Promise.all(
    [0, 1, 2, 3].map(async () => {
      const laptop = await signIn(urls()[0], await member(bookId));
      await ask(urls()[0], '/v1/sync/handshake', {
        token: laptop.accessToken,
        body: { protocol: 1, schema: 1, clientId: laptop.clientId, appVersion: 't', waiting: 0 },
      });
      return laptop;
    }),
  );
  const mutationOf = (clientId: string, n: number) => ({
    n,
    entity: 'script',
    id: randomUUID(),
    op: 'create',
    fields: { title: `${n}`, createdAt: '2026-01-01T00:00:00.000Z' },
    before: null,
    base: {},
    stamp: `0abcdefgh-000${n}-${clientId}`,
    typedAt: '2026-01-01T00:00:00.000Z',
    schemaVersion: 1,
  });
  await Promise.all(
    laptops.map(async ({ accessToken: token, clientId }, place) => {
      for (let n = 1; n <= 5; n++) {
        const body = { clientId, schema: 1, stored: 0, mutations: [mutationOf(clientId, n)] };
        // the same push through both at once, as after an answer that was slow
        const answers = await Promise.all(
          urls().map((url) => ask<PushAnswer>(url, '/v1/sync/push', { token, body })),
        );
        expect([place, n, answers.map(({ body: { results } }) => results?.[0]?.status)]).toEqual([
          place,
          n,
          ['applied', 'applied'],
        ]);
      }
    }),
  );
  const records = await db.query<{ seq: number }>('SELECT seq FROM record WHERE book_id = $1 ORDER BY seq', [
    bookId,
  ]);
  const [book] = await db.query<{ seq: number }>('SELECT seq FROM book WHERE id = $1', [bookId]);
  expect(records).toHaveLength(20);
  expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(book?.seq).toBe(20);
});

it('serve on when the other one is killed', async () => {
  const [one, two] = urls();
  const { accessToken: token } = await signIn(one, await member(await addBook(db)));
  await servers[0].kill();
  expect((await ask(two, '/v1/sync/checksum', { token })).status).toBe(200);
  expect((await ask(two, '/readyz')).status).toBe(200);
});
