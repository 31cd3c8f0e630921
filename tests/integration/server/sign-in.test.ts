import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { hashCode } from '../../../server/auth/secrets.ts';
import type { WireMutation } from '../../../shared/sync/protocol.ts';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  TEST_PASSWORD,
  type TestServer,
  testConfig,
} from '../../support/server.ts';

let server: TestServer;
let time = Date.now();
let bookId: string;
let username: string;
let accountId: string;

beforeAll(async () => {
  server = await startServer({ now: () => time });
  bookId = await addBook(server.db);
});
afterAll(() => server.stop());
beforeEach(async () => {
  time = Date.now();
  username = `user-${randomUUID()}`;
  accountId = await addUser(server.db, { username, bookId });
});

const enroll = (body: { username: string; password?: string; code?: string; clientId?: string }) =>
  ask(server.url, '/v1/auth/enroll', {
    body: { clientId: randomUUID(), device: { name: 'laptop', platform: 'linux' }, ...body },
  });
const refused = (code: string, status: number) => ({ status, body: { error: { code } } });
const wrong = refused('bad_credentials', 401);

describe('passwords', () => {
  it('sign a user in, however the name is capitalised', async () => {
    expect((await enroll({ username: username.toUpperCase(), password: TEST_PASSWORD })).status).toBe(200);
  });

  it('answer a wrong password and a name nobody has with the very same', async () => {
    const here = await enroll({ username, password: 'wrong' });
    const nobody = await enroll({ username: `nobody-${randomUUID()}`, password: 'wrong' });
    expect(here).toMatchObject(wrong);
    expect(nobody.body).toEqual(here.body);
    expect(nobody.status).toBe(here.status);
  });

  it('are not needed by an account that has none, and let nobody in there', async () => {
    await server.db.query('UPDATE account SET password_hash = NULL WHERE id = $1', [accountId]);
    expect(await enroll({ username, password: '' })).toMatchObject(wrong);
    expect(await enroll({ username, password: TEST_PASSWORD })).toMatchObject(wrong);
  });

  it('are hashed anew when the parameters have changed', async () => {
    const stronger = await createApp({
      db: server.db,
      config: testConfig({ argon2: { memoryKib: 16, iterations: 1 } }),
    });
    const payload = {
      username,
      password: TEST_PASSWORD,
      clientId: 'c',
      device: { name: 'laptop', platform: 'linux' },
    };
    expect((await stronger.inject({ method: 'POST', url: '/v1/auth/enroll', payload })).statusCode).toBe(200);
    const [row] = await server.db.query<{ password_hash: string }>(
      'SELECT password_hash FROM account WHERE id = $1',
      [accountId],
    );
    expect(row?.password_hash).toContain('m=16,t=1');
    expect((await enroll({ username, password: TEST_PASSWORD })).status).toBe(200);
    await stronger.close();
  });

  it('let a user who is out know it only when the password is right', async () => {
    await server.db.query('UPDATE account SET active = false WHERE id = $1', [accountId]);
    expect(await enroll({ username, password: 'wrong' })).toMatchObject(wrong);
    expect(await enroll({ username, password: TEST_PASSWORD })).toMatchObject(refused('user_disabled', 403));
  });
});

describe('lock-out', () => {
  const guess = async (name: string, times: number) => {
    const answers = [];
    for (let n = 0; n < times; n++) answers.push(await enroll({ username: name, password: `guess ${n}` }));
    return answers;
  };

  it('comes after five wrong passwords, doubles, and ends by itself', async () => {
    for (const answer of await guess(username, 5)) expect(answer).toMatchObject(wrong);
    const locked = await enroll({ username, password: TEST_PASSWORD });
    expect(locked).toMatchObject(refused('locked_out', 429));
    expect(locked.body.error?.retryAfter).toBe(30);
    expect(locked.headers.get('retry-after')).toBe('30');
    time += 31_000;
    await guess(username, 1);
    expect((await enroll({ username, password: TEST_PASSWORD })).body.error?.retryAfter).toBe(60);
    time += 61_000;
    expect((await enroll({ username, password: TEST_PASSWORD })).status).toBe(200);
    // forgiven: one wrong password locks nobody
    await guess(username, 1);
    expect((await enroll({ username, password: TEST_PASSWORD })).status).toBe(200);
  });

  it('says the same of a name nobody has', async () => {
    const nobody = `nobody-${randomUUID()}`;
    const real = await guess(username, 7);
    const none = await guess(nobody, 7);
    expect(none.map(({ status, body }) => ({ status, body }))).toEqual(
      real.map(({ status, body }) => ({ status, body })),
    );
  });

  it('counts guesses that come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => enroll({ username, password: `guess ${n}` })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('leaves devices alone that are enrolled', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    await guess(username, 6);
    const answer = await ask(server.url, '/v1/auth/refresh', { body: { deviceId, refreshToken } });
    expect(answer.status).toBe(200);
  });
});

describe('one-time codes', () => {
  const code = 'ABCD-EFGH-JKMN-PQRS';
  const addCode = async (hours = 1): Promise<string> => {
    const made = `${code}${randomUUID()}`;
    await server.db.query('INSERT INTO enroll_code (code_hash, account_id, expires_at) VALUES ($1, $2, $3)', [
      hashCode(made),
      accountId,
      new Date(time + hours * 3_600_000).toISOString(),
    ]);
    return made;
  };

  it('enrol one device, however they are typed', async () => {
    const made = await addCode();
    const typed = ` ${made.toLowerCase().replaceAll('-', ' ')}`;
    expect((await enroll({ username, code: typed })).status).toBe(200);
    expect(await enroll({ username, code: made })).toMatchObject(wrong);
  });

  it('enrol one device when two ask at once', async () => {
    const made = await addCode();
    const answers = await Promise.all([1, 2, 3].map(() => enroll({ username, code: made })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('end, and are for their user', async () => {
    const other = `other-${randomUUID()}`;
    await addUser(server.db, { username: other, bookId });
    expect(await enroll({ username: other, code: await addCode() })).toMatchObject(wrong);
    expect(await enroll({ username, code: await addCode(-1) })).toMatchObject(wrong);
  });

  it('let in a user whose password somebody else has locked', async () => {
    const made = await addCode();
    for (let n = 0; n < 6; n++) await enroll({ username, password: 'wrong' });
    expect(await enroll({ username, code: 'WRONG' })).toMatchObject(refused('locked_out', 429));
    expect((await enroll({ username, code: made })).status).toBe(200);
  });
});

describe('devices', () => {
  const handshake = (token: string, clientId: string) =>
    ask<{ lastN: number; error?: { code: string } }>(server.url, '/v1/sync/handshake', {
      token,
      body: { protocol: 1, schema: 1, clientId, appVersion: 'test', waiting: 0 },
    });

  it('stay the same when their user signs in on them again', async () => {
    const first = await signIn(server.url, username);
    expect((await handshake(first.accessToken, first.clientId)).status).toBe(200);
    const again = await signIn(server.url, username, { clientId: first.clientId });
    expect(again.deviceId).toBe(first.deviceId);
    expect((await handshake(again.accessToken, again.clientId)).status).toBe(200);
    // one installation, one session
    expect(await handshake(first.accessToken, first.clientId)).toMatchObject(refused('token_replayed', 401));
  });

  it('are not handed to another user who knows the client', async () => {
    const first = await signIn(server.url, username);
    await handshake(first.accessToken, first.clientId);
    const other = `other-${randomUUID()}`;
    await addUser(server.db, { username: other, bookId });
    const theirs = await signIn(server.url, other, { clientId: first.clientId });
    expect(theirs.deviceId).not.toBe(first.deviceId);
    expect(await handshake(theirs.accessToken, first.clientId)).toMatchObject(refused('foreign_client', 403));
    expect((await handshake(first.accessToken, first.clientId)).status).toBe(200);
  });

  const cut = {
    'a revoked device': {
      code: 'device_revoked',
      by: (deviceId: string) =>
        server.db.query('UPDATE device SET revoked_at = now() WHERE id = $1', [deviceId]),
    },
    'the device of a disabled user': {
      code: 'user_disabled',
      by: (deviceId: string) =>
        server.db.query(
          'UPDATE account SET active = false WHERE id = (SELECT account_id FROM device WHERE id = $1)',
          [deviceId],
        ),
    },
  };
  describe.each(Object.entries(cut))('%s', (_name, { code, by }) => {
    const mutation: WireMutation = {
      n: 1,
      entity: 'customer',
      id: randomUUID(),
      op: 'update',
      fields: { remark: 'typed before it was cut off' },
      before: { remark: '' },
      base: { remark: '' },
      stamp: '0abcdefgh-0000-client',
      typedAt: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1,
    };

    it('is refused at once, everywhere', async () => {
      const { accessToken: token, clientId, deviceId, refreshToken } = await signIn(server.url, username);
      expect((await handshake(token, clientId)).status).toBe(200);
      await by(deviceId);
      const calls: [string, object?][] = [
        ['/v1/sync/handshake', { protocol: 1, schema: 1, clientId, appVersion: 't', waiting: 0 }],
        ['/v1/sync/push', { clientId, schema: 1, stored: 0, mutations: [mutation] }],
        [`/v1/sync/pull?clientId=${clientId}&since=a.0.0&schema=1`],
        [`/v1/sync/snapshot?clientId=${clientId}&today=2026-01-01&schema=1`],
        ['/v1/sync/checksum'],
        ['/v1/sync/purged', { clientId, purged: [{ customerId: randomUUID(), records: 1 }] }],
        ['/v1/sync/hints'],
        [`/v1/attachments/${'0'.repeat(64)}`],
        ['/v1/admin/list-users', {}],
      ];
      for (const [route, body] of calls)
        expect([route, await ask(server.url, route, { token, body })]).toMatchObject([
          route,
          refused(code, 403),
        ]);
      const refreshed = await ask(server.url, '/v1/auth/refresh', { body: { deviceId, refreshToken } });
      expect(refreshed).toMatchObject(refused(code, 403));
    });

    it('hands over what it holds, with its last refresh token, and reads nothing', async () => {
      const first = await signIn(server.url, username);
      const { deviceId, clientId } = first;
      const { body: last } = await ask<typeof first>(server.url, '/v1/auth/refresh', {
        body: { deviceId, refreshToken: first.refreshToken },
      });
      await handshake(last.accessToken, clientId);
      const escrow = (credentials: string, headers = { authorization: credentials }) =>
        ask(server.url, '/v1/sync/escrow', {
          headers,
          body: { clientId, mutations: [mutation], last: true },
        });
      expect(await escrow(`Refresh ${deviceId}.${last.refreshToken}`)).toMatchObject(
        refused('not_allowed', 403),
      );
      await by(deviceId);
      expect(await escrow(`Refresh ${deviceId}.${first.refreshToken}`)).toMatchObject(
        refused('unauthorized', 401),
      );
      expect(await escrow(`Refresh ${randomUUID()}.${last.refreshToken}`)).toMatchObject(
        refused('unauthorized', 401),
      );
      expect(await escrow(`Refresh ${deviceId}`)).toMatchObject(refused('unauthorized', 401));
      expect(await escrow(`Bearer ${last.accessToken}`)).toMatchObject(refused('unauthorized', 401));
      for (let times = 0; times < 2; times++)
        expect((await escrow(`Refresh ${deviceId}.${last.refreshToken}`)).status).toBe(200);
      const kept = await server.db.query<{ content: Uint8Array }>(
        'SELECT content FROM quarantine WHERE device_id = $1',
        [deviceId],
      );
      expect(kept).toHaveLength(1);
      expect(Buffer.from(kept[0]?.content ?? []).toString()).not.toContain('typed before');
      const headers = { authorization: `Refresh ${deviceId}.${last.refreshToken}` };
      expect(await ask(server.url, '/v1/sync/checksum', { headers })).toMatchObject(
        refused('unauthorized', 401),
      );
    });
  });

  it('are new after they were cut off, whoever signs in', async () => {
    const first = await signIn(server.url, username);
    await handshake(first.accessToken, first.clientId);
    await server.db.query('UPDATE device SET revoked_at = now() WHERE id = $1', [first.deviceId]);
    const again = await signIn(server.url, username, { clientId: first.clientId });
    expect(again.deviceId).not.toBe(first.deviceId);
    expect(await handshake(again.accessToken, first.clientId)).toMatchObject(refused('foreign_client', 403));
  });
});
