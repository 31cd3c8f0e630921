import { expect, test } from 'vitest';
import { migrations } from '../../../server/migrations/index.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { startServer } from '../../support/server.ts';

test('while a newer program is rolled out the one before goes on, and does not start anew', async () => {
  await using server = await startServer();
  const newer = {
    version: (migrations.at(-1)?.version ?? 0) + 1,
    name: 'newer',
    sql: 'ALTER TABLE book ADD COLUMN motto text',
  };
  await migrate(server.db, [...migrations, newer]);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await expect(migrate(server.db)).rejects.toThrow(/update the program/);
  await server.db.query('DELETE FROM schema_step WHERE version > 1');
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
});
