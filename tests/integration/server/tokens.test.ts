import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { createAccessTokens, rotateSigningKey } from '../../../server/auth/access.ts';
import { hashToken } from '../../../server/auth/secrets.ts';
import type { Tokens } from '../../../shared/sync/protocol.ts';
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

beforeAll(async () => {
  server = await startServer({ now: () => time });
  bookId = await addBook(server.db);
});
afterAll(() => server.stop());
beforeEach(async () => {
  time = Date.now();
  username = `user-${randomUUID()}`;
  await addUser(server.db, { username, bookId });
});

const MINUTE = 60_000;
const checksum = (token: string) => ask(server.url, '/v1/sync/checksum', { token });
const refresh = (deviceId: string, refreshToken: string) =>
  ask<Tokens & { error?: { code: string } }>(server.url, '/v1/auth/refresh', {
    body: { deviceId, refreshToken },
  });
const refused = (code: string, status: number) => ({ status, body: { error: { code } } });
const expired = refused('token_expired', 401);
const unauthorized = refused('unauthorized', 401);
const replayed = refused('token_replayed', 401);

describe('access tokens', () => {
  it('let a device in for ten minutes', async () => {
    const { accessToken, expiresIn } = await signIn(server.url, username);
    expect(expiresIn).toBe(600);
    expect((await checksum(accessToken)).status).toBe(200);
    time += 11 * MINUTE;
    expect(await checksum(accessToken)).toMatchObject(expired);
  });

  it('are needed', async () => {
    expect(await ask(server.url, '/v1/sync/checksum')).toMatchObject(unauthorized);
    const headers = { authorization: 'Basic YTpi' };
    expect(await ask(server.url, '/v1/sync/checksum', { headers })).toMatchObject(unauthorized);
    expect(await checksum('x'.repeat(6_000))).toMatchObject(unauthorized);
  });

  it('cannot be forged', async () => {
    const { accessToken } = await signIn(server.url, username);
    const [head = '', body = ''] = accessToken.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString());
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const wrongKey = await new SignJWT(claims).setProtectedHeader(header).sign(new Uint8Array(32));
    const unknownKey = await new SignJWT(claims)
      .setProtectedHeader({ ...header, kid: 'other' })
      .sign(new Uint8Array(32));
    const none = new UnsecuredJWT(claims).encode();
    const stripped = `${head}.${body}.`;
    const changed = `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: randomUUID() })).toString('base64url')}.${accessToken.split('.')[2]}`;
    const noneWithKey = `${Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')}.${body}.`;
    for (const token of [wrongKey, unknownKey, none, stripped, changed, noneWithKey])
      expect(await checksum(token)).toMatchObject(unauthorized);
  });

  it('name a device of that user, and a refresh token of that device', async () => {
    const mine = await signIn(server.url, username);
    const other = `other-${randomUUID()}`;
    const accountId = await addUser(server.db, { username: other, bookId });
    const theirs = await signIn(server.url, other);
    const access = createAccessTokens(server.db);
    const mixed = { accountId, deviceId: mine.deviceId, tokenHash: hashToken(mine.refreshToken) };
    expect(await checksum(await access.issue(mixed))).toMatchObject(unauthorized);
    const stolen = { ...mixed, deviceId: theirs.deviceId };
    expect(await checksum(await access.issue(stolen))).toMatchObject(unauthorized);
  });

  it('stay valid when the signing key is changed', async () => {
    const before = await signIn(server.url, username);
    await rotateSigningKey(server.db);
    const second = await createApp({ db: server.db, config: testConfig(), now: () => time });
    const call = (token: string) =>
      second.inject({ url: '/v1/sync/checksum', headers: { authorization: `Bearer ${token}` } });
    expect((await call(before.accessToken)).statusCode).toBe(200);
    const kidOf = (token: string): string =>
      JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
    const issue = async (): Promise<Tokens> => {
      const payload = {
        username,
        password: TEST_PASSWORD,
        clientId: randomUUID(),
        device: { name: 'laptop', platform: 'linux' },
      };
      return (await second.inject({ method: 'POST', url: '/v1/auth/enroll', payload })).json();
    };
    // others may not have read it yet
    expect(kidOf((await issue()).accessToken)).toBe(kidOf(before.accessToken));
    time += 5 * MINUTE;
    const after = await issue();
    expect(kidOf(after.accessToken)).not.toBe(kidOf(before.accessToken));
    expect((await call(after.accessToken)).statusCode).toBe(200);
    expect((await call(before.accessToken)).statusCode).toBe(200);
    await second.close();
  });
});

describe('refresh tokens', () => {
  it('are each used once, in a chain', async () => {
    const first = await signIn(server.url, username);
    const second = (await refresh(first.deviceId, first.refreshToken)).body;
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await checksum(second.accessToken)).status).toBe(200);
    const third = await refresh(first.deviceId, second.refreshToken);
    expect(third.status).toBe(200);
    expect((await checksum(third.body.accessToken)).status).toBe(200);
  });

  it('are stored as hashes alone', async () => {
    const { refreshToken } = await signIn(server.url, username);
    const rows = await server.db.query<{ token_hash: string }>('SELECT * FROM refresh_token');
    expect(JSON.stringify(rows)).toContain(hashToken(refreshToken));
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });

  it('answer the same again when the answer was lost, for as long as it takes', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    const lost = await refresh(deviceId, refreshToken);
    time += 3 * 24 * 60 * MINUTE;
    const again = await refresh(deviceId, refreshToken);
    expect(again.body.refreshToken).toBe(lost.body.refreshToken);
    expect((await checksum(again.body.accessToken)).status).toBe(200);
  });

  it('answer the same to two requests at once', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(deviceId, refreshToken)));
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('end everything of the device when one comes back after its successor was used to refresh', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    const second = (await refresh(deviceId, refreshToken)).body;
    const third = (await refresh(deviceId, second.refreshToken)).body;
    expect(await refresh(deviceId, refreshToken)).toMatchObject(replayed);
    expect(await refresh(deviceId, third.refreshToken)).toMatchObject(replayed);
    expect(await checksum(third.accessToken)).toMatchObject(replayed);
  });

  it('end everything when one comes back after its successor was used to work', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    const second = (await refresh(deviceId, refreshToken)).body;
    expect((await checksum(second.accessToken)).status).toBe(200);
    // a network may send the first request twice
    expect((await refresh(deviceId, refreshToken)).status).toBe(200);
    time += 2 * MINUTE;
    expect(await refresh(deviceId, refreshToken)).toMatchObject(replayed);
    expect(await checksum(second.accessToken)).toMatchObject(replayed);
  });

  it('leave the other devices of the user alone when one was replayed', async () => {
    const other = await signIn(server.url, username);
    const { deviceId, refreshToken } = await signIn(server.url, username);
    const second = (await refresh(deviceId, refreshToken)).body;
    await refresh(deviceId, second.refreshToken);
    expect(await refresh(deviceId, refreshToken)).toMatchObject(replayed);
    expect((await checksum(other.accessToken)).status).toBe(200);
  });

  it.each(['before', 'after'])(
    'go on when the server was restored, and know a replay from %s the backup',
    async (when) => {
      const { deviceId, refreshToken } = await signIn(server.url, username);
      const second = (await refresh(deviceId, refreshToken)).body;
      const third = (await refresh(deviceId, second.refreshToken)).body;
      // the backup was made before the first refresh
      await server.db.query('DELETE FROM refresh_token WHERE device_id = $1 AND generation > 1', [deviceId]);
      await server.db.query(
        'UPDATE refresh_token SET successor_hash = NULL, used_at = NULL WHERE device_id = $1',
        [deviceId],
      );
      expect(await checksum(third.accessToken)).toMatchObject(unauthorized);
      const fourth = await refresh(deviceId, third.refreshToken);
      expect(fourth.status).toBe(200);
      expect((await checksum(fourth.body.accessToken)).status).toBe(200);
      const old = when === 'before' ? refreshToken : second.refreshToken;
      expect(await refresh(deviceId, old)).toMatchObject(replayed);
      expect(await checksum(fourth.body.accessToken)).toMatchObject(replayed);
    },
  );

  it('belong to their device', async () => {
    const one = await signIn(server.url, username);
    const two = await signIn(server.url, username);
    expect(await refresh(two.deviceId, one.refreshToken)).toMatchObject(unauthorized);
    expect(await refresh(one.deviceId, 'x')).toMatchObject(unauthorized);
    expect((await refresh(one.deviceId, one.refreshToken)).status).toBe(200);
  });

  it('end after so many days', async () => {
    const { deviceId, refreshToken } = await signIn(server.url, username);
    time += 91 * 24 * 60 * MINUTE;
    expect(await refresh(deviceId, refreshToken)).toMatchObject(expired);
  });
});

describe('two servers on one database', () => {
  it('take each other for one', async () => {
    const second = await createApp({ db: server.db, config: testConfig() });
    const post = (url: string, payload: object) => second.inject({ method: 'POST', url, payload });
    const { deviceId, refreshToken, accessToken } = await signIn(server.url, username);
    const call = await second.inject({
      url: '/v1/sync/checksum',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(call.statusCode).toBe(200);
    const here = (await refresh(deviceId, refreshToken)).body;
    const there = (await post('/v1/auth/refresh', { deviceId, refreshToken })).json<Tokens>();
    expect(there.refreshToken).toBe(here.refreshToken);
    expect((await checksum(there.accessToken)).status).toBe(200);
    await second.close();
  });
});
