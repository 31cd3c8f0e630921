import { expect, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from './app.ts';

export const PASSPHRASE = '春风又绿江南岸 2026';

export interface Account {
  url: string;
  username: string;
  password: string;
}

/** Goes through the third door of a first run: a guarded book, its recovery code, the server, and who I am. */
export const connectByDoor = async (page: Page, { url, username, password }: Account): Promise<void> => {
  await page.getByRole('button', { name: '连接银行服务器' }).click();
  await page.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('再输入一次').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByLabel('我已经妥善保存了恢复码').check({ timeout: 20_000 });
  await page.getByRole('button', { name: '打开客户簿' }).click();
  await page.getByLabel('服务器地址').fill(url);
  await page.keyboard.press('Enter');
  await page.getByLabel('用户名').fill(username);
  await page.getByRole('textbox', { name: '密码' }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor({ timeout: 60_000 });
};

/** A new laptop that has met its server and holds what its user looks after. */
export const newLaptop = async (account: Account): Promise<RunningApp> => {
  const running = await launchApp();
  await connectByDoor(running.page, account);
  return running;
};

/** Opens a place of the app by its address. */
export const goTo = async (page: Page, path: string): Promise<void> => {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#${path}`);
};

/** Types a value into a field of a customer's profile, as a person would. */
export const typeField = async (
  page: Page,
  customerId: string,
  label: string,
  value: string,
): Promise<void> => {
  await goTo(page, `/customers/${customerId}?tab=profile`);
  await page.getByRole('button', { name: new RegExp(`^${label}: `) }).click();
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: `${label}: ${value}` })).toBeVisible();
};

/** What the profile of a customer shows in a field. */
export const fieldOf = (page: Page, label: string, value: string) =>
  page.getByRole('button', { name: `${label}: ${value}` });

/** Runs a whole round, and sees that nothing waits any more. */
export const syncNow = async (page: Page): Promise<void> => {
  await goTo(page, '/sync/waiting');
  const panel = page.getByTestId('sync-state');
  await panel.getByRole('button', { name: '立即同步' }).click();
  // the button works as long as the round does: nothing may wait here, and something may still come
  await expect(panel.locator('[data-loading]')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByText('没有待同步的内容。')).toBeVisible({ timeout: 20_000 });
};
