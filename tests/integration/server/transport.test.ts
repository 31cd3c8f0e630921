import { randomBytes, randomUUID } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGE_ROWS, type Tokens } from '../../../shared/sync/protocol.ts';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  TEST_PASSWORD,
  type TestServer,
} from '../../support/server.ts';

let server: TestServer;
let bookId: string;
let user: Tokens & { clientId: string };
const username = 'manager';

beforeAll(async () => {
  server = await startServer();
  bookId = await addBook(server.db);
  await addUser(server.db, { username, bookId });
  user = await signIn(server.url, username);
  const { status } = await ask(server.url, '/v1/sync/handshake', {
    token: user.accessToken,
    body: { protocol: 1, schema: 1, clientId: user.clientId, appVersion: 't', waiting: 0 },
  });
  expect(status).toBe(200);
});
afterAll(() => server.stop());

const post = (route: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(server.url, route, { token: user.accessToken, body, headers });
const push = (body: unknown, headers: Record<string, string> = {}) => post('/v1/sync/push', body, headers);
const refused = (code: string, status: number) => ({ status, body: { error: { code } } });
const invalid = refused('invalid', 400);
const tooLarge = refused('too_large', 413);

const mutation = (changes: object = {}) => ({
  n: 1,
  entity: 'customer',
  id: randomUUID(),
  op: 'create',
  fields: { name: 'a' },
  before: null,
  base: {},
  stamp: `0abcdefgh-0000-${user.clientId}`,
  typedAt: '2026-01-01T00:00:00.000Z',
  schemaVersion: 1,
  ...changes,
});
const pushOf = (mutations: unknown[], changes: object = {}) => ({
  clientId: user.clientId,
  schema: 1,
  stored: 0,
  mutations,
  ...changes,
});

describe('bodies', () => {
  it('are refused when they are too large, also where nobody signed in', async () => {
    const huge = `{"a":"${'x'.repeat(9_000_000)}"}`;
    expect(await push(huge)).toMatchObject(tooLarge);
    // who nobody knows is not read
    expect(await ask(server.url, '/v1/sync/push', { body: huge })).toMatchObject(
      refused('unauthorized', 401),
    );
    expect(await ask(server.url, '/v1/sync/escrow', { body: huge })).toMatchObject(
      refused('unauthorized', 401),
    );
    expect(
      await ask(server.url, '/v1/auth/enroll', { body: { username: 'x'.repeat(20_000) } }),
    ).toMatchObject(tooLarge);
  });

  it('are refused when they unpack to something too large', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20));
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    expect(await push(bomb, { 'content-encoding': 'gzip' })).toMatchObject(tooLarge);
    const packed = brotliCompressSync(Buffer.alloc(50_000_000, 0x20));
    expect(await push(packed, { 'content-encoding': 'br' })).toMatchObject(tooLarge);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('are read packed by gzip and brotli', async () => {
    const body = JSON.stringify(pushOf([mutation({ entity: 'nothing' })]));
    for (const [encoding, packed] of [
      ['gzip', gzipSync(body)],
      ['br', brotliCompressSync(body)],
    ] as const)
      expect((await push(packed, { 'content-encoding': encoding })).status).toBe(200);
  });

  it('are refused when they cannot be unpacked', async () => {
    expect(await push(randomBytes(100), { 'content-encoding': 'gzip' })).toMatchObject(invalid);
    expect(await push(gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' })).toMatchObject(invalid);
    expect(await push('{}', { 'content-encoding': 'zstd' })).toMatchObject(invalid);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/xml',
    '',
  ])('are refused as %s', async (type) => {
    expect(await push('{}', { 'content-type': type })).toMatchObject(invalid);
  });

  it('are refused when they are nested deeply', async () => {
    expect(await push(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toMatchObject(invalid);
    expect(await push(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)).toMatchObject(invalid);
  });

  it.each(['', '{', 'null', '[]', '"x"', '1e999', '{"a":1}{"b":2}', '\u0000'])(
    'are refused when they say %j',
    async (text) => {
      expect(await push(text)).toMatchObject(invalid);
    },
  );

  it('hold no more mutations than a page', async () => {
    const many = Array.from({ length: PAGE_ROWS + 1 }, (_, index) => mutation({ n: index + 1 }));
    expect(await push(pushOf(many))).toMatchObject(invalid);
  });
});

describe('prototypes', () => {
  const payloads = [
    '{"__proto__":{"role":"administrator"}}',
    '{"constructor":{"prototype":{"role":"administrator"}}}',
  ];
  it.each(payloads)('cannot be reached by %s, at any depth', async (payload) => {
    const place = (text: string) => text.replace('"HERE"', payload);
    expect(await push(payload)).toMatchObject(invalid);
    expect(await push(place(JSON.stringify(pushOf(['HERE']))))).toMatchObject(invalid);
    expect(await push(place(JSON.stringify(pushOf([mutation({ fields: 'HERE' })]))))).toMatchObject(invalid);
    expect(await push(place(JSON.stringify(pushOf([mutation({ fields: { tags: 'HERE' } })]))))).toMatchObject(
      invalid,
    );
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it.each(['constructor', 'prototype', 'toString', '__proto__', 'valueOf'])(
    'are no name of an entity or field: %s',
    async (name) => {
      expect(await push(pushOf([mutation({ entity: name })]))).toMatchObject(invalid);
      const text = JSON.stringify(pushOf([mutation({ fields: { HERE: 1 } })]));
      expect(await push(text.replace('HERE', name))).toMatchObject(invalid);
      const stamped = JSON.stringify(pushOf([mutation({ base: { HERE: '' } })]));
      expect(await push(stamped.replace('HERE', name))).toMatchObject(invalid);
    },
  );
});

describe('hostile values', () => {
  const HOSTILE = [
    `'; DROP TABLE account; --`,
    `" OR 1=1 --`,
    `\u0000`,
    '$1',
    '../../etc/passwd',
    { $gt: '' },
    ["x'; --"],
    -1,
    1e300,
    2 ** 53,
    null,
    true,
    'x'.repeat(5_000),
  ];
  /** Every request with good values; each of its fields is made hostile in turn. */
  const requests = (): [string, Record<string, unknown>][] => [
    [
      '/v1/auth/enroll',
      { username, password: TEST_PASSWORD, clientId: 'c', device: { name: 'laptop', platform: 'linux' } },
    ],
    ['/v1/auth/refresh', { deviceId: randomUUID(), refreshToken: 'x' }],
    ['/v1/sync/handshake', { protocol: 1, schema: 1, clientId: user.clientId, appVersion: 't', waiting: 0 }],
    ['/v1/sync/push', pushOf([mutation({ n: 2 })])],
    ['/v1/sync/purged', { clientId: user.clientId, purged: [{ customerId: randomUUID(), records: 1 }] }],
  ];
  /** Copies of a value with one leaf, or branch, replaced. */
  const replaced = function* (value: unknown, by: unknown): Generator<unknown> {
    if (value === null || typeof value !== 'object') return;
    for (const [name, inner] of Object.entries(value)) {
      const copy = (changed: unknown) =>
        Array.isArray(value)
          ? value.map((item, index) => (String(index) === name ? changed : item))
          : { ...value, [name]: changed };
      yield copy(by);
      for (const changed of replaced(inner, by)) yield copy(changed);
    }
  };

  it('break nothing and are never told back, in any field of any body', async () => {
    let asked = 0;
    for (const hostile of HOSTILE)
      for (const [route, good] of requests())
        for (const body of replaced(good, hostile)) {
          const answer = await post(route, body);
          asked++;
          expect([route, body, answer.status < 500 && answer.status !== 404]).toEqual([route, body, true]);
          if (answer.status !== 200 && typeof hostile === 'string' && hostile.length > 3)
            expect(JSON.stringify(answer.body)).not.toContain(hostile);
        }
    expect(asked).toBeGreaterThan(300);
    const [row] = await server.db.query<{ count: number }>('SELECT count(*) AS count FROM account');
    expect(row?.count).toBe(1);
  });

  it('break nothing in queries and paths', async () => {
    for (const hostile of HOSTILE.filter((value) => typeof value === 'string')) {
      const value = encodeURIComponent(hostile);
      for (const route of [
        `/v1/sync/pull?clientId=${value}&since=a.0.0&schema=1`,
        `/v1/sync/pull?clientId=${user.clientId}&since=${value}&schema=1`,
        `/v1/sync/pull?clientId=${user.clientId}&since=a.0.0&schema=${value}`,
        `/v1/sync/pull?clientId=a&clientId=b&since[]=1&schema=1`,
        `/v1/sync/snapshot?clientId=${user.clientId}&today=${value}&schema=1`,
        `/v1/sync/snapshot?clientId=${user.clientId}&today=2026-01-01&from=${value}&schema=1`,
        `/v1/attachments/${value.slice(0, 100)}`,
        `/v1/attachments/tus/${value.slice(0, 100)}`,
        `/${value}`,
      ]) {
        const answer = await ask(server.url, route, { token: user.accessToken });
        expect([route, answer.status >= 400 && answer.status < 500]).toEqual([route, true]);
        if (hostile.length > 3) expect(JSON.stringify(answer.body)).not.toContain(hostile);
      }
    }
  });

  it('are kept as they were typed where they are text', async () => {
    const name = `Robert'); DROP TABLE record; -- $1 {"a":1} \\`;
    const fresh = await signIn(server.url, username);
    const id = randomUUID();
    const sent = await ask<{ results: { status: string }[] }>(server.url, '/v1/sync/push', {
      token: fresh.accessToken,
      body: {
        clientId: fresh.clientId,
        schema: 1,
        stored: 0,
        mutations: [
          mutation({
            id,
            stamp: `0abcdefgh-0000-${fresh.clientId}`,
            entity: 'script',
            fields: {
              title: name,
              createdAt: '2026-01-01T00:00:00.000Z',
            },
          }),
        ],
      },
    });
    expect(sent.body.results?.[0]?.status).toBe('applied');
    const [row] = await server.db.query<{ data: { title: string } }>(
      'SELECT data FROM record WHERE id = $1',
      [id],
    );
    expect(row?.data.title).toBe(name);
  });
});

describe('others', () => {
  it("see nothing of another user's book", async () => {
    const other = await addBook(server.db);
    await addUser(server.db, { username: 'stranger', bookId: other, role: 'leader' });
    const stranger = await signIn(server.url, 'stranger');
    const token = stranger.accessToken;
    const [book] = await server.db.query<{ epoch: string }>('SELECT epoch FROM book WHERE id = $1', [bookId]);
    const theirs = await ask(
      server.url,
      `/v1/sync/pull?clientId=${stranger.clientId}&since=${book?.epoch}.0.0&schema=1`,
      {
        token,
      },
    );
    expect(theirs).toMatchObject(refused('resnapshot', 409));
    const snapshot = await ask<{ records: unknown[] }>(
      server.url,
      `/v1/sync/snapshot?clientId=${stranger.clientId}&today=2026-01-01&schema=1`,
      { token },
    );
    expect(snapshot.body.records).toEqual([]);
  });

  it('cannot use the client id of somebody in their book', async () => {
    await addUser(server.db, { username: 'colleague', bookId });
    const { accessToken: token } = await signIn(server.url, 'colleague');
    const answer = await ask(server.url, '/v1/sync/push', { token, body: pushOf([mutation({ n: 3 })]) });
    expect(answer).toMatchObject(refused('foreign_client', 403));
  });

  it('administer nothing unless they are administrators', async () => {
    await addUser(server.db, { username: 'leader', bookId, role: 'leader' });
    await addUser(server.db, { username: 'auditor', bookId, role: 'auditor' });
    await addUser(server.db, { username: 'admin', role: 'administrator' });
    const list = async (name: string) => {
      const { accessToken: token } = await signIn(server.url, name);
      return ask(server.url, '/v1/admin/list-users', { token, body: {} });
    };
    for (const name of [username, 'leader', 'auditor'])
      expect(await list(name)).toMatchObject(refused('not_allowed', 403));
    expect((await list('admin')).status).toBe(200);
    expect(await ask(server.url, '/v1/admin/list-users', { body: {} })).toMatchObject(
      refused('unauthorized', 401),
    );
  });

  it('who work in no book sync nothing', async () => {
    await addUser(server.db, { username: 'admin2', role: 'administrator' });
    const { accessToken: token } = await signIn(server.url, 'admin2');
    expect(await ask(server.url, '/v1/sync/checksum', { token })).toMatchObject(refused('not_allowed', 403));
  });
});

describe('answers', () => {
  it('carry the headers that keep a browser out, and no trace of what made them', async () => {
    for (const route of ['/v1/hello', '/nothing', '/v1/sync/checksum']) {
      const { headers } = await ask(server.url, route);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    }
  });

  it.each(['br', 'gzip'])('are packed by %s when they are large, but those with tokens', async (encoding) => {
    const headers = { 'accept-encoding': encoding };
    const large = await ask(server.url, '/v1/openapi.json', { headers });
    expect(large.headers.get('content-encoding')).toBe(encoding);
    expect(large.body).toHaveProperty('openapi');
    const body = {
      username,
      password: TEST_PASSWORD,
      clientId: 'c',
      device: { name: 'x'.repeat(120), platform: 'y' },
    };
    const given = await ask(server.url, '/v1/auth/enroll', { headers, body });
    expect(given.headers.get('content-encoding')).toBeNull();
  });

  it('are of one shape for what is not there', async () => {
    expect(await ask(server.url, '/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
    expect(await ask(server.url, '/v1/hello', { method: 'PUT', body: {} })).toMatchObject(
      refused('not_found', 404),
    );
    expect(await ask(server.url, '/%zz')).toMatchObject(refused('invalid', 400));
  });

  it('say who the server is', async () => {
    expect((await ask(server.url, '/v1/hello')).body).toMatchObject({
      product: 'visitbook',
      protocol: { min: 1, max: 1 },
    });
  });
});

describe('health', () => {
  it('is told apart from readiness', async () => {
    expect(await ask(server.url, '/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await ask(server.url, '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
    await server.db.query('UPDATE schema_step SET version = -version');
    expect(await ask(server.url, '/readyz')).toMatchObject(refused('unavailable', 503));
    expect((await ask(server.url, '/healthz')).status).toBe(200);
    await server.db.query('UPDATE schema_step SET version = -version');
    expect((await ask(server.url, '/readyz')).status).toBe(200);
  });

  it('is measured for Prometheus, from this computer', async () => {
    const { accessToken: token, clientId } = await signIn(server.url, username);
    const mutations = [mutation({ entity: 'nothing' })];
    await ask(server.url, '/v1/sync/push', { token, body: { clientId, schema: 1, stored: 0, mutations } });
    const { body } = await ask<string>(server.url, '/metrics');
    expect(body).toMatch(
      /visitbook_request_seconds_count\{method="POST",route="\/v1\/sync\/push",status="200"\} \d/,
    );
    expect(body).toMatch(/visitbook_auth_total\{outcome="ok"\} \d/);
    expect(body).toMatch(/visitbook_push_total [1-9]/);
    expect(body).toMatch(/visitbook_refused_total [1-9]/);
    expect(body).toContain('visitbook_hints 0');
    expect(body).not.toContain(username);
  });
});
