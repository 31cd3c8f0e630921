import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type RunningApp, removeFolder } from '../support/app.ts';
import { fieldOf, goTo, newLaptop, syncNow, typeField } from '../support/laptop.ts';
import { type ServerProcess, startServerProcess } from '../support/server.ts';

const PASSWORD = 'visitbook-demo';
const folder = mkdtempSync(join(tmpdir(), 'visitbook-two-'));
let server: ServerProcess;
let manager: RunningApp;
let leader: RunningApp;
/** A customer of the manager, whom the leader of the team sees too. */
let customerId: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServerProcess({ folder, demo: true });
  manager = await newLaptop({ url: server.url, username: 'manager1', password: PASSWORD });
  leader = await newLaptop({ url: server.url, username: 'leader1', password: PASSWORD });
  await goTo(manager.page, '/customers');
  const link = manager.page.getByRole('grid').getByRole('link').first();
  customerId = (await link.getAttribute('href'))?.match(/[0-9a-f-]{36}/)?.[0] ?? '';
  expect(customerId).not.toBe('');
});

test.afterAll(async () => {
  await manager?.stop();
  await leader?.stop();
  await server?.stop();
  for (const one of [manager?.folder, leader?.folder, folder]) if (one) removeFolder(one);
});

/** Takes the server away while both type, and brings it back at its address. */
const withoutServer = async (work: () => Promise<void>): Promise<void> => {
  const { port } = new URL(server.url);
  await server.stop();
  await work();
  server = await startServerProcess({ folder, env: { VISITBOOK_PORT: port } });
};

test('different fields edited offline merge without a word', async () => {
  await withoutServer(async () => {
    await typeField(manager.page, customerId, '介绍人', '园艺协会');
    await typeField(leader.page, customerId, '证件尾号', '306X');
  });
  await syncNow(manager.page);
  await syncNow(leader.page);
  await syncNow(manager.page);
  for (const { page } of [manager, leader]) {
    await goTo(page, `/customers/${customerId}?tab=profile`);
    await expect(fieldOf(page, '介绍人', '园艺协会')).toBeVisible();
    await expect(fieldOf(page, '证件尾号', '306X')).toBeVisible();
    await goTo(page, '/sync/conflicts');
    await expect(page.getByText('没有冲突。')).toBeVisible();
  }
});

test('the same field shows a conflict on both, and one click settles it for both', async () => {
  await withoutServer(async () => {
    await typeField(manager.page, customerId, '介绍人', '花艺师老周');
    await typeField(leader.page, customerId, '介绍人', '苗圃刘主管');
  });
  await syncNow(manager.page);
  await syncNow(leader.page);
  await syncNow(manager.page);
  for (const { page } of [manager, leader]) {
    await goTo(page, '/sync/conflicts');
    const item = page.getByRole('listitem').filter({ hasText: '介绍人' });
    await expect(item).toContainText('花艺师老周');
    await expect(item).toContainText('苗圃刘主管');
  }
  await manager.page.getByRole('button', { name: '用我的' }).click();
  await expect(manager.page.getByText('没有冲突。')).toBeVisible();
  await syncNow(manager.page);
  await syncNow(leader.page);
  await goTo(leader.page, '/sync/conflicts');
  await expect(leader.page.getByText('没有冲突。')).toBeVisible();
  await goTo(leader.page, `/customers/${customerId}?tab=profile`);
  await expect(fieldOf(leader.page, '介绍人', '花艺师老周')).toBeVisible();
});

test('a note edited on both keeps both texts', async () => {
  const { page } = manager;
  await goTo(page, `/customers/${customerId}`);
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '写会谈笔记' }).click();
  const area = (one: RunningApp) => one.page.getByRole('textbox', { name: '会谈笔记' });
  await area(manager).fill('开场：谈了明年的打算。\n\n中段\n\n收尾：月底再约。');
  await expect(page.getByTestId('note-state')).toContainText('已保存');
  const address = (await page.evaluate(() => window.location.hash)).slice(1);
  await syncNow(manager.page);
  await syncNow(leader.page);
  await withoutServer(async () => {
    await goTo(manager.page, address);
    await area(manager).fill('开场：谈了明年的打算，想开分店。\n\n中段\n\n收尾：月底再约。');
    await expect(manager.page.getByTestId('note-state')).toContainText('已保存');
    await goTo(leader.page, address);
    await area(leader).fill('开场：谈了明年的打算。\n\n中段\n\n收尾：月底再约，带上产品经理。');
    await expect(leader.page.getByTestId('note-state')).toContainText('已保存');
  });
  await syncNow(manager.page);
  await syncNow(leader.page);
  await syncNow(manager.page);
  for (const one of [manager, leader]) {
    await goTo(one.page, address);
    await expect(area(one)).toHaveValue(
      '开场：谈了明年的打算，想开分店。\n\n中段\n\n收尾：月底再约，带上产品经理。',
    );
  }
});

test('a file kept without the server goes up with it, and comes down when the other asks', async () => {
  const content = randomBytes(1_500_000);
  const files = (one: RunningApp) => one.page.getByRole('region', { name: '附件' });
  const address = `/customers/${customerId}?tab=files`;
  await withoutServer(async () => {
    const file = join(manager.folder, '授信合同.pdf');
    writeFileSync(file, content);
    await goTo(manager.page, address);
    manager.chooseNext(file);
    await files(manager).getByRole('button', { name: '添加文件' }).click();
    await expect(files(manager)).toContainText('待上传');
  });
  await syncNow(manager.page);
  await goTo(manager.page, address);
  await expect(files(manager)).toContainText('已上传');
  await syncNow(leader.page);
  await goTo(leader.page, address);
  await expect(files(leader)).toContainText('未下载');
  await files(leader).getByRole('button', { name: '授信合同.pdf', exact: true }).click();
  await expect(files(leader)).toContainText('已上传', { timeout: 20_000 });
  const copy = join(leader.folder, 'copy.pdf');
  leader.chooseNext(copy);
  await files(leader).getByRole('button', { name: '授信合同.pdf', exact: true }).click();
  await expect.poll(() => existsSync(copy) && readFileSync(copy).equals(content)).toBe(true);
});

test('nothing was complained about', () => {
  expect(manager.complaints).toEqual([]);
  expect(leader.complaints).toEqual([]);
});
