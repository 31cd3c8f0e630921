import { expect, test } from 'vitest';
import { entities } from '#shared/domain/entities/index.ts';
import { seedDemo } from '../../../server/admin/demo.ts';
import { snapshot } from '../../../server/store/snapshot.ts';
import type { SnapshotAnswer } from '../../../shared/sync/protocol.ts';
import { openAdmin } from '../../support/admin.ts';

test('the demo bank has its teams, everybody has customers, and every record is what its schema wants', {
  timeout: 120_000,
}, async () => {
  const context = await openAdmin();
  const bank = await seedDemo(context, { today: '2026-11-25' });
  const { db } = context;
  expect(bank.customers).toBe(2_000);
  const roles = bank.users.map(({ role }) => role);
  expect(roles.filter((role) => role === 'manager')).toHaveLength(12);
  expect(roles.filter((role) => role === 'leader')).toHaveLength(3);
  const rows = await db.query<{ entity: keyof typeof entities; data: Record<string, unknown> }>(
    'SELECT entity, data FROM record',
  );
  const unfit = rows.filter(({ entity, data }) => !entities[entity].schema.safeParse(data).success);
  expect(unfit.slice(0, 3)).toEqual([]);
  const [twice] = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT data->>'customerNo' FROM record WHERE entity = 'customer' AND data->>'customerNo' IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS doubled`,
  );
  expect(twice).toEqual({ count: 0 });
  const today = await db.query<{ visits: number }>(
    `SELECT count(*) AS visits FROM record r JOIN assignment a ON a.book_id = r.book_id AND a.customer_id = r.customer_id
     WHERE r.entity = 'visit' AND left(r.data->>'startsAt', 10) = '2026-11-25' GROUP BY a.account_id`,
  );
  expect(today.map(({ visits }) => visits)).toEqual(Array.from({ length: 12 }, () => 4));
  const [owned] = await db.query(
    `SELECT count(*) AS count FROM record r WHERE customer_id IS NULL AND owner_id IS NULL AND entity <> 'user'`,
  );
  expect(owned).toEqual({ count: 0 });
  const [first] = bank.users.filter(({ role }) => role === 'manager');
  const [row] = await db.query<{ id: string; book_id: string }>(
    'SELECT id, book_id FROM account WHERE username = $1',
    [first?.username],
  );
  const viewer = { bookId: row?.book_id ?? '', accountId: row?.id ?? '', role: 'manager' as const };
  const { json } = await snapshot(db, viewer, { today: '2026-11-25' });
  const page = JSON.parse(json) as SnapshotAnswer;
  const visits = page.records.filter(
    ({ entity, data }) => entity === 'visit' && String(data.startsAt).startsWith('2026-11-25'),
  );
  expect([page.phase, visits.length]).toEqual(['today', 4]);
  await expect(seedDemo(context)).rejects.toMatchObject({ code: 'conflict' });
});
