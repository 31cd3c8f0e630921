import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';

let running: RunningApp;
let page: Page;

const seriousProblems = async (): Promise<string[]> => {
  // axe opens a second page to merge frames, which Electron has no place for.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('[role=dialog]').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

const field = (value: string) => page.getByRole('button', { name: `地址: ${value}` });
const panel = () => page.getByRole('dialog', { name: /^历史/ });

const typeAddress = async (value: string): Promise<void> => {
  await page.getByRole('button', { name: /^地址: / }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: '地址' }).fill(value);
  await page.keyboard.press('Enter');
  await expect(field(value)).toBeVisible();
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  page = running.page;
  await openDemo(page);
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('customer-total')).toHaveText('300 位');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: '资料' }).click();
});

test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

test('shows the history of a field by keyboard, brings a value back, and undoes that', async () => {
  await typeAddress('城东路 1 号');
  await typeAddress('城西路 2 号');
  await field('城西路 2 号').focus();
  await page.keyboard.press('Alt+h');
  const lines = panel().getByRole('listitem');
  await expect(lines.first()).toContainText('城西路 2 号');
  await expect(lines.nth(1)).toContainText('城东路 1 号');
  await expect(lines.filter({ hasNotText: '地址' })).toHaveCount(0);
  expect(await seriousProblems()).toEqual([]);

  await panel()
    .getByRole('button', { name: /^恢复此值.*城东路 1 号/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(lines.first()).toContainText('现在的值');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
  await expect(field('城东路 1 号')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(field('城西路 2 号')).toBeVisible();
});

test('opens the whole record from its clock', async () => {
  await page
    .getByRole('button', { name: /的历史$/ })
    .first()
    .click();
  await expect(panel().getByRole('listitem').first()).toContainText('地址');
  await expect(panel()).toContainText('新建');
  await page.keyboard.press('Escape');
  await expect(panel()).toBeHidden();
  expect(running.complaints).toEqual([]);
});
