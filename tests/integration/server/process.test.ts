import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  startServerProcess,
  TEST_PASSWORD,
} from '../../support/server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visitbook-server-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (env: Record<string, string> = {}, data = 'data') =>
  startServerProcess({ folder: path.join(folder, data), env });
/** Why a server did not start; it must not. */
const refusal = async (env: Record<string, string>, data = 'never'): Promise<string> => {
  try {
    const server = await start(env, data);
    await server.stop();
    return 'it started';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the process', { timeout: 90_000 }, () => {
  it('starts on an empty folder, says where it is, stops well and finds its data again', async () => {
    const first = await start();
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.output()).toContain(`ready: ${first.url}`);
    expect(first.output()).toContain(path.join(folder, 'data'));
    expect((await ask(first.url, '/readyz')).status).toBe(200);
    const second = await refusal({}, 'data');
    expect(second).toContain('is in use by process');
    expect(second).toContain('VISITBOOK_SERVER_DATA');
    expect(await first.stop()).toBe(0);
    const again = await start();
    expect((await ask(again.url, '/readyz')).status).toBe(200);
    await again.kill();
    const third = await start();
    expect((await ask(third.url, '/readyz')).status).toBe(200);
    // Ctrl+C comes from the terminal and from npm
    third.child.kill('SIGINT');
    third.child.kill('SIGINT');
    expect(await third.stop()).toBe(0);
  });

  it('says what to do when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const message = await refusal({ VISITBOOK_PORT: String(port) });
    other.close();
    expect(message).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(message).toContain(`VISITBOOK_PORT=${port + 1}`);
    expect(message).not.toMatch(/^\s+at /m);
  });

  it('refuses plain HTTP where others could read it', async () => {
    const message = await refusal({ VISITBOOK_HOST: '0.0.0.0' });
    expect(message).toContain('no TLS is configured');
    expect(message).toContain('VISITBOOK_TLS_CERT');
  });

  it('says which setting is wrong, and when the database is not there', async () => {
    expect(await refusal({ VISITBOOK_PORT: 'x' })).toContain('VISITBOOK_PORT: must be a number');
    const message = await refusal({ DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' });
    expect(message).toContain('DATABASE_URL: the database cannot be reached');
    expect(message).not.toContain('secret');
    expect(
      await refusal({ VISITBOOK_TLS_CERT: '/nowhere.pem', VISITBOOK_TLS_KEY: '/nowhere.key' }),
    ).toContain('VISITBOOK_TLS_CERT: /nowhere.pem cannot be read');
  });

  it.skipIf(spawnSync('openssl', ['version']).error)('serves TLS', async () => {
    const [cert, key] = ['cert.pem', 'key.pem'].map((name) => path.join(folder, name)) as [string, string];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
        .concat(['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'])
        .concat(['-keyout', key, '-out', cert]),
      { stdio: 'ignore' },
    );
    const server = await start({ VISITBOOK_TLS_CERT: cert, VISITBOOK_TLS_KEY: key }, 'tls');
    expect(server.url).toMatch(/^https:/);
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      https
        .get(`${server.url}/v1/hello`, { ca: readFileSync(cert) }, (answer) => {
          answer.resume();
          resolve({ status: answer.statusCode, ...answer.headers });
        })
        .on('error', reject);
    });
    expect(headers.status).toBe(200);
    expect(headers['strict-transport-security']).toContain('max-age');
    await server.stop();
  });
});

describe('stopping', () => {
  it('ends hints, finishes what was asked and closes the database', async () => {
    const server = await startServer();
    await addUser(server.db, { username: 'ann', bookId: await addBook(server.db) });
    const { accessToken } = await signIn(server.url, 'ann');
    const hints = await fetch(`${server.url}/v1/sync/hints`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(hints.headers.get('content-type')).toBe('text/event-stream');
    const asked = ask(server.url, '/v1/auth/enroll', {
      body: { username: 'ann', password: TEST_PASSWORD, clientId: 'c', device: { name: 'x', platform: 'y' } },
    });
    await new Promise((resolve) => server.app.server.once('request', resolve));
    await server.stop();
    expect((await asked).status).toBe(200);
    await hints.text();
    await expect(ask(server.url, '/healthz')).rejects.toThrow();
    await expect(server.db.query('SELECT 1')).rejects.toThrow();
  });
});

describe('limits', () => {
  it('slow an address and a device down, and say for how long', async () => {
    await using server = await startServer({ config: { rates: { address: 40, signIn: 3, device: 5 } } });
    const bookId = await addBook(server.db);
    await addUser(server.db, { username: 'ann', bookId });
    const { accessToken: token } = await signIn(server.url, 'ann');
    const { accessToken: other } = await signIn(server.url, 'ann');
    const limited = {
      status: 429,
      body: { error: { code: 'rate_limited', retryAfter: expect.any(Number) } },
    };
    await signIn(server.url, 'ann');
    await expect(signIn(server.url, 'ann')).rejects.toThrow('rate_limited');
    const ofDevice = async (given: string) => ask(server.url, '/v1/sync/checksum', { token: given });
    for (let n = 0; n < 5; n++) expect((await ofDevice(token)).status).toBe(200);
    const answer = await ofDevice(token);
    expect(answer).toMatchObject(limited);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ofDevice(other)).status).toBe(200);
    for (let n = 0; n < 40; n++) await ask(server.url, '/v1/hello');
    expect(await ask(server.url, '/v1/hello')).toMatchObject(limited);
  });
});

describe('proxies', () => {
  const hello = (url: string, from: string) =>
    ask(url, '/v1/hello', { headers: { 'x-forwarded-for': from } });
  const rates = { address: 2, signIn: 10, device: 10 };

  it('are believed about the address when they are named', async () => {
    await using server = await startServer({ config: { rates, tlsProxy: ['127.0.0.1'] } });
    const answers = [];
    for (const from of ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2'])
      answers.push(await hello(server.url, from));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(answers[0]?.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('are not believed otherwise', async () => {
    await using server = await startServer({ config: { rates } });
    const answers = [];
    for (const from of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) answers.push(await hello(server.url, from));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});

describe('metrics', () => {
  it('want their token where one is set, and pass no proxy without one', async () => {
    await using closed = await startServer({ config: { metricsToken: 'a-token-for-metrics' } });
    expect((await ask(closed.url, '/metrics')).status).toBe(404);
    expect((await ask(closed.url, '/metrics', { token: 'another-token-xxxxx' })).status).toBe(404);
    expect((await ask(closed.url, '/metrics', { token: 'a-token-for-metrics' })).status).toBe(200);
    await using open = await startServer();
    expect((await ask(open.url, '/metrics')).status).toBe(200);
    const headers = { 'x-forwarded-for': '10.0.0.1' };
    expect((await ask(open.url, '/metrics', { headers })).status).toBe(404);
    await using proxied = await startServer({ config: { tlsProxy: ['127.0.0.1'] } });
    expect((await ask(proxied.url, '/metrics')).status).toBe(404);
  });
});

describe('logs', () => {
  it('hold no client data: no names, bodies, paths, query values, tokens or messages of errors', async () => {
    const lines: string[] = [];
    await using server = await startServer({
      config: { logLevel: 'debug' },
      log: { write: (line) => void lines.push(line) },
    });
    await addUser(server.db, { username: 'ann-the-user', bookId: await addBook(server.db) });
    const { url } = server;
    const given = await signIn(url, 'ann-the-user');
    const { accessToken: token, refreshToken, deviceId, clientId } = given;
    await signIn(url, 'ann-the-user', { password: 'secret-password' }).catch(() => undefined);
    await signIn(url, 'nobody-by-name').catch(() => undefined);
    const fields = { name: '张三-the-customer', phone: '13800138000' };
    const mutation = {
      n: 1,
      entity: 'customer',
      id: '0198c0de-0000-7000-8000-000000000001',
      op: 'create',
      fields,
      before: null,
      base: {},
      stamp: `0abcdefgh-0000-${clientId}`,
      typedAt: '2026-01-01T00:00:00.000Z',
      schemaVersion: 1,
    };
    await ask(url, '/v1/sync/push', {
      token,
      body: { clientId, schema: 1, stored: 0, mutations: [mutation] },
    });
    await ask(url, '/v1/sync/push', { token, body: { wrong: '张三-the-customer' } });
    await ask(url, '/v1/sync/push', { token, body: '{"张三-the-customer' });
    await ask(url, '/v1/sync/pull?clientId=query-value&since=x&schema=1', { token });
    await ask(url, '/path-of-nothing/13800138000?name=query-value', { token });
    await ask(url, '/v1/auth/refresh', { body: { deviceId, refreshToken } });
    server.app.log.error(new Error('Key (phone)=(13800138000) is there'));
    await server.db.query('ALTER TABLE book RENAME TO gone');
    const broken = await ask(url, '/v1/sync/checksum', { token });
    expect(broken).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
    expect(Object.keys(broken.body.error ?? {})).toEqual(['code']);

    const text = lines.join('');
    for (const secret of [
      'ann-the-user',
      'nobody-by-name',
      'secret-password',
      TEST_PASSWORD,
      '张三',
      '13800138000',
      'query-value',
      'path-of-nothing',
      token,
      refreshToken,
      'does not exist',
    ])
      expect(text).not.toContain(secret);
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed).toContainEqual(
      expect.objectContaining({ route: '/v1/sync/push', status: 200, deviceId, reqId: expect.any(String) }),
    );
    expect(parsed).toContainEqual(
      expect.objectContaining({ route: '/v1/auth/enroll', fault: 'bad_credentials' }),
    );
    expect(parsed).toContainEqual(
      expect.objectContaining({ level: 'error', err: expect.objectContaining({ code: '42P01' }) }),
    );
  });
});
