import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import type { TestBook } from '../../support/book.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { type BadWire, startProxy } from '../../support/proxy.ts';
import { addBook, addUser, type ServerProcess, startServerProcess } from '../../support/server.ts';
import { closeLaptop, connect, customerNames, openLaptop, settle, tryRound, typeCustomer } from './laptop.ts';

let postgres: TestPostgres;
let db: Database;
let bookId: string;
let server: ServerProcess | null = null;
const laptops: TestBook[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  db = openPostgres(postgres.url);
  await migrate(db);
  bookId = await addBook(db);
  await addUser(db, { username: 'ann', bookId });
  await addUser(db, { username: 'lead', bookId, role: 'leader' });
}, 60_000);
afterEach(async () => {
  for (const laptop of laptops.splice(0)) await closeLaptop(laptop);
  await server?.kill();
});
afterAll(async () => {
  await db?.close();
  await postgres?.stop();
});

/** Puts a server behind the address the laptops know. */
const serve = async (proxy: BadWire | null, env: Record<string, string> = {}): Promise<string> => {
  await server?.kill();
  server = await startServerProcess({ databaseUrl: postgres.url, env });
  if (proxy) proxy.target = server.url;
  return server.url;
};
const laptopOf = async (proxy: BadWire, username: string): Promise<TestBook> => {
  const laptop = openLaptop();
  laptops.push(laptop);
  await connect(laptop, proxy.url, username);
  await settle(laptop);
  return laptop;
};
const onServer = async (): Promise<string[]> =>
  (
    await db.query<{ name: string }>(
      `SELECT data->>'name' AS name FROM record WHERE book_id = $1 AND entity = 'customer' AND NOT deleted`,
      [bookId],
    )
  )
    .map(({ name }) => name)
    .sort();

test('a server killed between commit and answer has it once, and says so when it is asked again', async () => {
  await using proxy = await startProxy(await serve(null));
  const ann = await laptopOf(proxy, 'ann');
  await serve(proxy, { VISITBOOK_FAIL_POINT: 'push.committed' });
  const names = ['one', 'two', 'three'];
  for (const name of names) await typeCustomer(ann, name);
  expect(await tryRound(ann)).not.toBe('done');
  // it is there, and the laptop does not know
  expect(await onServer()).toEqual(names.toSorted());
  expect(await ann.call('sync.state', {})).toMatchObject({ waiting: names.length });

  await serve(proxy);
  await settle(ann);
  expect(await onServer()).toEqual(names.toSorted());
  expect(customerNames(ann)).toEqual(names.toSorted());
  expect(
    await db.query('SELECT n, count(*) AS times FROM change_log WHERE book_id = $1 GROUP BY n ORDER BY n', [
      bookId,
    ]),
  ).toEqual(names.map((_, index) => ({ n: index + 1, times: 1 })));
  expect(await ann.call('sync.state', {})).toMatchObject({ refused: 0, conflicts: 0, problem: null });
}, 120_000);
