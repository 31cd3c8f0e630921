import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { read } from '../../../electron/data/database/connection.ts';
import { commitHooks, features } from '../../../electron/data/features.ts';
import { httpTransport } from '../../../electron/data/sync/transport.ts';
import type { Database } from '../../../server/store/database.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openTestBook, type TestBook } from '../../support/book.ts';
import { addBook, addUser, startServer, TEST_PASSWORD, type TestServer } from '../../support/server.ts';

let server: TestServer;
let db: Database;
let bookId: string;
const books: TestBook[] = [];
const folder = mkdtempSync(join(tmpdir(), 'visitbook-service-'));

beforeAll(async () => {
  db = await openPglite();
  server = await startServer({ db });
  bookId = await addBook(db);
  for (const username of ['ann', 'bob']) await addUser(db, { username, bookId });
  await addUser(db, { username: 'lead', bookId, role: 'leader' });
}, 30_000);
afterEach(async () => {
  for (const book of books.splice(0)) {
    await book.sync.stop();
    book.close();
  }
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): TestBook => {
  const book = openTestBook(features, { hooks: commitHooks, transportTo: httpTransport });
  book.book.clock.become(uuid().slice(-12));
  books.push(book);
  return book;
};

const connect = async (username: string): Promise<TestBook> => {
  const book = open();
  await book.call('sync.connect', {
    url: server.url,
    username,
    password: TEST_PASSWORD,
    deviceName: 'laptop',
  });
  await book.call('sync.now', {});
  return book;
};

test('a laptop finds its server, signs in, and what it held before arrives', async () => {
  const book = open();
  const id = uuid();
  await book.call('customer.create', { id, fields: { kind: 'person', name: '王芳' } });
  expect(await book.call('sync.probe', { url: server.url })).toMatchObject({ url: server.url });
  await expect(
    book.call('sync.connect', { url: server.url, username: 'ann', password: 'wrong', deviceName: 'x' }),
  ).rejects.toMatchObject({ code: 'bad_credentials' });
  expect(await book.call('sync.state', {})).toMatchObject({ connected: false, phase: 'off', waiting: 1 });

  await book.call('sync.connect', {
    url: server.url,
    username: 'ann',
    password: TEST_PASSWORD,
    deviceName: 'laptop',
  });
  await book.call('sync.now', {});
  expect(await book.call('sync.state', {})).toMatchObject({
    connected: true,
    problem: null,
    waiting: 0,
    user: { username: 'ann', role: 'manager' },
    lease: { state: 'ok' },
  });
  expect(await db.query('SELECT id FROM record WHERE id = $1', [id])).toHaveLength(1);
});

test('an address that is none, one that is another program, and one that does not answer', async () => {
  const book = open();
  await expect(book.call('sync.probe', { url: 'http://bank.example' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(book.call('sync.probe', { url: 'http://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'offline',
  });
  await expect(book.call('sync.probe', { url: `${server.url}/elsewhere` })).rejects.toMatchObject({
    code: 'not_a_server',
  });
});

test('what one types the other sees by the hint of the server, without asking', async () => {
  const leader = await connect('lead');
  const ann = await connect('ann');
  const id = uuid();
  await ann.call('customer.create', { id, fields: { kind: 'person', name: '李强' } });
  await ann.call('sync.now', {});
  await vi.waitFor(
    () =>
      expect(read(leader.book.db, 'SELECT name FROM customer WHERE id = ?').get(id)).toEqual({
        name: '李强',
      }),
    { timeout: 20_000, interval: 100 },
  );
});

test('a device that was cut off hands over what waits, and is told to go', async () => {
  const bob = await connect('bob');
  await db.query(
    'UPDATE device SET revoked_at = now() WHERE account_id = (SELECT id FROM account WHERE username = $1)',
    ['bob'],
  );
  const id = uuid();
  await bob.call('customer.create', { id, fields: { kind: 'person', name: 'late' } });
  await expect(bob.call('sync.now', {})).rejects.toMatchObject({ code: 'device_revoked' });
  await vi.waitFor(() => expect(bob.revoked).toBe(true), { timeout: 10_000 });
  expect(await db.query('SELECT entity, reason FROM quarantine WHERE book_id = $1', [bookId])).toEqual([
    { entity: 'customer', reason: 'device_revoked' },
  ]);
  expect(await bob.call('sync.state', {})).toMatchObject({ waiting: 0, problem: { code: 'revoked' } });
});
