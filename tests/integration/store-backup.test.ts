import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/contracts/errors.ts';
import { write } from '../../electron/data/database/connection.ts';
import { checkDatabase } from '../../electron/data/database/integrity.ts';
import { currentVersion, migrate } from '../../electron/data/database/migrate.ts';
import { migrations } from '../../electron/data/database/migrations/index.ts';
import type { Migration } from '../../electron/data/database/migrations/migration.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { metaOf } from '../../electron/data/database/recovery/meta.ts';
import { addCustomer, countIn, makeStoreFolder, namesIn, type StoreFolder } from '../support/store.ts';

let at: StoreFolder;
beforeEach(() => {
  at = makeStoreFolder();
});
afterEach(() => at.remove());
const reasons = (folder = at.files.backups) =>
  existsSync(folder)
    ? readdirSync(folder)
        .map((name) => name.replace(/^.*Z-(\w+)\.db$/, '$1'))
        .sort()
    : [];

describe('a backup', () => {
  test('opens with the same key, is whole, and is not readable without', async () => {
    const { book } = at.open();
    addCustomer(book, '王芳');
    const made = await book.backups.make('manual');
    expect(book.backups.list()).toEqual([made]);
    const file = join(at.files.backups, made.name);
    expect(readFileSync(file).includes(Buffer.from('王芳'))).toBe(false);
    const copy = openDatabase({ file, key: at.key });
    checkDatabase(copy);
    expect(copy.prepare('SELECT name FROM customer').all()).toEqual([{ name: '王芳' }]);
    copy.close();
  });

  test('keeps the row numbers that the search index knows records by', async () => {
    const { book } = at.open();
    for (const name of ['a', 'b', 'c']) addCustomer(book, name);
    write(book.writable, `DELETE FROM customer WHERE name = 'b'`).run();
    const numbers = (db: typeof book.writable) =>
      db.prepare('SELECT rowid, name FROM customer ORDER BY rowid').all();
    const { name } = await book.backups.make('manual');
    const copy = openDatabase({ file: join(at.files.backups, name), key: at.key });
    expect(numbers(copy)).toEqual(numbers(book.writable));
    copy.close();
  });

  test('is made while commands go on, and holds one moment of them', async () => {
    const { book } = at.open();
    for (let n = 0; n < 500; n += 1) addCustomer(book, `before ${n}`);
    let done = false;
    const making = book.backups.make('manual').finally(() => {
      done = true;
    });
    let during = 0;
    while (!done) {
      addCustomer(book, `during ${during++}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const made = await making;
    expect(during).toBeGreaterThan(1);
    const copy = openDatabase({ file: join(at.files.backups, made.name), key: at.key });
    const held = copy.prepare('SELECT count(*) FROM customer').pluck().get() as number;
    expect(held).toBeGreaterThanOrEqual(500);
    expect(copy.prepare('SELECT count(*) FROM change').pluck().get()).toBe(held);
    copy.close();
  });

  test('is made on closing when something changed, and after an unclean end', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    await first.close();
    expect(reasons()).toEqual(['schedule']);
    await at.open().close();
    expect(reasons()).toEqual(['schedule']);
    const third = at.open();
    addCustomer(third.book, 'B');
    await at.cut(third);
    const fourth = at.open();
    await fourth.book.backups.settled();
    expect(reasons()).toEqual(['schedule', 'uncleanExit']);
  });
});

describe('going back to a backup', () => {
  test('takes a new client, brings what was typed since from the journal, and keeps the former database', async () => {
    const first = at.open();
    addCustomer(first.book, 'in the backup');
    const { name, at: backupAt } = await first.book.backups.make('manual');
    addCustomer(first.book, 'typed since');
    const client = metaOf(first.book.db, 'clientId');
    await first.close();
    const second = at.open({ restoreFrom: name });
    expect(namesIn(second.book)).toEqual(['in the backup', 'typed since']);
    expect(second.recovery).toEqual({
      key: 'recovery.restored',
      params: { backupAt, replayed: 1, review: 0, lost: 0 },
    });
    expect(countIn(second.book, 'outbox')).toBe(2);
    expect(metaOf(second.book.db, 'clientId')).not.toBe(client);
    expect(readdirSync(at.folder).filter((file) => file.includes('.replaced-'))).toHaveLength(1);
  });

  test('that is damaged or unknown changes nothing', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    const { name } = await first.book.backups.make('manual');
    await first.close();
    const file = join(at.files.backups, name);
    writeFileSync(file, readFileSync(file).fill(0, 5_000));
    expect(() => at.open({ restoreFrom: name })).toThrow();
    expect(() => at.open({ restoreFrom: 'unknown.db' })).toThrow(AppError);
    expect(namesIn(at.open().book)).toEqual(['A']);
  });
});

describe('migrations', () => {
  test('are numbered in order, without gaps', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, n) => n + 1));
  });

  test('are run on an older database after a backup of it, and keep its records', async () => {
    const first = at.open();
    addCustomer(first.book, 'old');
    write(first.book.writable, `UPDATE meta SET value = '0' WHERE key = 'backedUpSequence'`).run();
    await first.close();
    const old = openDatabase({ file: at.files.database, key: at.key });
    old.exec('DROP TABLE IF EXISTS customer_phone');
    old.pragma('user_version = 1');
    old.close();
    // the tables of later steps are there already: the step fails, and nothing of it stays
    expect(() => at.open()).toThrow();
    expect(reasons()).toContain('migration');
    const after = openDatabase({ file: at.files.database, key: at.key });
    expect(after.pragma('user_version', { simple: true })).toBe(1);
    expect(after.prepare('SELECT name FROM customer').all()).toEqual([{ name: 'old' }]);
    after.close();
  });

  test('a step that fails takes its transaction back and leaves those before it', () => {
    const db = openDatabase({ file: join(at.folder, 'steps.db'), key: at.key });
    const steps: Migration[] = [
      { version: 1, name: 'one', sql: 'CREATE TABLE one (a) STRICT;'.replace('(a)', '(a TEXT)') },
      {
        version: 2,
        name: 'two',
        sql: 'CREATE TABLE two (a TEXT) STRICT;',
        run: () => {
          throw new Error('no');
        },
      },
    ];
    expect(() => migrate(db, steps)).toThrow('no');
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()).toEqual([
      { name: 'one' },
    ]);
    db.close();
  });

  test('a database from the future is refused and left alone', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    await first.close();
    const file = openDatabase({ file: at.files.database, key: at.key });
    file.pragma(`user_version = ${currentVersion() + 1}`);
    file.close();
    const before = readFileSync(at.files.database);
    expect(() => at.open()).toThrow(expect.objectContaining({ code: 'from_the_future' }));
    expect(readFileSync(at.files.database).equals(before)).toBe(true);
  });
});

describe('a released book', () => {
  const fixture = join(import.meta.dirname, '../fixtures/book-1');

  test('opens with the program of today', () => {
    const key = Buffer.from(readFileSync(join(fixture, 'key.hex'), 'utf8').trim(), 'hex');
    copyFileSync(join(fixture, 'book.db'), at.files.database);
    const store = at.open({ key });
    expect(namesIn(store.book)).toEqual(['Acme 有限公司', '王芳']);
    expect(countIn(store.book, 'interaction')).toBe(1);
    expect(countIn(store.book, 'customer_fact')).toBe(2);
    addCustomer(store.book, 'new');
    expect(namesIn(store.book)).toHaveLength(3);
  });
});
