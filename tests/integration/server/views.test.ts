import { describe, expect, onTestFinished, test } from 'vitest';
import { entities } from '#shared/domain/entities/index.ts';
import { createServerClock } from '../../../server/store/clock.ts';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { ensureViews } from '../../../server/store/views.ts';
import { writeRecords } from '../../../server/store/write.ts';
import { startPostgres } from '../../support/postgres.ts';

const BOOK = '018f0000-0000-7000-8000-000000000001';
const CUSTOMER = '018f0000-0000-7000-8000-000000000002';
const HOLDING = '018f0000-0000-7000-8000-000000000003';
const AT = '2026-03-02T01:02:03.004Z';

const openers: Record<string, () => Promise<Database>> = {
  PGlite: () => openPglite(),
  PostgreSQL: async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    return openPostgres(postgres.url);
  },
};

describe.each(Object.keys(openers))('views for reporting on %s', (kind) => {
  test('have typed columns, the defaults that records leave out, and nothing that was deleted', async () => {
    const db = (await openers[kind]?.()) as Database;
    onTestFinished(() => db.close());
    await migrate(db);
    expect(await Promise.all([ensureViews(db), ensureViews(db)])).toContain(true);
    expect(await ensureViews(db)).toBe(false);
    await db.query("INSERT INTO book (id, name, epoch) VALUES ($1, 'b', 'e')", [BOOK]);
    await db.transaction((sql) =>
      writeRecords(
        sql,
        BOOK,
        [
          {
            entity: 'customer',
            id: CUSTOMER,
            fields: {
              kind: 'person',
              name: "O'Neil",
              birthDate: '1980-02-29',
              latitude: 31.2,
              createdAt: AT,
            },
          },
          {
            entity: 'customer',
            id: HOLDING,
            fields: { kind: 'person', name: 'x', createdAt: AT },
            deleted: true,
          },
          {
            entity: 'holding',
            id: HOLDING,
            fields: {
              customerId: CUSTOMER,
              kind: 'deposit',
              productName: 'p',
              balanceMinor: 9e15,
              createdAt: AT,
            },
          },
        ],
        createServerClock(),
      ),
    );
    expect(
      await db.query(
        'SELECT id, customer_id, name, status, birth_date::text, latitude, do_not_call, tags, age, created_at FROM reporting.customer',
      ),
    ).toEqual([
      {
        id: CUSTOMER,
        customer_id: CUSTOMER,
        name: "O'Neil",
        status: 'active',
        birth_date: '1980-02-29',
        latitude: 31.2,
        do_not_call: false,
        tags: [],
        age: null,
        created_at: AT,
      },
    ]);
    expect(await db.query('SELECT balance_minor, currency FROM reporting.holding')).toEqual([
      { balance_minor: 9e15, currency: 'CNY' },
    ]);
    const views = await db.query("SELECT 1 FROM pg_views WHERE schemaname = 'reporting'");
    expect(views).toHaveLength(Object.keys(entities).length);
    const columns = await db.query<{ type: string }>(
      "SELECT data_type AS type FROM information_schema.columns WHERE table_schema = 'reporting' AND table_name = 'visit' AND column_name = 'starts_at'",
    );
    expect(columns).toEqual([{ type: 'timestamp with time zone' }]);
  });
});
