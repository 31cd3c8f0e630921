import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type RunningApp, removeFolder } from '../support/app.ts';
import { goTo, newLaptop, syncNow } from '../support/laptop.ts';
import { scriptedClient } from '../support/scripted-client.ts';
import { ask, type ServerProcess, startServerProcess } from '../support/server.ts';

const PASSWORD = 'visitbook-demo';
const folder = mkdtempSync(join(tmpdir(), 'visitbook-handover-'));
let server: ServerProcess;
let leader: RunningApp;
let giver: RunningApp;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const seriousProblems = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('main').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServerProcess({ folder, demo: true });
  leader = await newLaptop({ url: server.url, username: 'leader1', password: PASSWORD });
  giver = await newLaptop({ url: server.url, username: 'manager1', password: PASSWORD });
});

test.afterAll(async () => {
  await leader?.stop();
  await giver?.stop();
  await server?.stop();
  for (const one of [leader?.folder, giver?.folder, folder]) if (one) removeFolder(one);
});

test('a leader sees the team, and hands two customers over with the wizard', async () => {
  const { page } = leader;
  await goTo(page, '/team');
  const table = page.getByRole('table', { name: '成员' });
  await expect(table.getByRole('row')).toHaveCount(7);
  await expect(table.getByRole('row').filter({ hasText: 'manager2' })).toContainText('从未同步');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('tab', { name: '客户交接' }).click();
  await page.getByRole('button', { name: '交接客户' }).click();
  const wizard = page.getByTestId('handover-wizard');
  await wizard.getByRole('combobox', { name: '现在的客户经理' }).click();
  await page.getByRole('option', { name: /苏晴/ }).click();
  await wizard.getByRole('checkbox').nth(1).check();
  await wizard.getByRole('checkbox').nth(2).check();
  expect(await seriousProblems(page)).toEqual([]);
  await wizard.getByRole('button', { name: '下一步' }).click();
  await wizard.getByRole('combobox', { name: '接手的客户经理' }).click();
  await page.getByRole('option', { name: /方志恒/ }).click();
  await wizard.getByLabel('交接说明').fill('调往徐汇，年底前交清。');
  await wizard.getByRole('button', { name: '下一步' }).click();
  await expect(wizard.getByText('2 位客户会连同以下内容一起交接')).toBeVisible();
  await wizard.getByRole('button', { name: '发给双方确认' }).click();
  await expect(page.getByTestId('handover')).toContainText('苏晴 交给 方志恒：2 位客户');
});

test('both sides confirm, and the customers are gone here and there on the other laptop', async () => {
  const { page } = giver;
  await goTo(page, '/customers');
  const total = page.getByTestId('customer-total');
  await expect(total).toHaveText('167 位');
  await goTo(page, '/team');
  await page.getByRole('button', { name: '查看内容' }).click();
  await expect(page.getByTestId('handover').getByText('联系偏好').first()).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '确认交出' }).click();
  await expect(page.getByTestId('handover')).toContainText('接手 方志恒 · 还没有确认');

  const taker = await scriptedClient(server.url, 'manager2', PASSWORD);
  const had = (await taker.see()).filter(({ entity }) => entity === 'customer').length;
  const { body } = await ask<{ handovers: { id: string }[] }>(server.url, '/v1/team/handovers', {
    token: taker.token,
  });
  const answer = await ask(server.url, `/v1/team/handovers/${body.handovers[0]?.id}/confirm`, {
    token: taker.token,
    body: {},
  });
  expect(answer.status).toBe(200);
  await syncNow(page);
  await goTo(page, '/customers');
  await expect(total).toHaveText('165 位');
  expect((await taker.see()).filter(({ entity }) => entity === 'customer')).toHaveLength(had + 2);
});

test('the devices of a user are listed, and a lost one is cut off', async () => {
  const { page } = giver;
  await scriptedClient(server.url, 'manager1', PASSWORD);
  await goTo(page, '/sync/devices');
  const list = page.getByRole('list', { name: '设备' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: '停用' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
  await expect(list.getByText(/已停用/)).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
});

test('nothing was complained about', () => {
  expect(leader.complaints).toEqual([]);
  expect(giver.complaints).toEqual([]);
});
