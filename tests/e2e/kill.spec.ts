import { expect, test } from '@playwright/test';
import { launchApp, openDemo, removeFolder } from '../support/app.ts';

/** A quarter of a second, in letters, at the pace of this test. */
const KEY_EVERY_MS = 30;
const MAY_BE_LOST = Math.ceil(250 / KEY_EVERY_MS) + 1;

const SENTENCE = '张总说明年要开第二个仓，资金大约缺口三百万，想先看看授信能不能提高。'.repeat(4);

test('killing every process while a note is typed loses at most a quarter of a second', async () => {
  const first = await launchApp();
  await openDemo(first.page);
  await first.page.keyboard.press('Alt+2');
  await expect(first.page.getByRole('grid')).toBeFocused();
  await expect(first.page.locator('[role=row][data-active]').getByRole('link')).toBeVisible();
  await first.page.keyboard.press('Enter');
  await first.page.getByRole('button', { name: '更多' }).click();
  await first.page.getByRole('menuitem', { name: '写会谈笔记' }).click();
  const area = first.page.getByRole('textbox', { name: '会谈笔记' });
  await expect(area).toBeFocused();
  const address = await first.page.evaluate(() => window.location.hash);

  const pids = await first.app.evaluate(({ app }) => app.getAppMetrics().map((metric) => metric.pid));
  let typed = 0;
  for (const letter of SENTENCE.slice(0, 100)) {
    await first.page.keyboard.insertText(letter);
    typed += 1;
    await first.page.waitForTimeout(KEY_EVERY_MS);
  }
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await first.app.waitForEvent('close').catch(() => undefined);

  const second = await launchApp({ folder: first.folder });
  await second.page.getByRole('navigation').first().waitFor({ timeout: 40_000 });
  await second.page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  const kept = await second.page.getByRole('textbox', { name: '会谈笔记' }).inputValue();
  expect(SENTENCE.startsWith(kept)).toBe(true);
  expect(kept.length).toBeGreaterThanOrEqual(typed - MAY_BE_LOST);
  await second.stop();
  removeFolder(first.folder);
});
