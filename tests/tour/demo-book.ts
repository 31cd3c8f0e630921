import { expect } from '@playwright/test';
import { openDemo } from '../support/app.ts';
import type { Stage } from './stage.ts';

/** The screens of the demo book, in Chinese and in English, light and dark. */
export const demoScreens = async (stage: Stage, suffix: string): Promise<void> => {
  const { page } = stage;
  await openDemo(page);
  await page.locator('[data-line]').first().waitFor();
  await stage.picture(`today${suffix}`);
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.locator('[role=row][data-active]').getByRole('link')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await stage.picture(`customers${suffix}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByRole('tab').first().waitFor();
  await stage.picture(`customer${suffix}`);
  await page.keyboard.press('Alt+3');
  await page.getByTestId('calendar').waitFor();
  await stage.picture(`calendar${suffix}`);
  await page.keyboard.press('Alt+1');
  await page.locator('[data-line]').first().focus();
  await page.keyboard.press('b');
  await page.getByTestId('brief').waitFor();
  await stage.picture(`brief${suffix}`);
};

/** The same places in the dark. */
export const darkScreens = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  await page.evaluate(() => window.visitbook.setTheme({ theme: 'dark' }));
  for (const [keys, name] of [
    ['Alt+1', 'today'],
    ['Alt+2', 'customers'],
    ['Alt+3', 'calendar'],
    ['Alt+4', 'calls'],
    ['Alt+5', 'reports'],
  ] as const) {
    await page.keyboard.press(keys);
    await stage.picture(`${name}-dark`);
  }
};
