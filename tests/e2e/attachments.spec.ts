import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
let running: RunningApp;
let page: Page;

const panel = () => page.getByRole('region', { name: '附件' });
const names = () => panel().locator('[data-attachment]');
const note = (text: string | RegExp) => page.locator('.mantine-Notification-root').filter({ hasText: text });

/** Hands files to the page as the system does when they are dropped or pasted. */
const hand = (how: 'drop' | 'paste', name: string, base64: string, type: string) =>
  page.evaluate(
    ({ how, name, base64, type }) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type }));
      const event =
        how === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    { how, name, base64, type },
  );

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  page = running.page;
  await openDemo(page);
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('customer-total')).toHaveText('300 位');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: '附件' }).click();
});

test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

test('a file is kept by button, by drop and by paste', async () => {
  const text = join(running.folder, '报价 说明.txt');
  writeFileSync(text, '三年期,年化 2.1%\n');
  running.chooseNext(text);
  await panel().getByRole('button', { name: '添加文件' }).click();
  await expect(names()).toHaveText(['报价 说明.txt']);
  await expect(note('已保存 1 个文件')).toBeVisible();
  await hand('drop', '..\\名片.png', PNG, 'image/png');
  await expect(names()).toHaveCount(2);
  await expect(names().first()).toHaveText('名片.png');
  await hand('paste', 'image.png', PNG, 'image/png');
  await expect(names()).toHaveCount(3);
  await expect(names().first()).toHaveText(/^截图 \d{4}-\d\d-\d\d .*\.png$/);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('main').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});

test('a picture and a text are shown in the page, by keyboard', async () => {
  await names().first().focus();
  await page.keyboard.press('Enter');
  const picture = page.getByRole('dialog').locator('img');
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await names().first().focus();
  await page.keyboard.press('End');
  await expect(names().nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('三年期,年化 2.1%');
  await page.keyboard.press('Escape');
});

test('a file is saved elsewhere as it was, renamed, and removed with a way back', async () => {
  const copy = join(running.folder, 'copy.txt');
  running.chooseNext(copy);
  await panel()
    .getByRole('button', { name: /报价 说明.txt.更多操作/ })
    .click();
  await page.getByRole('menuitem', { name: '另存为' }).click();
  await expect.poll(() => readIfThere(copy)).toBe('三年期,年化 2.1%\n');
  await names().nth(2).focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('报价');
  await page.keyboard.press('Enter');
  await expect(names().nth(2)).toHaveText('报价.txt');
  await names().nth(2).focus();
  await page.keyboard.press('Delete');
  await expect(names()).toHaveCount(2);
  await note('已删除附件').getByRole('button', { name: '撤销' }).click();
  await expect(names()).toHaveCount(3);
  expect(running.complaints).toEqual([]);
});

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};
