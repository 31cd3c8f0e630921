import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { openPglite } from '../../../server/store/pglite.ts';

/** Tables that are small and kept whole on every node (docs/spec/scale.md). */
const REFERENCE = [
  'account',
  'device',
  'enroll_code',
  'refresh_token',
  'schema_step',
  'server_event',
  'server_meta',
  'stranger',
];

test('every table that grows with a book can be spread by book: its keys begin with the book', async () => {
  const db = await openPglite();
  onTestFinished(() => db.close());
  await migrate(db);
  const unique = await db.query<{ table: string; index: string; first: string; columns: string }>(
    `SELECT c.relname AS table, i.indexrelid::regclass::text AS index,
       (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum = i.indkey[0]) AS first,
       (SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = c.oid AND attnum = ANY(i.indkey)) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND NOT c.relname = ANY($1::text[])`,
    [REFERENCE],
  );
  const distribution = (table: string): string => (table === 'book' ? 'id' : 'book_id');
  expect(unique.filter(({ table, columns }) => !columns.split(',').includes(distribution(table)))).toEqual(
    [],
  );
  expect(
    unique.filter(({ table, index, first }) => index.endsWith('_pkey') && first !== distribution(table)),
  ).toEqual([]);
  const tables = await db.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const keyed = new Set(unique.map(({ table }) => table));
  expect(
    tables
      .map(({ name }) => name)
      .filter((name) => !keyed.has(name))
      .toSorted(),
  ).toEqual(REFERENCE);
  // A foreign key from a table kept everywhere to one that is spread cannot be; the one there is is taken off first.
  const foreign = await db.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY($1::text[])
       AND NOT confrelid::regclass::text = ANY($1::text[])`,
    [REFERENCE],
  );
  expect(foreign).toEqual([{ name: 'account_book_id_fkey' }]);
});
