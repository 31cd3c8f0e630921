import { expect, test } from '@playwright/test';
import { launchApp, removeFolder } from '../support/app.ts';

const PASSPHRASE = '春风又绿江南岸 2026';

test('makes a guarded book, shows its recovery code once and opens by passphrase or code', async () => {
  const first = await launchApp();
  const { page, folder } = first;
  await expect(page.getByRole('button', { name: '连接银行服务器' })).toBeEnabled();
  await page.getByRole('button', { name: '建立我的客户簿' }).click();
  await page.getByLabel('口令', { exact: true }).fill('short');
  await page.getByRole('button', { name: '建立客户簿' }).click();
  await expect(page.getByText('至少 8 个字符', { exact: true })).toBeVisible();
  await page.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('再输入一次').fill(`${PASSPHRASE}!`);
  await page.keyboard.press('Enter');
  await expect(page.getByText('两次输入不一致')).toBeVisible();
  await page.getByLabel('再输入一次').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  const groups = page.getByTestId('recovery-code').locator('span');
  await expect(groups.first()).toBeVisible({ timeout: 15_000 });
  const code = (await groups.allInnerTexts()).join(' ');
  await expect(page.getByRole('button', { name: '打开客户簿' })).toBeDisabled();
  await page.getByLabel('我已经妥善保存了恢复码').check();
  await page.getByRole('button', { name: '打开客户簿' }).click();
  await expect(page.getByRole('heading', { name: '导入 CSV' })).toBeVisible();
  expect(first.complaints).toEqual([]);
  await first.stop();

  const second = await launchApp({ folder });
  await second.page.getByLabel('口令', { exact: true }).fill('not the passphrase');
  await second.page.keyboard.press('Enter');
  await expect(second.page.getByText('口令不对')).toBeVisible({ timeout: 15_000 });
  await second.page.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await second.page.keyboard.press('Enter');
  await expect(second.page.getByRole('navigation').first()).toBeVisible({ timeout: 15_000 });
  await second.stop();

  const third = await launchApp({ folder });
  await third.page.getByRole('button', { name: '忘了口令' }).click();
  await third.page.getByLabel('恢复码').fill(code.toLowerCase());
  await third.page.keyboard.press('Enter');
  await expect(third.page.getByRole('navigation').first()).toBeVisible({ timeout: 15_000 });
  await third.stop();
  removeFolder(folder);
});

test('opens the demo book, says that it is unprotected, and takes it away with one click', async () => {
  const running = await launchApp({ language: 'en' });
  const { page } = running;
  await page.getByRole('button', { name: 'Look around in a demo book' }).click();
  await expect(page.getByText('Demo data')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('300 customers')).toBeVisible();
  await page.getByText('Demo data').click();
  await page.getByRole('link', { name: 'Safety' }).click();
  await expect(page.getByText('The demo book is not protected.')).toBeVisible();
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('button', { name: 'Remove the demo book' }).click();
  await expect(page.getByRole('button', { name: 'Start my own book' })).toBeVisible({ timeout: 15_000 });
  expect(await page.evaluate(() => window.visitbook.restoreDemo({}))).toEqual({
    ok: true,
    value: { restored: true },
  });
  await expect(page.getByText('300 customers')).toBeVisible({ timeout: 15_000 });
  expect(running.complaints).toEqual([]);
  await running.stop();
  removeFolder(running.folder);
});
