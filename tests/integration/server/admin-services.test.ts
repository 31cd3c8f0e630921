import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBook, listBooks, newEpoch } from '../../../server/admin/books.ts';
import type { AdminContext } from '../../../server/admin/context.ts';
import { assignCustomers, reassignAll, unassignCustomers } from '../../../server/admin/customers.ts';
import { syncHealth } from '../../../server/admin/health.ts';
import { prune } from '../../../server/admin/prune.ts';
import { createEnrollCode, createUser, revokeDevice, setActive } from '../../../server/admin/users.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { pull } from '../../../server/store/pull.ts';
import { type ServerWrite, writeRecords } from '../../../server/store/write.ts';
import { openAdmin } from '../../support/admin.ts';
import { startPostgres } from '../../support/postgres.ts';

const BOOK = '静安';
const AT = '2026-03-02T01:02:03.004Z';

const bank = async (context: AdminContext) => {
  const book = await createBook(context, { name: BOOK });
  const li = await createUser(context, { username: 'li', name: '李', role: 'manager', book: BOOK });
  const wang = await createUser(context, { username: 'wang', name: '王', role: 'manager', book: BOOK });
  const write = (writes: ServerWrite[]) =>
    context.db.transaction((sql) => writeRecords(sql, book.id, writes, context.clock));
  const ids = ['1', '2', '3'].map(() => randomUUID());
  await write(
    ids.map((id, n) => ({
      entity: 'customer',
      id,
      fields: { kind: 'person', name: `客户${n + 1}`, customerNo: String(n + 1), createdAt: AT },
    })),
  );
  return { book, li, wang, ids, write };
};

/** A device of a user with a client that has pulled up to a seq. */
const addDevice = async (
  { db }: AdminContext,
  {
    accountId,
    bookId,
    cursor,
    syncedDaysAgo = 0,
  }: { accountId: string; bookId: string; cursor: number; syncedDaysAgo?: number },
): Promise<string> => {
  const id = randomUUID();
  await db.query("INSERT INTO device (id, account_id, name, platform) VALUES ($1, $2, 'ThinkPad', 'win32')", [
    id,
    accountId,
  ]);
  await db.query(
    `INSERT INTO client (book_id, client_id, account_id, device_id, cursor_seq, waiting, last_sync_at)
     VALUES ($1, $2, $3, $4, $5, 7, now() - $6::int * interval '1 day')`,
    [bookId, `c-${id.slice(0, 8)}`, accountId, id, cursor, syncedDaysAgo],
  );
  return id;
};

describe.each(['PGlite', 'PostgreSQL'])('administration on %s', (kind) => {
  const open = async (): Promise<AdminContext> => {
    if (kind === 'PGlite') return openAdmin(await openPglite());
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    return openAdmin(openPostgres(postgres.url));
  };

  test('one owner at a time: who gains a customer pulls it, who loses it is told to purge it', async () => {
    const context = await open();
    const { book, li, wang, ids } = await bank(context);
    const viewerOf = (accountId: string) => ({
      bookId: book.id,
      accountId,
      role: 'manager' as const,
      deviceId: randomUUID(),
    });
    const head = async () => (await listBooks(context))[0];
    const pullOf = async (accountId: string, since: string) =>
      pull(context.db, viewerOf(accountId), { clientId: `c-${accountId.slice(-8)}`, since });
    const begin = (await head()) ?? { epoch: '', head: 0 };
    const from = `${begin.epoch}.a.${begin.head}.${Number.MAX_SAFE_INTEGER}`;

    const given = { book: BOOK, username: 'li', customers: ['1', '2'], role: 'owner' as const };
    expect(await assignCustomers(context, given)).toEqual({ changed: 2 });
    expect(await assignCustomers(context, given)).toEqual({ changed: 0 });
    const first = await pullOf(li.id, from);
    expect(
      first.records
        .filter(({ entity }) => entity === 'customer')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(ids.slice(0, 2).toSorted());
    await expect(assignCustomers(context, { ...given, customers: ['1', '99'] })).rejects.toThrow(
      /no customer 99/,
    );

    expect(await reassignAll(context, { book: BOOK, from: 'li', to: 'wang' })).toEqual({ changed: 2 });
    expect(
      (await pullOf(li.id, first.cursor)).revoked.map(({ customerId }) => customerId).toSorted(),
    ).toEqual(ids.slice(0, 2).toSorted());
    const gained = await pullOf(wang.id, from);
    expect(gained.records.filter(({ entity }) => entity === 'customer')).toHaveLength(2);
    const deputies = { book: BOOK, username: 'li', customers: ['1', '3'] };
    expect(await assignCustomers(context, { ...deputies, role: 'deputy' })).toEqual({ changed: 2 });
    expect(await unassignCustomers(context, deputies)).toEqual({ changed: 2 });
    const owner = { ...deputies, username: 'wang' };
    await expect(unassignCustomers(context, owner)).rejects.toThrow(/wang owns 1: assign another owner/);
    await expect(assignCustomers(context, { ...owner, role: 'deputy' })).rejects.toThrow(/owns 1/);
    await expect(reassignAll(context, { book: BOOK, from: 'wang', to: 'wang' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('tombstones go when every laptop that still comes knows them, and no sooner', async () => {
    const context = await open();
    const { book, li, wang, ids, write } = await bank(context);
    await write([{ entity: 'customer', id: ids[0] ?? '', fields: {}, deleted: true }]);
    const { head = 0 } = (await listBooks(context))[0] ?? {};
    await addDevice(context, { accountId: li.id, bookId: book.id, cursor: head - 1 });
    await addDevice(context, { accountId: wang.id, bookId: book.id, cursor: 0, syncedDaysAgo: 91 });
    const asked = { book: BOOK, days: 90 };
    expect(await prune(context, asked)).toMatchObject({ horizon: head - 1, tombstones: 0 });
    await context.db.query('UPDATE client SET cursor_seq = $1 WHERE account_id = $2', [head, li.id]);
    expect(await prune(context, { ...asked, dryRun: true })).toMatchObject({ horizon: head, tombstones: 1 });
    expect(await prune(context, asked)).toEqual({ horizon: head, tombstones: 1, assignments: 0 });
    expect(await prune(context, asked)).toMatchObject({ tombstones: 0 });
    expect(await listBooks(context)).toMatchObject([{ horizon: head, customers: 2 }]);
  });

  test('health shows each device with its lag; a revoked one and a disabled user are kept out', async () => {
    const context = await open();
    const { book, li } = await bank(context);
    const { head = 0 } = (await listBooks(context))[0] ?? {};
    const device = await addDevice(context, { accountId: li.id, bookId: book.id, cursor: head - 2 });
    const rows = await syncHealth(context, { book: BOOK });
    expect(rows).toMatchObject([
      { username: 'li', device: 'ThinkPad', waiting: 7, lag: 2, quarantined: 0, revokedAt: null },
      { username: 'wang', device: null, lag: null },
    ]);
    await revokeDevice(context, { device });
    await revokeDevice(context, { device });
    await setActive(context, { username: 'LI', active: false });
    const [after] = await syncHealth(context, {});
    expect(after?.active).toBe(false);
    expect(Date.parse(after?.revokedAt ?? '')).toBeGreaterThan(0);
    await expect(createEnrollCode(context, { username: 'li', hours: 1 })).rejects.toMatchObject({
      code: 'user_disabled',
    });
    const told = await context.db.query(
      "SELECT data->'active' AS active FROM record WHERE entity = 'user' AND id = $1",
      [li.id],
    );
    expect(told).toEqual([{ active: false }]);
    await expect(revokeDevice(context, { device: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a new epoch takes the place of the old one in the books that are named', async () => {
    const context = await open();
    await bank(context);
    await createBook(context, { name: '徐汇' });
    const before = await listBooks(context);
    expect(await newEpoch(context, { book: '徐汇' })).toEqual({ books: ['徐汇'] });
    const after = await listBooks(context);
    const changed = after.filter(({ epoch }) => !before.some((one) => one.epoch === epoch));
    expect(changed.map(({ name }) => name)).toEqual(['徐汇']);
    await expect(createBook(context, { name: '徐汇' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await newEpoch(context, {})).books).toHaveLength(2);
  });
});
