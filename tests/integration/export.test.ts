import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Input } from '#shared/contracts/registry.ts';
import { wordsOf } from '#shared/presentation/words.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { put, putPerson, ZONE } from '../support/customers.ts';

const TOKEN = 'a'.repeat(32);
const HOSTILE = [
  '=HYPERLINK("http://evil","x")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  '<script>&"\'',
  'a,b;"c"\r\nd',
  '_x000D_\u0007',
  '\u202Eevil',
];
let book: TestBook;
let out: string;
let customerId: string;
let reportIds: string[];

beforeAll(() => {
  book = openTestBook(features, { hooks: [...commitHooks] });
  out = join(book.folder, 'out');
  mkdirSync(out);
  customerId = putPerson(book, '沈静宜');
  const promiseId = put(book, 'promise', {
    customerId,
    text: '周五前回复费率',
    madeOn: '2026-03-01',
    dueOn: '2026-03-06',
  });
  reportIds = HOSTILE.map((words, n) =>
    put(book, 'visitReport', {
      customerId,
      title: words,
      visitedAt: `2026-03-${String(n + 1).padStart(2, '0')}T22:30:00.000Z`,
      endedAt: `2026-03-${String(n + 1).padStart(2, '0')}T23:15:00.000Z`,
      zone: ZONE,
      discussion: words,
      needs: [{ text: '教育金', category: 'education', amountMinor: 12_345_678, currency: 'CNY' }],
      nextSteps: [{ text: '寄资料', who: 'me', dueOn: '2026-03-20' }],
      promiseIds: n === 0 ? [promiseId] : [],
    }),
  );
});
afterAll(() => book.close());
afterEach(() => {
  book.files.clear();
});

const start = async (
  name: string,
  options: Partial<Input<'export.reports'>> & Pick<Input<'export.reports'>, 'format'>,
): Promise<{ path: string; jobId: string }> => {
  const path = join(out, name);
  book.files.set(TOKEN, path);
  const { jobId } = await book.call('export.reports', {
    file: TOKEN,
    selection: {},
    language: 'zh-CN',
    ...options,
  });
  return { path, jobId };
};

const finish = async (jobId: string) => {
  await book.jobs.settled();
  return book.jobs.get(jobId);
};

const exported = async (...args: Parameters<typeof start>): Promise<string> => {
  const { path, jobId } = await start(...args);
  expect(await finish(jobId)).toMatchObject({ state: 'done' });
  return path;
};

const sheetsOf = async (path: string) =>
  new Map((await readXlsx(path)).map(({ sheet, data }) => [sheet, data]));

describe('a workbook of reports', () => {
  test('has real dates and numbers under headers of its language, one sheet per kind of line', async () => {
    const sheets = await sheetsOf(await exported('all.xlsx', { format: 'xlsx' }));
    expect([...sheets.keys()]).toEqual(['报告', '需求', '下一步', '承诺']);
    const [header = [], first = []] = sheets.get('报告') ?? [];
    const at = (name: string) => first[header.indexOf(name)];
    // 22:30 in UTC is the next morning where the visit took place
    expect(at('走访日期')).toEqual(new Date('2026-03-02T00:00:00.000Z'));
    expect(at('开始')).toEqual(new Date('2026-03-02T06:30:00.000Z'));
    expect(at('时长（分钟）')).toBe(45);
    expect(at('客户')).toBe('沈静宜');
    expect(at('状态')).toBe('草稿');
    const [needHeader = [], need = []] = sheets.get('需求') ?? [];
    expect(need[needHeader.indexOf('金额')]).toBe(123_456.78);
    expect(need[needHeader.indexOf('类别')]).toBe('教育');
    const [stepHeader = [], step = []] = sheets.get('下一步') ?? [];
    expect(step[stepHeader.indexOf('期限')]).toEqual(new Date('2026-03-20T00:00:00.000Z'));
    expect(sheets.get('承诺')).toHaveLength(2);
    expect(sheets.get('报告')).toHaveLength(HOSTILE.length + 1);
  });

  test('keeps hostile texts as texts', async () => {
    const sheets = await sheetsOf(await exported('hostile.xlsx', { format: 'xlsx' }));
    const [header = [], ...rows] = sheets.get('报告') ?? [];
    const titles = rows.map((row) => row[header.indexOf('会谈内容')]);
    // a control sign has no place in XML; a carriage return is a new line there
    const readable = HOSTILE.map((words) => words.replace('\u0007', '').replace(/\r\n?/g, '\n').trim());
    expect(titles.map((title) => String(title).trim())).toEqual(readable);
  });

  test.each(['zh-TW', 'en'] as const)('speaks %s', async (language) => {
    const sheets = await sheetsOf(await exported(`${language}.xlsx`, { format: 'xlsx', language }));
    expect([...sheets.keys()][0]).toBe(wordsOf(language)('documents:sheet.reports'));
    expect(sheets.get([...sheets.keys()][0] ?? '')?.[0]).toContain(
      wordsOf(language)('documents:field.discussion'),
    );
  });
});

describe('a CSV of reports', () => {
  const columns = ['visitedOn', 'startedAt', 'minutes', 'discussion'];
  const read = (path: string): string[][] =>
    parse(readFileSync(path), { bom: true, record_delimiter: '\r\n' });

  test('is what was written, with hostile texts made harmless', async () => {
    const path = await exported('all.csv', { format: 'csv', columns });
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [header, first, ...rest] = read(path);
    expect(header).toEqual(['走访日期', '开始', '时长（分钟）', '会谈内容']);
    expect(first).toEqual(['2026-03-02', '2026-03-02 06:30', '45', '\'=HYPERLINK("http://evil","x")']);
    for (const row of rest) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    expect(rest.map((row) => row[3]?.replace(/^'/, ''))).toEqual(HOSTILE.slice(1));
  });

  test('goes without the mark when asked', async () => {
    const path = await exported('plain.csv', { format: 'csv', columns, bom: false });
    expect(readFileSync(path, 'utf8').startsWith('走访日期,')).toBe(true);
  });

  test.each([
    ['one', () => ({ ids: reportIds.slice(2, 3) }), 1],
    ['a period', () => ({ from: '2026-03-03', to: '2026-03-04' }), 2],
    ['a customer', () => ({ customerId }), HOSTILE.length],
    ['a state', () => ({ state: 'signed' as const }), 0],
    ['nothing', () => ({ ids: [] }), 0],
  ])('of %s', async (name, selection, count) => {
    const path = await exported(`${name}.csv`, { format: 'csv', columns, selection: selection() });
    expect(read(path)).toHaveLength(count + 1);
    expect((await book.call('export.reportIds', selection())).ids).toHaveLength(count);
  });
});

describe('customers', () => {
  test('are written with the columns and the order of the view', async () => {
    const other = putPerson(book, '陈大文', { phones: [{ number: '+86 138 0013 8000', label: '' }] });
    const path = join(out, 'customers.xlsx');
    book.files.set(TOKEN, path);
    const view = { columns: ['name', 'phone', 'balance'], sort: [{ column: 'name', descending: true }] };
    const request = { file: TOKEN, format: 'xlsx', view, language: 'en' } as Input<'export.customers'>;
    const { jobId } = await book.call('export.customers', request);
    expect(await finish(jobId)).toMatchObject({ state: 'done', result: { rows: 2 } });
    const [header, ...rows] = (await sheetsOf(path)).get('Customers') ?? [];
    expect(header).toEqual(['Customer', 'Phone', 'Balance', 'Currency']);
    expect(rows.map((row) => row[0])).toEqual(['沈静宜', '陈大文']);
    expect(rows[1]?.[1]).toBe('+86 138 0013 8000');
    const some = await book.call('export.customers', { ...request, format: 'csv', ids: [other] });
    expect(await finish(some.jobId)).toMatchObject({ state: 'done', result: { rows: 1 } });
    expect(readFileSync(path, 'utf8')).toContain("陈大文,'+86 138 0013 8000");
  });
});

describe('a file that cannot be finished', () => {
  const leftovers = () => readdirSync(out).filter((name) => name.includes('.part'));

  test.each(['xlsx', 'csv'] as const)(
    'cancelled %s leaves what was there before, and nothing else',
    async (format) => {
      const name = `cancelled.${format}`;
      writeFileSync(join(out, name), 'former');
      const { path, jobId } = await start(name, { format });
      expect((await book.call('job.cancel', { id: jobId })).cancelled).toBe(true);
      expect(await finish(jobId)).toMatchObject({ state: 'cancelled' });
      expect(readFileSync(path, 'utf8')).toBe('former');
      expect(leftovers()).toEqual([]);
    },
  );

  test('in a folder that is not there is an error with its own words', async () => {
    const { path, jobId } = await start('missing/reports.xlsx', { format: 'xlsx' });
    expect(await finish(jobId)).toMatchObject({ state: 'failed', error: { code: 'file_unwritable' } });
    expect(existsSync(path)).toBe(false);
  });

  test.runIf(existsSync('/dev/full'))('on a full disk says so', async () => {
    const { writeWhole } = await import('../../electron/data/documents/export/whole-file.ts');
    const { Readable } = await import('node:stream');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const source = new Readable({
      read() {
        this.destroy(full);
      },
    });
    await expect(writeWhole(join(out, 'full.csv'), source)).rejects.toMatchObject({ code: 'disk_full' });
    expect(leftovers()).toEqual([]);
  });
});
