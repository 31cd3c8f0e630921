import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { v7 as uuid } from 'uuid';
import type { DeviceHealth } from '../../server/admin/health.ts';
import { type RunningApp, removeFolder } from '../support/app.ts';
import { goTo, newLaptop, syncNow } from '../support/laptop.ts';
import { scriptedClient } from '../support/scripted-client.ts';
import { ask, type ServerProcess, signIn, startServerProcess } from '../support/server.ts';

const PASSWORD = 'visitbook-demo';
const folder = mkdtempSync(join(tmpdir(), 'visitbook-team-'));
let server: ServerProcess;
let giver: RunningApp;
let taker: RunningApp;
let adminToken: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const admin = async <Body>(command: string, body: unknown): Promise<Body> => {
  const answer = await ask<Body>(server.url, `/v1/admin/${command}`, { token: adminToken, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const users = () => admin<{ username: string; book: string | null }[]>('list-users', {});

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServerProcess({ folder, demo: true });
  giver = await newLaptop({ url: server.url, username: 'manager1', password: PASSWORD });
  taker = await newLaptop({ url: server.url, username: 'manager2', password: PASSWORD });
  adminToken = (await signIn(server.url, 'admin', { password: PASSWORD })).accessToken;
});

test.afterAll(async () => {
  await giver?.stop();
  await taker?.stop();
  await server?.stop();
  for (const one of [giver?.folder, taker?.folder, folder]) if (one) removeFolder(one);
});

const total = (running: RunningApp) => running.page.getByTestId('customer-total');

test('a customer reassigned disappears here and appears there', async () => {
  await goTo(giver.page, '/customers');
  await goTo(taker.page, '/customers');
  const countOf = async (running: RunningApp): Promise<number> => {
    await expect(total(running)).toHaveText(/^[1-9]\d* 位$/);
    return Number((await total(running).innerText()).replace(/\D/g, ''));
  };
  const had = await countOf(giver);
  const has = await countOf(taker);
  const link = giver.page.getByRole('grid').getByRole('link').first();
  const name = await link.innerText();
  const customerId = (await link.getAttribute('href'))?.match(/[0-9a-f-]{36}/)?.[0] ?? '';
  const book = (await users()).find(({ username }) => username === 'manager1')?.book;
  const seen = await (await scriptedClient(server.url, 'leader1', PASSWORD)).see();
  const number = seen.find(({ id }) => id === customerId)?.data.customerNo;
  await admin('assign', { book, username: 'manager2', customers: [number] });
  for (const { page } of [giver, taker]) await syncNow(page);
  await goTo(giver.page, '/customers');
  await expect(total(giver)).toHaveText(`${had - 1} 位`);
  await goTo(taker.page, '/customers');
  await expect(total(taker)).toHaveText(`${has + 1} 位`);
  await goTo(taker.page, `/customers/${customerId}`);
  await expect(taker.page.getByRole('heading', { name })).toBeVisible();
  await goTo(giver.page, '/sync/history');
  await expect(giver.page.getByText('1 位客户转给了同事')).toBeVisible();
});

test('of 50 edits 5 are refused: 45 arrive, 5 are listed with reason and text', async () => {
  const { page } = taker;
  const leader = await scriptedClient(server.url, 'leader1', PASSWORD);
  const seen = await leader.see();
  const me = seen.find(({ entity, data }) => entity === 'user' && data.username === 'manager2')?.id;
  const customerId = seen.find(
    ({ entity, data, deleted }) => entity === 'assignment' && data.userId === me && !deleted,
  )?.data.customerId;
  const at = new Date().toISOString();
  const reports = Array.from({ length: 5 }, () => uuid());
  const drafts = await leader.type(
    ...reports.map((id, index) => ({
      entity: 'visitReport',
      id,
      op: 'create' as const,
      fields: {
        customerId,
        title: `季度走访 ${index + 1}`,
        visitedAt: at,
        zone: 'Asia/Shanghai',
        createdAt: at,
      },
    })),
  );
  expect(drafts.map(({ status }) => status)).toEqual(Array(5).fill('applied'));
  await syncNow(page);

  const { port } = new URL(server.url);
  await leader.type(
    ...reports.map((id) => ({
      entity: 'visitReport',
      id,
      op: 'update' as const,
      fields: { state: 'signed', signedBy: '顾文澜', signedAt: new Date().toISOString() },
      base: { state: '', signedBy: '', signedAt: '' },
    })),
  );
  await server.stop();
  for (const [index, id] of reports.entries()) {
    await goTo(page, `/reports/${id}`);
    await page
      .getByTestId('report-editor')
      .getByLabel('事实')
      .fill(`客户谈到新厂房，第 ${index + 1} 次`);
    await expect(page.getByTestId('report-editor').getByRole('status')).toHaveText('草稿已保存');
  }
  const csv = join(folder, 'leads.csv');
  const rows = Array.from({ length: 45 }, (_, index) => `新客户${index + 1},1390000${1000 + index}`);
  writeFileSync(csv, `姓名,手机\n${rows.join('\n')}\n`);
  await goTo(page, '/import');
  taker.chooseNext(csv);
  await page.getByRole('button', { name: '选择文件' }).click();
  await page.getByRole('button', { name: '试运行' }).click({ timeout: 30_000 });
  const run = page.getByTestId('import-run');
  await expect(run).toHaveAttribute('data-phase', 'tried', { timeout: 30_000 });
  await page.getByRole('button', { name: /^导入 / }).click();
  await expect(run).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
  server = await startServerProcess({ folder, env: { VISITBOOK_PORT: port } });

  await syncNow(page);
  const again = await scriptedClient(server.url, 'leader1', PASSWORD);
  const now = await again.see();
  const arrived = now.filter(({ data }) => typeof data.name === 'string' && data.name.startsWith('新客户'));
  expect(arrived).toHaveLength(45);
  await goTo(page, '/sync/refused');
  const items = page.getByRole('list', { name: '被拒' }).getByRole('listitem');
  await expect(items).toHaveCount(5);
  for (let index = 1; index <= 5; index += 1)
    await expect(items.filter({ hasText: `客户谈到新厂房，第 ${index} 次` })).toHaveCount(1);
});

test('a device that was cut off hands over what waits, and its book is gone', async () => {
  const { page } = giver;
  const mine = async () => {
    const devices = await admin<DeviceHealth[]>('health', {});
    return devices.find(({ username, deviceId }) => username === 'manager1' && deviceId !== null);
  };
  await goTo(page, '/customers');
  await expect(page.getByRole('grid').getByRole('link').first()).toBeVisible();
  await admin('revoke-device', { device: (await mine())?.deviceId });
  // logged after the device was cut off: it goes to quarantine, not to the book
  await page.keyboard.press('Control+Shift+N');
  await page.getByTestId('new-customer').getByLabel('名称').fill('最后一位');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('这台设备已被银行停用')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: '连接银行服务器' })).toBeVisible();
  expect(existsSync(join(giver.folder, 'data', 'books', 'main'))).toBe(false);
  const device = await mine();
  expect(device?.purgedAt).not.toBeNull();
  expect(device?.quarantined).toBeGreaterThan(0);
});

test('nothing was complained about', () => {
  expect(giver.complaints).toEqual([]);
  expect(taker.complaints).toEqual([]);
});
