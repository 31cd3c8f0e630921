// Measures the CSV import against raw inserts of the same rows into the same encrypted database:
//   node build/run.mjs tests/bench/import.ts [file]   (WITHOUT=search leaves a hook out)
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { codecs } from '../../electron/data/database/codec.ts';
import { read, type WritableDb, write } from '../../electron/data/database/connection.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook } from '../support/book.ts';

const TOKEN = 'csv0csv0csv0csv0csv0csv0';
const file =
  process.argv[2] ?? join(import.meta.dirname, '../../../shared/data/bank-marketing/bank-full.csv');
const test = openTestBook(features, {
  hooks: commitHooks.filter((hook) => !(process.env.WITHOUT ?? '').includes(hook.name)),
  journal: true,
});
test.files.set(TOKEN, file);
const result = async (jobId: string) => {
  await test.jobs.settled();
  return (await test.call('job.get', { id: jobId })) as {
    state: string;
    result: { importId: string; counts: unknown };
  };
};
const timed = async <T>(name: string, work: () => Promise<T>): Promise<[T, number]> => {
  const begun = performance.now();
  const value = await work();
  const seconds = (performance.now() - begun) / 1_000;
  console.log(JSON.stringify({ name, value: Math.round(seconds * 100) / 100, unit: 's' }));
  return [value, seconds];
};

const [{ dialect, mapping }] = await timed('import.inspect', () =>
  test.call('import.inspect', { file: TOKEN }),
);
await timed('import.dryRun', async () =>
  result((await test.call('import.dryRun', { file: TOKEN, dialect, mapping })).jobId),
);
const [done, seconds] = await timed('import.run', async () =>
  result((await test.call('import.run', { file: TOKEN, dialect, mapping })).jobId),
);
console.log(JSON.stringify(done.result.counts));

/** The same records, inserted as fast as this database takes them: one statement each, in transactions of 1,200. */
const insertRaw = (source: WritableDb, target: WritableDb): number => {
  let count = 0;
  for (const entity of ['customer', 'holding', 'interaction'] as EntityName[]) {
    const { table, columns, insertSql } = codecs[entity];
    const names = ['id', ...columns.map((column) => `"${column.column}"`), 'stamps'].join(', ');
    const rows = read<Record<string, unknown>>(source, `SELECT ${names} FROM ${table}`).all();
    const values = rows.map((row) => Object.values(row));
    const begun = performance.now();
    for (let at = 0; at < values.length; at += 1_200) {
      target.exec('BEGIN IMMEDIATE');
      for (const row of values.slice(at, at + 1_200)) write(target, insertSql).run(...row);
      target.exec('COMMIT');
    }
    rawSeconds += (performance.now() - begun) / 1_000;
    count += rows.length;
  }
  return count;
};
let rawSeconds = 0;
const raw = openDatabase({ file: join(test.folder, 'raw.db'), key: randomBytes(32) });
migrate(raw);
const records = insertRaw(test.book.writable, raw);
raw.close();
const rate = records / seconds;
const baseline = records / rawSeconds;
console.log(
  JSON.stringify({
    name: 'import.recordsPerSecond',
    value: Math.round(rate),
    unit: '1/s',
    baseline: Math.round(baseline),
    ratio: Math.round((rate / baseline) * 1_000) / 1_000,
    n: records,
    entities: Object.keys(entities).length,
  }),
);
if (!process.env.WITHOUT)
  await timed('import.undo', async () =>
    result((await test.call('import.undo', { id: done.result.importId })).jobId),
  );
test.close();
