import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportMapping, importResult } from '#shared/contracts/book.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

/** An id that is the same in every run. */
const uuid = (sign: string): string => `${sign.repeat(8)}-0000-4000-8000-000000000000`;
const TOKEN = 'csv0csv0csv0csv0csv0csv0';
const DATA = join(import.meta.dirname, '../../../shared/data');
const BANK = join(DATA, 'bank-marketing/bank.csv');

let test: TestBook;
beforeEach(async () => {
  test = await openTestBook(features, { hooks: [...commitHooks] });
});
afterEach(async () => {
  await test.close();
});

const file = (name: string, content: string | Buffer): void => {
  const path = join(test.folder, name);
  writeFileSync(path, content);
  test.files.set(TOKEN, path);
};

const settled = async (jobId: string) => {
  await test.jobs.settled();
  return test.call('job.get', { id: jobId });
};

const importAll = async (change: Partial<ImportMapping> = {}) => {
  const { dialect, mapping } = await test.call('import.inspect', { file: TOKEN });
  const { jobId } = await test.call('import.run', {
    file: TOKEN,
    dialect,
    mapping: { ...mapping, ...change },
  });
  const job = await settled(jobId);
  expect(job.state).toBe('done');
  return importResult.parse(job.result);
};

const names = async () =>
  (await test.call('customer.list', { limit: 1_000 })).rows.map((row) => row.name).sort();

const CHINESE =
  '姓名,手机,级别,生日,余额,备注\n张伟,13800000001,A级,1980年3月5日,12万,爱好钓鱼\n李娜,13800000002,B,1975/12/01,"3,500.50",\n王芳,不是电话,C,1990-01-01,100,\n赵六,13800000003,C,1990-02-30,100,\n';

describe('looking at a file', () => {
  it.each([
    ['utf-8', Buffer.from(CHINESE)],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(CHINESE)])],
    ['gb18030', iconv.encode(CHINESE, 'gb18030')],
    ['utf-16le', iconv.encode(CHINESE, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(CHINESE, 'utf-16be', { addBOM: true })],
  ])('reads %s', async (encoding, content) => {
    file('客户.csv', content);
    const seen = await test.call('import.inspect', { file: TOKEN });
    expect(seen.dialect).toMatchObject({ encoding, separator: ',', hasHeader: true });
    expect(seen.columns.map((column) => [column.name, column.target])).toEqual([
      ['姓名', 'customer.name'],
      ['手机', 'customer.phones'],
      ['级别', 'customer.class'],
      ['生日', 'customer.birthDate'],
      ['余额', 'holding.balanceMinor'],
      ['备注', 'customer.about'],
    ]);
  });

  it.each([
    ['semicolons', 'a;b\n1;2\n3;4\n', ';'],
    ['tabs', 'a\tb\n1\t2\n', '\t'],
    ['bars', 'a|b\r\n1|2\r\n', '|'],
    ['quoted commas', '"a","b"\n"1,5","2"\n"3,5","4"\n', ','],
  ])('finds %s', async (_what, content, separator) => {
    file('x.csv', content);
    expect((await test.call('import.inspect', { file: TOKEN })).dialect.separator).toBe(separator);
  });

  it('refuses what is no text, by name', async () => {
    file('book.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 1, 2, 3]));
    await expect(test.call('import.inspect', { file: TOKEN })).rejects.toMatchObject({
      code: 'not_csv',
      params: { kind: 'XLS' },
    });
  });
});

describe('an import', () => {
  it('names what does not fit, writes the rest, and is taken back whole', async () => {
    file('客户.csv', iconv.encode(CHINESE, 'gb18030'));
    const { dialect, mapping } = await test.call('import.inspect', { file: TOKEN });
    const dry = await test.call('import.dryRun', { file: TOKEN, dialect, mapping });
    const tried = importResult.parse((await settled(dry.jobId)).result);
    expect(tried.counts).toEqual({
      rows: 4,
      created: 2,
      updated: 0,
      skipped: 0,
      bad: 2,
      interactions: 0,
      holdings: 2,
    });
    expect(await names()).toEqual([]);

    const result = await importAll();
    expect(result.counts).toEqual(tried.counts);
    expect(result.badRows).toEqual([
      { line: 4, column: '手机', value: '不是电话', rule: 'badRow.phone' },
      { line: 5, column: '生日', value: '1990-02-30', rule: 'badRow.date' },
    ]);
    expect(await names()).toEqual(['张伟', '李娜']);
    const [zhang] = (await test.call('customer.list', { text: '张伟' })).rows;
    expect(zhang).toMatchObject({ class: 'A', balanceMinor: 12_000_000, currency: 'CNY' });

    const { jobId } = await test.call('import.undo', { id: result.importId ?? '' });
    expect((await settled(jobId)).state).toBe('done');
    expect(await names()).toEqual([]);
    expect((await test.call('import.list', {})).imports[0]?.state).toBe('undone');
  });

  it('updates who is here already, and the undo brings back what was there', async () => {
    file('one.csv', '姓名,电话,职业\n张伟,13800000001,教师\n');
    await importAll();
    file('two.csv', '姓名,电话,职业,城市\n张伟,+86 138 0000 0001,校长,上海\n');
    const second = await importAll();
    expect(second.counts).toMatchObject({ created: 0, updated: 1 });
    const [row] = (await test.call('customer.list', {})).rows;
    expect((await test.call('customer.get', { id: row?.id ?? '' })).customer).toMatchObject({
      occupation: '校长',
      city: '上海',
    });
    await settled((await test.call('import.undo', { id: second.importId ?? '' })).jobId);
    expect((await test.call('customer.get', { id: row?.id ?? '' })).customer).toMatchObject({
      occupation: '教师',
      city: null,
    });
  });

  it('keeps nothing of a document number but its tail', async () => {
    file('id.csv', '姓名,身份证号\n张伟,310101198003051234\n');
    await importAll();
    const [row] = (await test.call('customer.list', {})).rows;
    const { customer } = await test.call('customer.get', { id: row?.id ?? '' });
    expect(customer).toMatchObject({ idTail: '1234', birthDate: '1980-03-05' });
    const stored = test.book.writable
      .prepare("SELECT count(*) AS n FROM change WHERE fields LIKE '%310101198003051234%'")
      .get() as { n: number };
    expect(stored.n).toBe(0);
  });

  it('remembers the mapping of files with the same columns', async () => {
    file('a.csv', 'Who,Call\nAnn,13800000001\n');
    await importAll({ columns: ['customer.name', 'customer.phones'] });
    file('b.csv', 'Who,Call\nBob,13800000002\n');
    expect(await test.call('import.inspect', { file: TOKEN })).toMatchObject({
      remembered: true,
      mapping: { columns: ['customer.name', 'customer.phones'] },
    });
  });

  it('stops when it is cancelled and can still be taken back', async () => {
    file('many.csv', `姓名\n${Array.from({ length: 5_000 }, (_, n) => `客户${n}`).join('\n')}\n`);
    const { dialect, mapping } = await test.call('import.inspect', { file: TOKEN });
    const { jobId } = await test.call('import.run', { file: TOKEN, dialect, mapping });
    await test.call('job.cancel', { id: jobId });
    expect((await settled(jobId)).state).toBe('cancelled');
    const [run] = (await test.call('import.list', {})).imports;
    expect(run?.state).toBe('cancelled');
    await settled((await test.call('import.undo', { id: run?.id ?? '' })).jobId);
    expect(await names()).toEqual([]);
  });

  it('saves the bad rows so that no spreadsheet executes them', async () => {
    file('bad.csv', '姓名,年龄\n张伟,=1+1\n');
    const { importId } = await importAll();
    const out = join(test.folder, 'bad-out.csv');
    test.files.set('out0out0out0out0out0out0', out);
    await test.call('import.saveBadRows', {
      id: importId ?? '',
      file: 'out0out0out0out0out0out0',
      language: 'en',
    });
    expect(readFileSync(out, 'utf8')).toBe("\uFEFFLine,Column,Value,Reason\r\n2,年龄,'=1+1,Not a number\r\n");
  });
});

describe('an import that comes again', () => {
  const ROWS =
    '客户号,姓名,卡号,余额,联系日期,联系内容\nC1,张伟,6222000012345678,100,2026-01-05,谈了定期\nC2,李娜,,200,,\n';

  it('brings nothing twice', async () => {
    file('a.csv', ROWS);
    await importAll();
    file('b.csv', ROWS.replace(',100,', ',150,'));
    expect((await importAll()).counts).toMatchObject({ created: 0, updated: 2, interactions: 0 });
    const count = (table: string) =>
      (
        test.book.writable.prepare(`SELECT count(*) AS n FROM ${table} WHERE deleted = 0`).get() as {
          n: number;
        }
      ).n;
    expect([count('customer'), count('holding'), count('interaction')]).toEqual([2, 2, 1]);
    expect((await test.call('search.query', { text: '5678' })).hits[0]?.title.join('')).toBe('张伟');
  });

  it('takes two people who share a telephone for two, and two rows of one customer for one', async () => {
    file(
      'a.csv',
      '姓名,电话,身份证,城市\n张伟,13800000001,,\n李娜,13800000001,,\n王芳,13900000001,110101199001011234,\n王芳,,110101199001011234,北京\n',
    );
    expect((await importAll()).counts).toMatchObject({ created: 3, updated: 1 });
    const [wang] = (await test.call('customer.list', { text: '王芳' })).rows;
    expect((await test.call('customer.get', { id: wang?.id ?? '' })).customer).toMatchObject({
      city: '北京',
      gender: 'male',
    });
  });

  it('goes on where a crash left it, without doing anything twice', async () => {
    file(
      'many.csv',
      `姓名,年龄\n${Array.from({ length: 1_300 }, (_, n) => `客户${n},${n === 3 ? 'x' : 30}`).join('\n')}\n`,
    );
    const { dialect, mapping } = await test.call('import.inspect', { file: TOKEN });
    const input = { file: TOKEN, dialect, mapping };
    const first = await test.call('import.run', input, uuid('a'));
    const whole = importResult.parse((await settled(first.jobId)).result);
    const db = test.book.writable;
    // as if the process had died before it noted its second chunk and wrote its third
    const last = db
      .prepare("SELECT command_id AS id FROM audit_event WHERE name = 'import.run' ORDER BY n DESC LIMIT 1")
      .get() as {
      id: string;
    };
    await test.call('undo.command', { commandId: last.id });
    db.prepare('DELETE FROM command WHERE id = ?').run(last.id);
    db.prepare("UPDATE import_run SET state = 'running', chunks = 1").run();
    expect((await test.call('import.list', {})).imports[0]?.state).toBe('failed');
    const again = await test.call('import.run', input, uuid('a'));
    expect(importResult.parse((await settled(again.jobId)).result)).toEqual(whole);
    expect(await names()).toHaveLength(1_000);
    expect((await test.call('import.badRows', { id: whole.importId ?? '' })).total).toBe(1);
    await settled((await test.call('import.undo', { id: whole.importId ?? '' })).jobId);
    expect(await names()).toEqual([]);
  });

  it('leaves customers who got something since, with all they have', async () => {
    file('a.csv', '姓名,余额\n张伟,100\n李娜,200\n');
    const { importId } = await importAll();
    const [zhang] = (await test.call('customer.list', { text: '张伟' })).rows;
    await test.call('task.create', { id: uuid('b'), fields: { customerId: zhang?.id ?? '', text: '回电' } });
    const { jobId } = await test.call('import.undo', { id: importId ?? '' });
    expect(importResult.parse((await settled(jobId)).result).counts.skipped).toBe(2);
    expect(await names()).toEqual(['张伟']);
    expect((await test.call('customer.list', {})).rows[0]?.balanceMinor).toBe(10_000);
  });
});

describe('real files', () => {
  it.skipIf(!existsSync(BANK))(
    'takes the Bank Marketing sample whole (skipped where ../shared/data is absent)',
    async () => {
      test.files.set(TOKEN, BANK);
      const result = await importAll();
      expect(result.counts).toMatchObject({
        rows: 4_521,
        created: 4_521,
        bad: 0,
        interactions: 4_521,
        holdings: 4_521,
      });
      const { names: own } = await test.call('customer.customFields', {});
      expect(own).toEqual(
        expect.arrayContaining(['default', 'housing', 'loan', 'campaign', 'pdays', 'previous', 'poutcome']),
      );
    },
    60_000,
  );

  const folder = join(DATA, 'csv');
  const spectrum = join(folder, 'csv-spectrum/csvs');
  it.skipIf(!existsSync(spectrum))(
    'goes through every CSV of the collections without a crash (skipped where they are absent)',
    async () => {
      const { readdirSync } = await import('node:fs');
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && !entry.name.endsWith('.json'),
      );
      for (const entry of files) {
        test.files.set(TOKEN, join(entry.parentPath, entry.name));
        const seen = await test
          .call('import.inspect', { file: TOKEN })
          .catch((error: unknown) => error as { code: string });
        if ('code' in seen) {
          expect(['not_csv'], entry.name).toContain(seen.code);
          continue;
        }
        const { jobId } = await test.call('import.dryRun', {
          file: TOKEN,
          dialect: seen.dialect,
          mapping: seen.mapping,
        });
        expect(['done'], entry.name).toContain((await settled(jobId)).state);
      }
    },
    60_000,
  );
});
