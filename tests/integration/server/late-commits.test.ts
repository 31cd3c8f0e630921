import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { allocateSeq } from '../../../server/store/seq.ts';
import { PROTOCOL, type PullAnswer, SCHEMA } from '../../../shared/sync/protocol.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { scriptedClient } from '../../support/scripted-client.ts';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  TEST_PASSWORD,
  type TestServer,
} from '../../support/server.ts';

/** Every transaction that wrote a record is held up at its commit: numbers are given long before they can be seen. */
const HELD = `
  CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(random() * 0.04); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER held AFTER INSERT OR UPDATE ON record DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold();`;
const WRITERS = 8;
const PUSHES = 6;

let postgres: TestPostgres;
let db: Database;
let servers: [TestServer, TestServer];

beforeAll(async () => {
  postgres = await startPostgres();
  db = openPostgres(postgres.url);
  await migrate(db);
  await db.script(HELD);
  const start = () => startServer({ db: openPostgres(postgres.url) });
  servers = [await start(), await start()];
}, 60_000);
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await db?.close();
  await postgres?.stop();
});

const urlAt = (n: number): string => (servers[n % 2] as TestServer).url;

/** Pulls all the time, now from this server, now from that one; answers what came, in order, once `isOver`. */
const watch = async (username: string, isOver: () => boolean) => {
  const { accessToken: token, clientId } = await signIn(urlAt(0), username);
  const { body: hello } = await ask<{ epoch: string; scope: string }>(urlAt(1), '/v1/sync/handshake', {
    token,
    body: { protocol: PROTOCOL.max, schema: SCHEMA, clientId, appVersion: '0', waiting: 0 },
  });
  const seqs: number[] = [];
  let since = `${hello.epoch}.${hello.scope === 'book' ? 'b' : 'a'}.0.0`;
  let pulls = 0;
  for (let more = true; more || pulls % 2 === 1; pulls += 1) {
    const over = isOver();
    const query = new URLSearchParams({ clientId, since, schema: String(SCHEMA) });
    const { status, body } = await ask<PullAnswer>(urlAt(pulls), `/v1/sync/pull?${query}`, { token });
    expect(status).toBe(200);
    seqs.push(...body.records.filter(({ entity }) => entity === 'customer').map(({ seq }) => seq));
    since = body.cursor;
    more = body.more || !over;
  }
  return { seqs, pulls };
};

it('no pull skips a number, whatever transactions are held, roll back or commit late', async () => {
  const bookId = await addBook(db);
  await addUser(db, { username: 'leader', bookId, role: 'leader' });
  const names = Array.from({ length: WRITERS }, (_, n) => `writer${n}`);
  for (const username of names) await addUser(db, { username, bookId });
  const writers = await Promise.all(names.map((name, n) => scriptedClient(urlAt(n), name, TEST_PASSWORD)));

  let over = false;
  const watching = Promise.all(['leader', 'writer0'].map((username) => watch(username, () => over)));
  const rollBack = async (): Promise<void> => {
    for (let n = 0; n < PUSHES; n += 1)
      await db
        .transaction(async (sql) => {
          await allocateSeq(sql, bookId, 3);
          await sql.query('SELECT pg_sleep(random() * 0.04)');
          throw new Error('second thoughts');
        })
        .catch(() => undefined);
  };
  const made = await Promise.all([
    ...writers.map(async ({ type }) => {
      const results = [];
      for (let n = 0; n < PUSHES; n += 1) {
        const id = randomUUID();
        const fields = { kind: 'person', name: `${n}`, createdAt: '2026-01-01T00:00:00.000Z' };
        results.push(...(await type({ entity: 'customer', id, op: 'create', fields })));
      }
      return results;
    }),
    rollBack().then(() => []),
  ]);
  over = true;
  const [leader, writer] = await watching;

  expect(made.flat().map(({ status }) => status)).toEqual(Array(WRITERS * PUSHES).fill('applied'));
  const rows = await db.query<{ seq: number; mine: boolean }>(
    `SELECT r.seq, a.username = 'writer0' AS mine FROM record r
     JOIN assignment s ON s.book_id = r.book_id AND s.customer_id = r.id AND s.ended_seq IS NULL
     JOIN account a ON a.id = s.account_id WHERE r.book_id = $1 AND r.entity = 'customer' ORDER BY r.seq`,
    [bookId],
  );
  expect(rows).toHaveLength(WRITERS * PUSHES);
  // in order, each once, none left out; and the pulls really fell between the commits
  expect(leader?.seqs).toEqual(rows.map(({ seq }) => seq));
  expect(new Set(writer?.seqs).size).toBe(PUSHES);
  expect(writer?.seqs.length).toBeGreaterThanOrEqual(PUSHES);
  expect(leader?.pulls).toBeGreaterThan(PUSHES);
});
