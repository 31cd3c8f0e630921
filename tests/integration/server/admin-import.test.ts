import iconv from 'iconv-lite';
import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '#shared/sync/clock.ts';
import { createBook } from '../../../server/admin/books.ts';
import { fileCommands } from '../../../server/admin/commands.ts';
import type { AdminContext } from '../../../server/admin/context.ts';
import type { ImportReport } from '../../../server/admin/import/report.ts';
import { createUser } from '../../../server/admin/users.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { writeRecords } from '../../../server/store/write.ts';
import { openAdmin } from '../../support/admin.ts';
import { startPostgres } from '../../support/postgres.ts';

const pieces = async function* (bytes: Buffer, size = 37): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
};

const run = (
  context: AdminContext,
  name: keyof typeof fileCommands,
  text: string | Buffer,
  options: Record<string, unknown> = {},
): Promise<ImportReport> => {
  const { input, run } = fileCommands[name];
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return run(context, input.parse({ book: '静安', ...options }), pieces(bytes));
};

const bank = async (context: AdminContext): Promise<AdminContext> => {
  await createBook(context, { name: '静安' });
  await createUser(context, { username: 'Li', name: '李', role: 'manager', book: '静安' });
  await createUser(context, { username: 'wang', name: '王', role: 'manager', book: '静安' });
  return context;
};

const rowsOf = async (context: AdminContext, entity: string) =>
  (
    await context.db.query<{ data: Record<string, unknown>; deleted: boolean }>(
      "SELECT data, deleted FROM record WHERE entity = $1 ORDER BY data->>'customerNo', data->>'productName', data->>'since'",
      [entity],
    )
  ).filter(({ deleted }) => !deleted);

const CUSTOMERS = `客户号,姓名,客户类型,手机号,出生日期,客户经理
1001,苏晴,个人,13800001001,1980-02-29,li
1002,"静安商贸, 有限公司",对公,021-55501002,,WANG
1003,坏日期,个人,13800001003,1980-02-30,li
1004,无此经理,个人,13800001004,,nobody
1001,又一次,个人,13800001005,,li
,没有号,个人,,,li
`;

test('customers: good rows are taken, bad ones told with line and column, and the same file twice changes nothing', async () => {
  const context = await bank(await openAdmin());
  const tried = await run(context, 'import-customers', CUSTOMERS, { dryRun: true });
  expect(await rowsOf(context, 'customer')).toEqual([]);
  const report = await run(context, 'import-customers', CUSTOMERS);
  expect({ ...tried, dryRun: false }).toEqual(report);
  expect(report).toMatchObject({ rows: 6, taken: 2, bad: 4, changed: 4 });
  expect(report.problems.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [4, '出生日期', 'date'],
    [6, '', 'the same as line 2'],
    [7, '客户号', 'empty'],
    [5, 'owner', 'no active manager or leader of this book'],
  ]);
  expect(JSON.stringify(report)).not.toMatch(/13800001003|坏日期|nobody/);
  expect((await rowsOf(context, 'customer')).map(({ data }) => data)).toMatchObject([
    {
      customerNo: '1001',
      name: '苏晴',
      kind: 'person',
      birthDate: '1980-02-29',
      phones: [{ number: '13800001001' }],
    },
    { customerNo: '1002', name: '静安商贸, 有限公司', kind: 'company' },
  ]);
  expect(await context.db.query('SELECT role, ended_seq FROM assignment')).toEqual([
    { role: 'owner', ended_seq: null },
    { role: 'owner', ended_seq: null },
  ]);
  expect(await rowsOf(context, 'assignment')).toHaveLength(2);
  const [before] = await context.db.query('SELECT seq FROM book');
  expect(await run(context, 'import-customers', CUSTOMERS)).toMatchObject({ changed: 0, taken: 2 });
  expect(await context.db.query('SELECT seq FROM book')).toEqual([before]);
});

test('customers: what a person typed since stays, unless the file is to win; a new owner takes over', async () => {
  const context = await bank(await openAdmin());
  const file = (name: string, owner: string) => `customerNo,name,area,owner\n1001,${name},静安区,${owner}\n`;
  await run(context, 'import-customers', iconv.encode(file('苏晴', 'li'), 'gb18030'), {
    encoding: 'gb18030',
  });
  const [held] = await context.db.query<{ id: string; book_id: string }>(
    "SELECT id, book_id FROM record WHERE entity = 'customer'",
  );
  const { id = '', book_id = '' } = held ?? {};
  const laptop = createClock('laptop-1');
  await context.db.transaction((sql) =>
    writeRecords(sql, book_id, [{ entity: 'customer', id, fields: { area: '徐汇区' } }], laptop),
  );
  expect(await run(context, 'import-customers', file('苏晴晴', 'wang'))).toMatchObject({ kept: 1 });
  expect(await rowsOf(context, 'customer')).toMatchObject([{ data: { name: '苏晴晴', area: '徐汇区' } }]);
  const owners = () =>
    context.db.query<{ username: string }>(
      "SELECT lower(u.username) AS username FROM assignment a JOIN account u ON u.id = a.account_id WHERE a.ended_seq IS NULL AND a.role = 'owner'",
    );
  expect(await owners()).toEqual([{ username: 'wang' }]);
  await run(context, 'import-customers', file('苏晴晴', 'wang'), { overwrite: true });
  expect(await rowsOf(context, 'customer')).toMatchObject([{ data: { area: '静安区' } }]);
});

test('a file that will not do is refused with what to do', async () => {
  const context = await bank(await openAdmin());
  const files: [text: string | Buffer, words: RegExp][] = [
    ['customerNo,name,shoe size\n1,a,42\n', /shoe size.*Known: customerNo/],
    ['name\na\n', /no column customerNo/],
    [iconv.encode('客户号,姓名\n1,苏晴\n', 'gb18030'), /not utf-8.*gb18030/],
    ['', /empty/],
  ];
  for (const [text, words] of files)
    await expect(run(context, 'import-customers', text)).rejects.toThrow(words);
});

test('on PostgreSQL: holdings follow the file, a whole file removes what it leaves out, a cut one does not', async () => {
  const postgres = await startPostgres();
  const context = await bank(await openAdmin(openPostgres(postgres.url)));
  onTestFinished(() => postgres.stop());
  const many = Array.from({ length: 2_500 }, (_, n) => n);
  const customers = `customerNo,name,owner\n${many.map((n) => `${n},客户${n},li`).join('\n')}`;
  expect(await run(context, 'import-customers', customers)).toMatchObject({
    taken: 2_500,
    changed: 5_000,
    bad: 0,
  });
  const line = (n: number, balance: number) =>
    `${n},6222000011${String(n).padStart(4, '0')},一年期定存,${balance},2027-01-31`;
  const file = (rows: number[], balance = 100.5) =>
    `客户号,账号,产品名称,余额(元),到期日\n${rows.map((n) => line(n, balance)).join('\n')}`;
  expect(await run(context, 'import-holdings', file(many), { complete: true })).toMatchObject({
    changed: 2_500,
    removed: 0,
  });
  const [one] = await rowsOf(context, 'holding');
  expect(one?.data).toMatchObject({ kind: 'termDeposit', balanceMinor: 10_050, maturesOn: '2027-01-31' });
  expect(String(one?.data.accountTail)).toHaveLength(4);
  await expect(
    run(context, 'import-holdings', file(many.slice(0, 100)), { complete: true }),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await rowsOf(context, 'holding')).toHaveLength(2_500);
  const fewer = await run(context, 'import-holdings', file(many.slice(50), 99), { complete: true });
  expect(fewer).toMatchObject({ changed: 2_500, removed: 50 });
  expect(await rowsOf(context, 'holding')).toHaveLength(2_450);
  const facilities =
    'customerNo,reference,kind,name,limit,利率\n7,C-1,creditLine,循环额度,1000000,4.35\n99999,C-2,creditLine,x,1,1\n';
  expect(await run(context, 'import-facilities', facilities)).toMatchObject({
    changed: 1,
    bad: 1,
    problems: [{ line: 3, column: 'customerNo', reason: 'no such customer in this book' }],
  });
  expect(await rowsOf(context, 'facility')).toMatchObject([
    { data: { limitMinor: 100_000_000, rateBp: 435 } },
  ]);
});

test('staff: new users get a code, known ones their new name, and nobody moves to another book', async () => {
  const context = await bank(await openAdmin());
  await createBook(context, { name: '徐汇' });
  const file =
    '工号,姓名,岗位,团队\nli,李雷,客户经理,静安\nzhao,赵,团队长,\nwang,王,客户经理,徐汇\nsun,孙,客户经理,没有\n';
  const report = await run(context, 'import-staff', file, { codes: true });
  expect(report).toMatchObject({ taken: 2, changed: 2, bad: 2, codes: [{ username: 'zhao' }] });
  expect(report.codes?.[0]?.code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  expect(await rowsOf(context, 'user')).toHaveLength(3);
  const names = await context.db.query('SELECT name, role FROM account ORDER BY lower(username)');
  expect(names).toEqual([
    { name: '李雷', role: 'manager' },
    { name: '王', role: 'manager' },
    { name: '赵', role: 'leader' },
  ]);
});
