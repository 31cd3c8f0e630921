import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { codecs } from '../../electron/data/database/codec.ts';
import { read, type WritableDb, write } from '../../electron/data/database/connection.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { median, report, say } from './report.ts';

const LOGGED = 200;
const TOKEN = 'csv0csv0csv0csv0csv0csv0';
const ROWS_PER_TRANSACTION = 1_000;
const ENTITIES: EntityName[] = ['customer', 'holding', 'interaction'];

/** A logged call through the whole path, journal included, against one encrypted insert and its commit. */
const measureLog = async (test: TestBook): Promise<void> => {
  const customerId = uuid();
  await test.call('customer.create', { id: customerId, fields: { kind: 'person', name: '张伟' } });
  const raw = test.book.writable;
  raw.exec('CREATE TABLE bench_raw (id TEXT PRIMARY KEY, words TEXT)');
  const logged: number[] = [];
  const plain: number[] = [];
  for (let index = 0; index < LOGGED; index++) {
    let begun = performance.now();
    await test.call('interaction.log', {
      id: uuid(),
      customerId,
      kind: 'call',
      at: new Date().toISOString(),
      zone: 'Asia/Shanghai',
      purpose: 'care',
      outcome: 'reached',
      summary: '聊了近况,问了定期到期后的打算',
    });
    logged.push(performance.now() - begun);
    begun = performance.now();
    raw.exec('BEGIN IMMEDIATE');
    write(raw, 'INSERT INTO bench_raw VALUES (?, ?)').run(uuid(), '聊了近况,问了定期到期后的打算');
    raw.exec('COMMIT');
    plain.push(performance.now() - begun);
  }
  report({
    name: 'log a call',
    value: median(logged),
    unit: 'ms',
    against: 'raw encrypted commit',
    baseline: median(plain),
    n: LOGGED,
    aim: '≤ 3 x',
  });
};

/** The same rows of the same file, inserted as fast as this database takes them. Answers rows per second. */
const insertRaw = (source: WritableDb, target: WritableDb): { rows: number; perSecond: number } => {
  let rows = 0;
  let milliseconds = 0;
  for (const entity of ENTITIES) {
    const { table, columns } = codecs[entity];
    const names = ['id', ...columns.map((column) => `"${column.column}"`), 'stamps'];
    const values = read<Record<string, unknown>>(
      source,
      `SELECT ${names.join(', ')} FROM ${table} WHERE deleted = 0`,
    )
      .all()
      .map((row) => Object.values(row));
    const insert = write(
      target,
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    const begun = performance.now();
    for (let at = 0; at < values.length; at += ROWS_PER_TRANSACTION) {
      target.exec('BEGIN IMMEDIATE');
      for (const row of values.slice(at, at + ROWS_PER_TRANSACTION)) insert.run(...row);
      target.exec('COMMIT');
    }
    milliseconds += performance.now() - begun;
    rows += values.length;
  }
  return { rows, perSecond: (rows / milliseconds) * 1_000 };
};

const bankFile = (folder: string): string => {
  const real = join(import.meta.dirname, '../../../shared/data/bank-marketing/bank-full.csv');
  if (existsSync(real)) return real;
  say('bank-full.csv is not there: a made file takes its place');
  const made = join(folder, 'made.csv');
  writeFileSync(
    made,
    `age;job;balance;contact;day;month;duration\n${Array.from({ length: 20_000 }, (_, n) => `${20 + (n % 60)};services;${n};cellular;${1 + (n % 28)};may;${n % 600}`).join('\n')}\n`,
  );
  return made;
};

/** Import of a real CSV, and the import of the same file once more as updates, against raw inserts of the same rows. */
const measureImport = async (test: TestBook): Promise<void> => {
  test.files.set(TOKEN, bankFile(test.folder));
  const run = async (): Promise<number> => {
    const { dialect, mapping } = await test.call('import.inspect', { file: TOKEN });
    const begun = performance.now();
    const { jobId } = await test.call('import.run', { file: TOKEN, dialect, mapping });
    await test.jobs.settled();
    const job = await test.call('job.get', { id: jobId });
    if (job.state !== 'done') throw new Error(`the import ended as ${job.state}`);
    return performance.now() - begun;
  };
  say('import');
  const milliseconds = await run();
  const raw = openDatabase({ file: join(test.folder, 'raw.db'), key: randomBytes(32) });
  migrate(raw);
  const { rows, perSecond } = insertRaw(test.book.writable, raw);
  raw.close();
  report({
    name: 'CSV import',
    value: (rows / milliseconds) * 1_000,
    unit: 'records/s',
    against: 'raw encrypted bulk insert',
    baseline: perSecond,
    n: rows,
    aim: '≥ 0.4 x',
  });
  const ids = read<{ id: string }>(
    test.book.writable,
    'SELECT id FROM customer WHERE deleted = 0 LIMIT 10000',
  )
    .all()
    .map((row) => row.id);
  const begun = performance.now();
  for (let at = 0; at < ids.length; at += ROWS_PER_TRANSACTION)
    await test.call('customer.updateMany', {
      ids: ids.slice(at, at + ROWS_PER_TRANSACTION),
      set: { class: 'B' },
    });
  report({
    name: 'bulk upsert',
    value: (ids.length / (performance.now() - begun)) * 1_000,
    unit: 'records/s',
    against: 'raw encrypted bulk insert',
    baseline: perSecond,
    n: ids.length,
  });
};

/** What writing costs, beside what this encrypted database takes without us. */
export const measureWriting = async (): Promise<void> => {
  say('log calls');
  const test = openTestBook(features, { hooks: [...commitHooks], journal: true });
  await measureLog(test);
  test.close();
  const fresh = openTestBook(features, { hooks: [...commitHooks], journal: true });
  await measureImport(fresh);
  fresh.close();
};
