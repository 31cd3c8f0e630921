import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Output } from '#shared/contracts/registry.ts';
import { commitHooks, features } from '../../../electron/data/features.ts';
import { createAttachmentSync } from '../../../electron/data/sync/attachments/sync.ts';
import { SMALL_BYTES } from '../../../electron/data/sync/attachments/wanted.ts';
import { keepConnection } from '../../../electron/data/sync/connection.ts';
import { createSyncEngine, type Engine } from '../../../electron/data/sync/engine.ts';
import { SyncFault } from '../../../electron/data/sync/fault.ts';
import { createServerClient, type ServerClient } from '../../../electron/data/sync/server-client.ts';
import { httpTransport } from '../../../electron/data/sync/transport.ts';
import { reassign } from '../../../server/store/assignments.ts';
import { createServerClock } from '../../../server/store/clock.ts';
import type { Database } from '../../../server/store/database.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openTestBook, type TestBook } from '../../support/book.ts';
import { addBook, addUser, signIn, startServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let db: Database;
let proxy: Server;
/** Bytes the next connections carry, in both ways together, before they are cut; none: all. */
let budgets: number[] = [];
const clock = createServerClock();

/** A wire that is cut after a given number of bytes. */
const cuttingProxy = (port: number): Server =>
  createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let left = budgets.shift() ?? Number.POSITIVE_INFINITY;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const carry = (from: typeof near, to: typeof near): void => {
      from.on('data', (data) => {
        to.write(data.subarray(0, Math.max(0, left)));
        left -= data.length;
        if (left <= 0) setImmediate(end);
      });
      from.on('error', end).on('close', end);
    };
    carry(near, far);
    carry(far, near);
  });

beforeAll(async () => {
  db = await openPglite();
  server = await startServer({ db });
  proxy = cuttingProxy(Number(new URL(server.url).port));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  proxy.close();
  await server.stop();
});

interface Laptop {
  book: TestBook;
  engine: Engine;
  server: ServerClient;
  attachments: ReturnType<typeof createAttachmentSync>;
  accountId: string;
  /** Requests that were sent, as `METHOD path`. */
  requests: string[];
}
let bookId: string;
const laptops: Laptop[] = [];

const laptop = async (name: string, role: 'manager' | 'leader' = 'manager'): Promise<Laptop> => {
  const username = `${name}-${uuid()}`;
  const accountId = await addUser(db, { username, bookId, role });
  const book = openTestBook(features, { hooks: commitHooks });
  book.book.clock.become(uuid().slice(-12));
  const { clientId } = book.book.clock;
  const { deviceId, refreshToken } = await signIn(server.url, username, { clientId });
  keepConnection(book.book.writable, {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    serverName: 't',
    username,
    deviceName: name,
    deviceId,
    refreshToken,
    signedIn: true,
    user: null,
    bookName: null,
    scope: null,
    lease: null,
    lastSyncAt: null,
  });
  const requests: string[] = [];
  const client = createServerClient(book.book.writable, (url) => (request, options) => {
    requests.push(`${request.method} ${request.path}`);
    // a connection of its own for every request: each is cut on its own account
    return httpTransport(url)({ ...request, headers: { ...request.headers, connection: 'close' } }, options);
  });
  const attachments = createAttachmentSync({
    book: book.book,
    files: book.attachments,
    now: () => new Date(),
    log: console.error,
  });
  const engine = createSyncEngine({
    book: book.book,
    server: client,
    now: () => new Date(),
    today: () => new Date().toISOString().slice(0, 10),
    appVersion: '0',
    attachments,
    log: console.error,
  });
  const made = { book, engine, server: client, attachments, accountId, requests };
  laptops.push(made);
  return made;
};

beforeEach(async () => {
  budgets = [];
  bookId = await addBook(db);
});
afterEach(() => {
  for (const { book } of laptops.splice(0)) book.close();
});

const go = async ({ engine, attachments }: Laptop): Promise<void> => {
  const result = await engine.round();
  if (!result.ok) throw result.error;
  await attachments.settled();
};
/** Only the bytes, as a round would start it. */
const transfer = async ({ attachments, server }: Laptop): Promise<void> => {
  await attachments.sync(server, new AbortController().signal);
  await attachments.settled();
};
const customer = async ({ book }: Laptop): Promise<string> => {
  const id = uuid();
  await book.call('customer.create', { id, fields: { kind: 'person', name: '王芳' } });
  return id;
};
const attach = async ({ book }: Laptop, customerId: string, content: Buffer): Promise<void> => {
  const token = randomBytes(20).toString('base64url');
  book.files.set(token, join(book.folder, token));
  writeFileSync(join(book.folder, token), content);
  await book.call('attachment.add', { customerId, sources: [{ file: token }] });
  await book.jobs.settled();
};
const rows = async ({ book }: Laptop): Promise<Output<'attachment.list'>['rows']> =>
  (await book.call('attachment.list', {})).rows;
const states = async (one: Laptop): Promise<string[]> => (await rows(one)).map(({ state }) => state);
const contentOf = async ({ book }: Laptop, id: string): Promise<Buffer> => {
  const token = randomBytes(20).toString('base64url');
  const path = join(book.folder, token);
  book.files.set(token, path);
  await book.call('attachment.saveAs', { id, file: token });
  return readFileSync(path);
};
const diskOf = ({ book }: Laptop): string[] => {
  try {
    return readdirSync(join(book.folder, 'attachments'));
  } catch {
    return [];
  }
};

describe('bytes of attachments', () => {
  test('go up with the round, and come down: small ones by themselves, large ones when asked for', async () => {
    const [a, leader] = [await laptop('a'), await laptop('l', 'leader')];
    const id = await customer(a);
    const [small, large, empty] = [randomBytes(70_000), randomBytes(SMALL_BYTES + 300_000), Buffer.alloc(0)];
    for (const content of [small, large, empty]) await attach(a, id, content);
    expect(await states(a)).toEqual(['waiting', 'waiting', 'waiting']);
    await go(a);
    expect(await states(a)).toEqual(['stored', 'stored', 'stored']);
    await go(leader);
    const found = (await rows(leader)).sort((x, y) => x.bytes - y.bytes);
    expect(found.map(({ bytes, state }) => [bytes, state])).toEqual([
      [0, 'stored'],
      [small.length, 'stored'],
      [large.length, 'remote'],
    ]);
    await leader.book.call('attachment.fetch', { id: found[2]?.id ?? '' });
    expect(await states(leader)).toContain('fetching');
    await go(leader);
    expect(await states(leader)).toEqual(['stored', 'stored', 'stored']);
    expect((await contentOf(leader, found[1]?.id ?? '')).equals(small)).toBe(true);
    expect((await contentOf(leader, found[2]?.id ?? '')).equals(large)).toBe(true);
    // a further round has nothing to ask
    const before = leader.requests.length;
    await transfer(leader);
    expect(leader.requests.length).toBe(before);
  });

  test('whatever byte the wire is cut at, up and down, they arrive as they were and go on where they stood', {
    timeout: 120_000,
  }, async () => {
    const [a, leader] = [await laptop('a'), await laptop('l', 'leader')];
    const id = await customer(a);
    await go(a);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_900_000 }),
        fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 8 }),
        async (length, upCuts, downCuts) => {
          runs += 1;
          const content = randomBytes(length);
          await attach(a, id, content);
          await a.engine.round().then(() => a.attachments.settled());
          await a.book.book.writable.prepare('UPDATE attachment_file SET stored_at = NULL').run();
          budgets = [...upCuts];
          for (let n = 0; n <= upCuts.length && (await states(a)).includes('waiting'); n += 1)
            await transfer(a);
          budgets = [];
          await transfer(a);
          expect(await states(a)).not.toContain('waiting');
          await leader.engine.round();
          const [newest] = await rows(leader);
          await leader.book.call('attachment.fetch', { id: newest?.id ?? '' });
          budgets = [...downCuts];
          for (let n = 0; n <= downCuts.length; n += 1) await transfer(leader);
          budgets = [];
          await transfer(leader);
          expect((await contentOf(leader, newest?.id ?? '')).equals(content)).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
    expect(runs).toBeGreaterThan(0);
  });

  test('an upload that was cut is not begun again', async () => {
    const a = await laptop('a');
    const id = await customer(a);
    await go(a);
    await attach(a, id, randomBytes(1_800_000));
    // the records first, without their bytes
    const result = a.engine.round();
    await result;
    await a.engine.stop();
    await a.attachments.settled();
    // HEAD, POST, two pieces, and the wire is cut in the third
    for (let n = 0; n < 6 && !a.requests.some((one) => one.startsWith('PATCH')); n += 1) {
      budgets = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 100_000];
      await transfer(a);
    }
    budgets = [];
    await transfer(a);
    expect(await states(a)).toEqual(['stored']);
    expect(a.requests.filter((one) => one === 'POST /v1/attachments/tus')).toHaveLength(1);
  });

  test('a content that was damaged here is fetched again from the server', async () => {
    const a = await laptop('a');
    const content = randomBytes(40_000);
    await attach(a, await customer(a), content);
    await go(a);
    const file = join(a.book.folder, 'attachments', diskOf(a)[0] ?? '');
    const bytes = readFileSync(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const [row] = await rows(a);
    await expect(contentOf(a, row?.id ?? '')).rejects.toMatchObject({ code: 'attachment_damaged' });
    await a.book.call('attachment.fetch', { id: row?.id ?? '' });
    await transfer(a);
    expect(await states(a)).toEqual(['stored']);
    expect((await contentOf(a, row?.id ?? '')).equals(content)).toBe(true);
  });

  test('a damaged content is not sent, and the others are', async () => {
    const a = await laptop('a');
    const id = await customer(a);
    await attach(a, id, randomBytes(40_000));
    const file = join(a.book.folder, 'attachments', diskOf(a)[0] ?? '');
    writeFileSync(file, readFileSync(file).subarray(0, 20_000));
    await attach(a, id, randomBytes(50_000));
    await go(a);
    expect(await states(a)).toEqual(['stored', 'damaged']);
  });

  test('a server that answers with other bytes does not deceive', async () => {
    const [a, leader] = [await laptop('a'), await laptop('l', 'leader')];
    await attach(a, await customer(a), randomBytes(30_000));
    await go(a);
    await db.query(
      `UPDATE attachment_chunk SET content = set_byte(content, 10, 255 - get_byte(content, 10)) WHERE book_id = $1`,
      [bookId],
    );
    await go(leader);
    expect(await states(leader)).toEqual(['remote']);
    expect(diskOf(leader)).toEqual([]);
  });

  test('a server of another history is asked again for everything', async () => {
    const a = await laptop('a');
    const content = randomBytes(10_000);
    await attach(a, await customer(a), content);
    await go(a);
    for (const table of ['attachment_blob', 'attachment_chunk', 'attachment_grant'])
      await db.query(`DELETE FROM ${table} WHERE book_id = $1`, [bookId]);
    await db.query('UPDATE book SET epoch = $2 WHERE id = $1', [bookId, uuid().slice(-8)]);
    await go(a);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const held = await db.query('SELECT 1 FROM attachment_blob WHERE book_id = $1 AND sha256 = $2', [
      bookId,
      sha256,
    ]);
    expect(held).toHaveLength(1);
  });

  test('a customer that is taken away takes its bytes along, once the server has them', async () => {
    const [a, b] = [await laptop('a'), await laptop('b')];
    const [gone, kept] = [await customer(a), await customer(a)];
    const [shared, own] = [randomBytes(5_000), randomBytes(6_000)];
    await go(a);
    await attach(a, gone, shared);
    await attach(a, kept, shared);
    await go(a);
    // typed offline, and the customer goes to a colleague meanwhile
    await attach(a, gone, own);
    const at = new Date().toISOString();
    await db.transaction((sql) => reassign(sql, bookId, gone, b.accountId, { clock, at }));
    await go(a);
    await go(a);
    expect((await rows(a)).map(({ customerId }) => customerId)).toEqual([kept]);
    expect(diskOf(a)).toHaveLength(1);
    await go(b);
    expect(await states(b)).toEqual(['stored', 'stored']);
    const newest = (await rows(b)).find(({ bytes }) => bytes === own.length);
    expect((await contentOf(b, newest?.id ?? '')).equals(own)).toBe(true);
  });

  test('what only lies here is not purged before the server has it', async () => {
    const [a, b] = [await laptop('a'), await laptop('b')];
    const gone = await customer(a);
    await go(a);
    await attach(a, gone, randomBytes(9_000));
    const at = new Date().toISOString();
    await db.transaction((sql) => reassign(sql, bookId, gone, b.accountId, { clock, at }));
    // records go through, bytes do not
    const { raw } = a.server;
    a.server.raw = (request, signal) =>
      request.path.startsWith('/v1/attachments')
        ? Promise.reject(new SyncFault('no_answer'))
        : raw(request, signal);
    for (let n = 0; n < 3; n += 1) await a.engine.round();
    expect(diskOf(a)).toHaveLength(1);
    a.server.raw = raw;
    await go(a);
    expect(diskOf(a)).toEqual([]);
    await go(b);
    expect(await states(b)).toEqual(['stored']);
  });

  test('a large file never holds up a round', async () => {
    const a = await laptop('a');
    const id = await customer(a);
    await attach(a, id, randomBytes(2_000_000));
    const { raw } = a.server;
    const stuck = Promise.withResolvers<void>();
    a.server.raw = async (request, signal) => {
      if (request.method === 'PATCH') await stuck.promise;
      return raw(request, signal);
    };
    expect(await a.engine.round()).toMatchObject({ ok: true });
    await a.book.call('customer.update', { id, fields: { name: '李强' } });
    expect(await a.engine.round()).toMatchObject({ ok: true, report: { pushed: 1 } });
    expect(await states(a)).toEqual(['waiting']);
    stuck.resolve();
    await a.attachments.settled();
    expect(await states(a)).toEqual(['stored']);
  });

  test('a content the server will never take is said to be so, once', async () => {
    const a = await laptop('a');
    await attach(a, await customer(a), randomBytes(9_000));
    const { raw } = a.server;
    a.server.raw = (request, signal) =>
      request.method === 'POST' && request.path.startsWith('/v1/attachments')
        ? Promise.resolve({ status: 413, headers: {}, body: { error: { code: 'too_large' } } })
        : raw(request, signal);
    await go(a);
    expect(await states(a)).toEqual(['refused']);
    const before = a.requests.length;
    await transfer(a);
    expect(a.requests.length).toBe(before);
  });
});
