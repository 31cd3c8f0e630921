import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { createClock } from '../../shared/sync/clock.ts';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  TEST_PASSWORD,
  type TestServer,
} from '../support/server.ts';

const PASSPHRASE = '春风又绿江南岸 2026';

/** A cable that can be pulled out. */
const cableTo = async (port: number) => {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull(): void {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    plug(): void {
      isCut = false;
    },
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

let server: TestServer;
let cable: Awaited<ReturnType<typeof cableTo>>;
let running: RunningApp;
let page: Page;

const serious = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

const open = async (tab: string): Promise<void> => {
  await page.locator('[data-place=sync]').click();
  await page.getByRole('tab', { name: tab }).click();
};
const sync = (): Promise<void> =>
  page
    .getByRole('button', { name: /立即同步|再试一次/ })
    .first()
    .click();
const waitingIs = (count: number) =>
  expect(page.getByRole('contentinfo').getByRole('button', { name: `${count} 待同步` })).toBeVisible();

/** Types into a field of the only customer, in the profile. */
const typeField = async (label: string, value: string): Promise<void> => {
  await page.locator('[data-place=customers]').click();
  await page.getByRole('link', { name: '周敏' }).first().click();
  await page.getByRole('tab', { name: '资料' }).click();
  await page.getByRole('button', { name: new RegExp(`^${label}:`) }).click();
  await page.getByRole('textbox', { name: label }).fill(value);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: `${label}: ${value}` })).toBeVisible();
};

/** The only customer, as the server holds it. */
const theCustomer = async () => {
  const [row] = await server.db.query<{ id: string; stamps: Record<string, string> }>(
    "SELECT id, stamps FROM record WHERE entity = 'customer'",
  );
  if (!row) throw new Error('the server has no customer');
  return row;
};

/** A colleague at another laptop, straight to the server. */
const colleague = async (username: string) => {
  const { accessToken, clientId } = await signIn(server.url, username);
  const clock = createClock(clientId);
  let n = 0;
  return {
    /** Pushes changes; `base` holds the stamps they were typed on. */
    async push(
      changes: readonly {
        entity: string;
        id: string;
        op: 'create' | 'update' | 'delete';
        fields: Record<string, unknown>;
        base: Record<string, string>;
      }[],
    ): Promise<void> {
      const mutations = changes.map(({ op, fields, ...rest }) => ({
        ...rest,
        op,
        fields,
        n: ++n,
        before: op === 'create' ? null : Object.fromEntries(Object.keys(fields).map((name) => [name, null])),
        stamp: clock.next(),
        typedAt: new Date().toISOString(),
        schemaVersion: 1,
      }));
      const body = { clientId, schema: 1, stored: 0, mutations };
      const answer = await ask<{ results: { status: string }[] }>(server.url, '/v1/sync/push', {
        token: accessToken,
        body,
      });
      expect(answer.body.results.filter(({ status }) => status === 'refused')).toEqual([]);
    },
  };
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  server = await startServer();
  cable = await cableTo(Number(new URL(server.url).port));
  const bookId = await addBook(server.db, '城东一组');
  await addUser(server.db, { username: 'li', bookId });
  await addUser(server.db, { username: 'wang', bookId, role: 'leader' });
  running = await launchApp();
  page = running.page;
});

test.afterAll(async () => {
  await running?.stop();
  cable?.close();
  await server?.stop();
  if (running) removeFolder(running.folder);
});

test('comes in by the third door and says beside the field what is wrong', async () => {
  await page.getByRole('button', { name: '连接银行服务器' }).click();
  await page.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('再输入一次').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByLabel('我已经妥善保存了恢复码').check();
  await page.getByRole('button', { name: '打开客户簿' }).click();
  await page.getByLabel('服务器地址').fill('http://127.0.0.1:1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('这个地址连不上')).toBeVisible();
  await page.getByLabel('服务器地址').fill(cable.url);
  await page.keyboard.press('Enter');
  await page.getByLabel('用户名').fill('li');
  await page.getByRole('textbox', { name: '密码' }).fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByText('用户名、密码或一次性代码不对')).toBeVisible();
  expect(await serious()).toEqual([]);
  await page.getByRole('textbox', { name: '密码' }).fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('已同步');
});

test('types without a network, and what waits is sent once it is back', async () => {
  cable.pull();
  await page.keyboard.press('Control+Shift+N');
  await page.getByRole('dialog').getByLabel('名称').fill('周敏');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: '周敏' })).toBeVisible();
  await waitingIs(1);
  await open('待同步');
  await expect(page.getByRole('list', { name: '待同步' })).toContainText('周敏');
  await expect(page.getByTestId('sync-state')).toContainText('连不上服务器');
  expect(await serious()).toEqual([]);
  cable.plug();
  await sync();
  await waitingIs(0);
  await expect(page.getByTestId('sync-state')).toContainText('全部已同步');
});

test('lists a refused change with its reason, and types it again in a better way', async () => {
  await server.db.query("UPDATE account SET role = 'auditor' WHERE username = 'li'");
  await typeField('别名', '老周');
  await open('被拒');
  const item = page.getByRole('list', { name: '被拒' }).getByRole('listitem');
  await expect(item).toContainText('你的角色不能修改这项内容');
  await expect(item).toContainText('老周');
  expect(await serious()).toEqual([]);
  await server.db.query("UPDATE account SET role = 'manager' WHERE username = 'li'");
  await item.getByRole('link', { name: '周敏' }).focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: '别名' }).fill('周姐');
  // what is typed here survives leaving the page
  await page.locator('[data-place=today]').click();
  await open('被拒');
  await page.getByRole('button', { name: /修改后再试/ }).click();
  await expect(page.getByRole('textbox', { name: '别名' })).toHaveValue('周姐');
  await page.getByRole('textbox', { name: '别名' }).press('Control+Enter');
  await expect(page.getByText('没有被拒的内容')).toBeVisible();
  await waitingIs(0);
  await open('历史');
  await expect(page.getByRole('list', { name: '处理过的被拒与冲突' })).toContainText('老周');
});

test('shows both sides of a conflict, exports them, and keeps both texts by one key', async () => {
  cable.pull();
  await typeField('备注', '喜欢喝茶，周末常去爬山');
  const { id, stamps } = await theCustomer();
  const base = { about: stamps.about ?? stamps['*'] ?? '' };
  const fields = { about: '喜欢喝咖啡，周末常去爬山' };
  await (await colleague('wang')).push([{ entity: 'customer', id, op: 'update', fields, base }]);
  cable.plug();
  await open('冲突');
  await sync();
  const item = page.getByRole('list', { name: '冲突' }).getByRole('listitem');
  await expect(item).toContainText('喜欢喝茶');
  await expect(item).toContainText('喜欢喝咖啡');
  await expect(item.locator('mark').first()).toBeVisible();
  expect(await serious()).toEqual([]);
  const file = join(running.folder, '清单.txt');
  running.chooseNext(file);
  await page.getByRole('button', { name: '导出清单' }).click();
  await expect(page.getByText('已写入 1 项')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toContain('喜欢喝咖啡');
  await item.getByRole('link', { name: '周敏' }).focus();
  await page.keyboard.press('b');
  await expect(page.getByText('没有冲突')).toBeVisible();
  await waitingIs(0);
  expect(running.complaints).toEqual([]);
});

test('asks before much is removed, and removes only after a yes', async () => {
  const { id: customerId } = await theCustomer();
  const wang = await colleague('wang');
  const ids = Array.from({ length: 70 }, () => randomUUID());
  const fields = { customerId, text: '寄资料', createdAt: new Date().toISOString() };
  await wang.push(ids.map((id) => ({ entity: 'task', id, op: 'create', fields, base: {} })));
  await open('历史');
  await expect(page.getByText('接收 70').first()).toBeVisible();
  const rows = await server.db.query<{ id: string; stamps: Record<string, string> }>(
    "SELECT id, stamps FROM record WHERE entity = 'task'",
  );
  await wang.push(
    rows.map(({ id, stamps }) => ({
      entity: 'task',
      id,
      op: 'delete',
      fields: {},
      base: { ...stamps, deleted: '' },
    })),
  );
  await expect(page.getByRole('heading', { name: '要移除 70 条记录吗？' })).toBeVisible();
  expect(await serious()).toEqual([]);
  await page.getByRole('button', { name: '保持原样' }).click();
  await expect(page.getByText('保持原样，同步仍暂停')).toBeVisible();
  await page.getByRole('button', { name: '移除', exact: true }).click();
  await expect(page.getByTestId('sync-state')).toContainText('全部已同步');
  await expect(page.getByText('你同意了移除')).toBeVisible();
});

test('signs out and in again, and says how long to wait after too many wrong tries', async () => {
  await page.locator('[data-place=settings]').click();
  await page.getByRole('link', { name: '服务器' }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('textbox', { name: '密码' }).fill(TEST_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sync-state')).toContainText('全部已同步');
  await page.locator('[data-place=settings]').click();
  await page.getByRole('link', { name: '服务器' }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(async () => {
    await page.getByRole('textbox', { name: '密码' }).fill('wrong');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/请在 \d+ 秒后再试/)).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 20_000 });
  expect(await serious()).toEqual([]);
});

test('connects a book that was used alone: everything typed before is sent; the demo book says why it is not', async () => {
  const alone = await launchApp();
  const { page: own } = alone;
  const toServer = async (): Promise<void> => {
    await own.locator('[data-place=settings]').click();
    await own.getByRole('link', { name: '服务器' }).click();
  };
  await openDemo(own);
  await toServer();
  await expect(own.getByText('不能连接真正的服务器')).toBeVisible();
  await own.getByRole('button', { name: '移除演示簿' }).click();
  await own.getByRole('button', { name: '移除演示簿' }).click();
  await own.getByRole('button', { name: '建立我的客户簿' }).click();
  await own.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await own.getByLabel('再输入一次').fill(PASSPHRASE);
  await own.keyboard.press('Enter');
  await own.getByLabel('我已经妥善保存了恢复码').check();
  await own.getByRole('button', { name: '打开客户簿' }).click();
  await own.keyboard.press('Control+Shift+N');
  await own.getByRole('dialog').getByLabel('名称').fill('何早年');
  await own.keyboard.press('Control+Enter');
  await expect(own.getByRole('heading', { level: 1, name: '何早年' })).toBeVisible();
  await toServer();
  await own.getByLabel('服务器地址').fill(server.url);
  await own.keyboard.press('Enter');
  await own.getByLabel('用户名').fill('wang');
  await own.getByRole('textbox', { name: '密码' }).fill(TEST_PASSWORD);
  await own.keyboard.press('Enter');
  await expect(own.getByTestId('sync-state')).toContainText('全部已同步');
  await expect(own.getByRole('contentinfo')).toContainText('2 位客户');
  const names = await server.db.query<{ name: string }>(
    "SELECT data->>'name' AS name FROM record WHERE entity = 'customer' ORDER BY seq",
  );
  expect(names.map(({ name }) => name)).toContain('何早年');
  expect(alone.complaints).toEqual([]);
  await alone.stop();
  removeFolder(alone.folder);
});
