import Fastify, { type FastifyInstance } from 'fastify';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { read } from '../../../electron/data/database/connection.ts';
import { commitHooks, features } from '../../../electron/data/features.ts';
import { localSums } from '../../../electron/data/sync/checksum.ts';
import { connectionOf, keepConnection } from '../../../electron/data/sync/connection.ts';
import { createSyncEngine, type Engine } from '../../../electron/data/sync/engine.ts';
import { countWaiting } from '../../../electron/data/sync/outbox.ts';
import { noAttachments } from '../../../electron/data/sync/parts.ts';
import { createServerClient } from '../../../electron/data/sync/server-client.ts';
import type { Transport } from '../../../electron/data/sync/transport.ts';
import { Fault } from '../../../server/http/fault.ts';
import { createHints } from '../../../server/http/hints.ts';
import { registerSync } from '../../../server/http/sync.ts';
import { reassign } from '../../../server/store/assignments.ts';
import { checksum } from '../../../server/store/checksum.ts';
import { createServerClock } from '../../../server/store/clock.ts';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openTestBook, type TestBook } from '../../support/book.ts';

let db: Database;
let app: FastifyInstance;
const clock = createServerClock();
const sessions = new Map<
  string,
  {
    accountId: string;
    deviceId: string;
    bookId: string;
    role: 'manager' | 'leader';
    name: string;
    username: string;
  }
>();

beforeAll(async () => {
  db = await openPglite();
  await migrate(db);
  app = Fastify({ bodyLimit: 10_000_000 });
  app.decorateRequest('session', null);
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Fault) return reply.status(error.status).send(error.toBody());
    console.error(error);
    return reply.status(500).send({ error: { code: 'internal' } });
  });
  const authenticate = async (request: { session: unknown; headers: Record<string, unknown> }) => {
    request.session = sessions.get(String(request.headers.authorization).slice(7)) ?? null;
  };
  registerSync(app, {
    db,
    clock,
    quarantine: async () => undefined,
    hints: createHints(db, console.error),
    leaseDays: 14,
    authenticate: authenticate as never,
    authenticateRevoked: authenticate as never,
  });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await db.close();
});

interface Laptop {
  book: TestBook;
  engine: Engine;
  accountId: string;
}
let bookId: string;
const laptops: Laptop[] = [];

const laptop = async (name: string, role: 'manager' | 'leader' = 'manager'): Promise<Laptop> => {
  const accountId = uuid();
  const deviceId = uuid();
  await db.query('INSERT INTO account (id, book_id, username, name, role) VALUES ($1,$2,$3,$3,$4)', [
    accountId,
    bookId,
    `${name}-${accountId}`,
    role,
  ]);
  sessions.set(deviceId, { accountId, deviceId, bookId, role, name, username: name });
  const book = openTestBook(features, { hooks: commitHooks });
  book.book.clock.become(uuid().slice(-12));
  keepConnection(book.book.writable, {
    url: 'http://test',
    serverName: 't',
    username: name,
    deviceName: name,
    deviceId,
    refreshToken: deviceId,
    signedIn: true,
    user: null,
    bookName: null,
    scope: null,
    lease: null,
    lastSyncAt: null,
  });
  const transport: Transport = async (request) => {
    if (request.path === '/v1/auth/refresh')
      return {
        status: 200,
        headers: {},
        body: { accessToken: deviceId, expiresIn: 600, refreshToken: deviceId, deviceId },
      };
    const query = Object.fromEntries(
      Object.entries(request.query ?? {})
        .filter(([, v]) => v !== undefined)
        .map(([k, v]) => [k, String(v)]),
    );
    const answer = await app.inject({
      method: request.method as 'GET',
      url: request.path,
      query,
      headers: request.headers ?? {},
      ...(request.body !== undefined && { payload: request.body as object }),
    });
    return { status: answer.statusCode, headers: {}, body: answer.json() };
  };
  const engine = createSyncEngine({
    book: book.book,
    server: createServerClient(book.book.writable, () => transport),
    now: () => new Date(),
    today: () => new Date().toISOString().slice(0, 10),
    appVersion: '0',
    attachments: noAttachments,
    log: console.error,
  });
  const made = { book, engine, accountId };
  laptops.push(made);
  return made;
};

const go = async ({ engine }: Laptop) => {
  const result = await engine.round();
  if (!result.ok) throw result.error;
  return result.report;
};

beforeEach(async () => {
  bookId = uuid();
  await db.query('INSERT INTO book (id, name, epoch) VALUES ($1, $2, $3)', [bookId, 'T', uuid().slice(-8)]);
});
afterEach(() => {
  for (const { book } of laptops.splice(0)) book.close();
});

const customer = async ({ book }: Laptop, name: string) => {
  const id = uuid();
  await book.call('customer.create', { id, fields: { kind: 'person', name } } as never);
  return id;
};
const nameOf = ({ book }: Laptop, id: string) =>
  read<{ name: string }>(book.book.db, 'SELECT name FROM customer WHERE id = ? AND deleted = 0').get(id)
    ?.name;

describe('rounds', () => {
  it('pushes what was typed before the server was known, and brings it to the leader', async () => {
    const a = await laptop('a');
    const leader = await laptop('l', 'leader');
    const id = await customer(a, 'Li');
    const noteId = uuid();
    await a.book.call('note.create', {
      id: noteId,
      fields: { customerId: id, body: 'hello', takenAt: new Date().toISOString(), zone: 'UTC' },
    } as never);
    expect(await go(a)).toMatchObject({ pushed: 2, refused: 0 });
    expect(countWaiting(a.book.book.db)).toBe(0);
    await go(leader);
    expect(nameOf(leader, id)).toBe('Li');
    await leader.book.call('customer.update', { id, fields: { name: 'Wang' } } as never);
    await go(leader);
    await go(a);
    expect(nameOf(a, id)).toBe('Wang');
    expect(connectionOf(a.book.book.db)?.user?.name).toBe('a');
    const sums = await localSums(leader.book.book.db);
    const theirs = await checksum(db, { bookId, accountId: leader.accountId, role: 'leader' });
    expect(Object.fromEntries(sums)).toEqual(theirs?.entities);
    const history = read(
      a.book.book.db,
      'SELECT author, fields, before FROM change WHERE record_id = ? AND author IS NOT NULL',
    ).all(id);
    expect(history).toEqual([
      { author: leader.accountId, fields: '{"name":"Wang"}', before: '{"name":"Li"}' },
    ]);
  });

  it('notes a dispute for both and keeps both texts of a note', async () => {
    const a = await laptop('a');
    const leader = await laptop('l', 'leader');
    const id = await customer(a, 'Li');
    const noteId = uuid();
    await a.book.call('note.create', {
      id: noteId,
      fields: { customerId: id, body: 'one\n\ntwo', takenAt: new Date().toISOString(), zone: 'UTC' },
    } as never);
    await go(a);
    await go(leader);
    await a.book.call('customer.update', { id, fields: { name: 'A' } } as never);
    await leader.book.call('customer.update', { id, fields: { name: 'B', city: 'Xian' } } as never);
    await a.book.call('note.update', { id: noteId, fields: { body: 'one a\n\ntwo' } } as never);
    await leader.book.call('note.update', { id: noteId, fields: { body: 'one\n\ntwo b' } } as never);
    await go(a);
    await go(leader);
    await go(a);
    for (const one of [a, leader]) {
      expect(nameOf(one, id)).toBe('B');
      expect(read(one.book.book.db, 'SELECT body FROM note WHERE id = ?').get(noteId)).toEqual({
        body: 'one a\n\ntwo b',
      });
      expect(read(one.book.book.db, 'SELECT kept, lost, lost_by FROM field_conflict').all()).toEqual([
        { kept: '"B"', lost: '"A"', lost_by: a.accountId },
      ]);
    }
  });

  it('takes a reassigned customer away here and brings it there, after the last edits', async () => {
    const a = await laptop('a');
    const b = await laptop('b');
    const id = await customer(a, 'Li');
    const other = await customer(a, 'Zhao');
    await go(a);
    await go(b);
    expect(nameOf(b, id)).toBeUndefined();
    await db.transaction((sql) =>
      reassign(sql, bookId, id, b.accountId, { clock, at: new Date().toISOString() }),
    );
    await a.book.call('customer.update', { id, fields: { city: 'late' } } as never);
    expect(await go(a)).toMatchObject({ pushed: 1, refused: 0, purged: 1 });
    expect(read(a.book.book.db, 'SELECT count(*) AS n FROM customer').get()).toEqual({ n: 1 });
    expect(read(a.book.book.db, 'SELECT count(*) AS n FROM customer_fact').get()).toEqual({ n: 1 });
    await go(b);
    expect(read(b.book.book.db, 'SELECT name, city FROM customer').all()).toEqual([
      { name: 'Li', city: 'late' },
    ]);
    expect(nameOf(a, other)).toBe('Zhao');
  });

  it('takes a new snapshot when the server has another epoch, and pushes again what it lost', async () => {
    const a = await laptop('a');
    const id = await customer(a, 'Li');
    await go(a);
    const seq = (await db.query<{ seq: number }>('SELECT seq FROM book WHERE id = $1', [bookId]))[0]?.seq;
    const lost = await customer(a, 'Lost');
    await go(a);
    for (const sql of [
      'DELETE FROM record WHERE book_id = $1 AND seq > $2',
      'DELETE FROM assignment WHERE book_id = $1 AND seq > $2',
      "UPDATE book SET seq = $2, epoch = 'other' WHERE id = $1",
    ])
      await db.query(sql, [bookId, seq]);
    await db.query('DELETE FROM change_log WHERE book_id = $1 AND n > 1', [bookId]);
    await db.query('DELETE FROM mutation_answer WHERE book_id = $1 AND n > 1', [bookId]);
    await db.query('UPDATE client SET last_n = 1, cursor_seq = 0 WHERE book_id = $1', [bookId]);
    await go(a);
    expect(nameOf(a, lost)).toBe('Lost');
    expect(nameOf(a, id)).toBe('Li');
    expect(
      (await db.query('SELECT id FROM record WHERE book_id = $1 AND id = $2', [bookId, lost])).length,
    ).toBe(1);
    expect(read(a.book.book.db, 'SELECT kind FROM sync_event ORDER BY n').all()).toContainEqual({
      kind: 'resnapshot',
    });
  });

  it('lists what is refused and puts the record back', async () => {
    const a = await laptop('a');
    const b = await laptop('b');
    const id = await customer(a, 'Li');
    await go(a);
    await go(b);
    const bad = uuid();
    b.book.book.commit({
      commandId: uuid(),
      name: 'x',
      changes: [
        {
          entity: 'note',
          id: bad,
          op: 'create',
          fields: {
            customerId: id,
            body: 'mine',
            takenAt: new Date().toISOString(),
            zone: 'UTC',
            createdAt: new Date().toISOString(),
          },
        },
      ],
      result: null,
      at: new Date().toISOString(),
      actor: 'me',
    });
    await customer(b, 'Good');
    expect(await go(b)).toMatchObject({ pushed: 1, refused: 1 });
    expect(read(b.book.book.db, 'SELECT reason, quarantined, op FROM refused').all()).toEqual([
      { reason: 'out_of_scope', quarantined: 1, op: 'create' },
    ]);
    expect(read(b.book.book.db, 'SELECT count(*) AS n FROM note').get()).toEqual({ n: 0 });
  });
});
