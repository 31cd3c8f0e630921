import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, openDemo, removeFolder } from '../support/app.ts';

/** Starts on a book that was damaged after a change was acknowledged, and tells what the app says and still knows. */
const damagedStart = async (damage: (folder: string) => void) => {
  const first = await launchApp();
  await openDemo(first.page);
  await first.page.keyboard.press('Control+Shift+N');
  await first.page.getByTestId('new-customer').getByLabel('名称').fill('周不丢');
  await first.page.keyboard.press('Control+Enter');
  await expect(first.page.getByText('已建立 周不丢')).toBeVisible();
  await first.stop();
  damage(join(first.folder, 'data', 'books', 'demo'));
  return launchApp({ folder: first.folder });
};

const cases: [what: string, damage: (book: string) => void][] = [
  [
    'is deleted',
    (book) => {
      for (const name of readdirSync(book)) if (name.startsWith('book.db')) rmSync(join(book, name));
    },
  ],
  ['is overwritten with zeros', (book) => writeFileSync(join(book, 'book.db'), Buffer.alloc(200_000))],
];

for (const [what, damage] of cases) {
  test(`when the database ${what}, the app says so and nothing acknowledged is missing`, async () => {
    const second = await damagedStart(damage);
    const { page } = second;
    await page.getByRole('navigation').first().waitFor({ timeout: 40_000 });
    await expect(page.getByTestId('recovery-notice')).toBeVisible();
    await expect(page.getByTestId('recovery-notice')).not.toContainText('recovery.');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('周不丢');
    await expect(page.getByRole('option').first()).toContainText('周不丢');
    await expect(page.getByText('301 位客户')).toBeVisible();
    await second.stop();
    removeFolder(second.folder);
  });
}
