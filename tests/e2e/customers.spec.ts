import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';

let running: RunningApp;
let page: Page;

const grid = () => page.getByRole('grid');
const total = () => page.getByTestId('customer-total');
const activeRow = () => page.locator('[role=row][data-active]');

const seriousProblems = async (): Promise<string[]> => {
  // axe opens a second page to merge frames, which Electron has no place for.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('main').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  page = running.page;
  await openDemo(page);
  await page.keyboard.press('Alt+2');
  await expect(total()).toHaveText('300 位');
});

test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

test('moves, looks, and opens by keyboard alone', async () => {
  await expect(grid()).toBeFocused();
  await page.keyboard.press('End');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '301');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '3');
  const name = await activeRow().getByRole('link').innerText();
  await page.keyboard.press('Space');
  const look = page.getByTestId('quick-look');
  await expect(look.getByRole('heading', { level: 2 })).toContainText(name);
  await page.keyboard.press('ArrowDown');
  await expect(look.getByRole('heading', { level: 2 })).toContainText(
    await activeRow().getByRole('link').innerText(),
  );
  expect(await seriousProblems()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(look).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/customers\/[0-9a-f-]{36}/);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '4');
});

test('filters in words, saves the view, and deletes it with a way back', async () => {
  await grid().focus();
  await page.keyboard.press('f');
  await expect(page.getByRole('combobox', { name: '按什么筛选' })).toBeFocused();
  await page.keyboard.type('级别');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: /^A/ }).check();
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByRole('button', { name: '级别 是 A', exact: true })).toBeVisible();
  const filtered = await total().innerText();
  expect(filtered).not.toBe('300 位');
  await page.getByRole('button', { name: '存为视图', exact: true }).click();
  await page.getByRole('textbox', { name: '视图名称' }).fill('我的 A 类');
  await page.keyboard.press('Enter');
  const mine = page.getByRole('button', { name: '我的 A 类', exact: true });
  await expect(mine).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: '全部', exact: true }).click();
  await expect(total()).toHaveText('300 位');
  await mine.click();
  await expect(total()).toHaveText(filtered);
  await page.getByRole('button', { name: '视图“我的 A 类”的操作' }).click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  await expect(mine).toBeHidden();
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(mine).toBeVisible();
  await page.getByRole('button', { name: '全部', exact: true }).click();
});

test('changes many at once and takes it back', async () => {
  await grid().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('toolbar');
  await expect(bar).toContainText('已选 3 位');
  await bar.getByRole('button', { name: '标签' }).click();
  await page.getByRole('textbox', { name: '查找或新建标签' }).fill('季末拜访');
  await page.keyboard.press('Enter');
  const tagged = grid().getByText('季末拜访');
  await expect(tagged).toHaveCount(3);
  await page.getByRole('button', { name: '撤销' }).last().click();
  await expect(tagged).toHaveCount(0);
  await grid().focus();
  await page.keyboard.press('Control+a');
  await expect(bar).toContainText('已选 300 位');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});

test('sorts by several columns and says so', async () => {
  const header = (name: string) => page.getByRole('columnheader').filter({ hasText: name });
  await header('余额').getByRole('button').click();
  await expect(header('余额')).toHaveAttribute('aria-sort', 'ascending');
  await header('客户')
    .getByRole('button')
    .click({ modifiers: ['Shift'] });
  await expect(header('客户')).toHaveAttribute('aria-sort', 'ascending');
  await expect(header('余额')).toHaveAttribute('aria-sort', 'ascending');
});

test('exports the view into a file', async () => {
  const file = join(running.folder, '客户.csv');
  running.chooseNext(file);
  await page.getByRole('button', { name: '导出' }).click();
  const dialog = page.getByRole('dialog', { name: '导出客户' });
  await dialog.getByText('CSV', { exact: true }).click();
  await dialog.getByRole('button', { name: '选择位置并导出' }).click();
  await expect(dialog).toContainText('300 位客户已写入');
  const written = readFileSync(file, 'utf8');
  expect(written.startsWith('\uFEFF')).toBe(true);
  expect(written.trim().split(/\r?\n/)).toHaveLength(301);
  await dialog.getByRole('button', { name: '完成' }).click();
});

test('shows the table as it was left after a new start', async () => {
  await page.getByRole('button', { name: '有风险', exact: true }).click();
  await expect(total()).not.toHaveText('300 位');
  const left = await total().innerText();
  // What is kept is written a moment after the last change.
  await page.waitForTimeout(600);
  expect(running.complaints).toEqual([]);
  const { folder } = running;
  await running.stop();
  running = await launchApp({ folder });
  page = running.page;
  await page.getByRole('navigation').first().waitFor();
  await page.keyboard.press('Alt+2');
  await expect(total()).toHaveText(left);
  await expect(page.getByRole('button', { name: '有风险', exact: true })).toHaveAttribute(
    'aria-current',
    'true',
  );
  expect(running.complaints).toEqual([]);
});
