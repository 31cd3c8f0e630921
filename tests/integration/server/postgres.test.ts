import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../../server/migrations/index.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { startPostgres } from '../../support/postgres.ts';

describe.each(['system', 'packaged'] as const)('the %s PostgreSQL', (programs) => {
  const there = programs === 'packaged' || existsSync('/usr/lib/postgresql');

  test.runIf(there)('runs in a folder of its own and leaves nothing behind', async () => {
    const postgres = await startPostgres({ programs });
    const folder = new URL(postgres.url).searchParams.get('host') ?? '';
    const db = openPostgres(postgres.url);
    const [row] = await db.query<{ folder: string; fsync: string }>(
      "SELECT current_setting('data_directory') AS folder, current_setting('fsync') AS fsync",
    );
    await db.close();
    expect(row).toEqual({ folder: `${folder}/data`, fsync: 'off' });
    expect(existsSync(folder)).toBe(true);
    await postgres.stop();
    expect(existsSync(folder)).toBe(false);
  });
});

test('two servers that start at once migrate an empty database once', async () => {
  await using postgres = await startPostgres();
  const servers = [openPostgres(postgres.url), openPostgres(postgres.url), openPostgres(postgres.url)];
  await Promise.all(servers.map((db) => migrate(db)));
  await Promise.all(servers.map((db) => migrate(db)));
  const steps = await servers[0]?.query('SELECT version FROM schema_step ORDER BY version');
  expect(steps).toEqual(migrations.map(({ version }) => ({ version })));
  await Promise.all(servers.map((db) => db.close()));
});
