import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../support/app.ts';

/** Numbered pictures of one run of the app, and what its user did. */
export interface Stage extends RunningApp {
  /** Takes the next picture. */
  picture(name: string): Promise<void>;
  /** A path in the folder of the tour. */
  file(name: string): string;
  say(words: string): void;
}

let taken = 0;

const say = (words: string): void => {
  process.stdout.write(`[tour] ${words}\n`);
};

export const emptyFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
};

/** Nothing loads any more and nothing moves. */
const settle = async (page: Page): Promise<void> => {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(350);
};

/** Starts the app with the network off, in the size of the pictures. */
export const openStage = async (
  folder: string,
  options: Parameters<typeof launchApp>[0] = {},
): Promise<Stage> => {
  const running = await launchApp(options);
  const { app, page } = running;
  await page.emulateMedia({ colorScheme: null });
  await page.context().setOffline(true);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1_440, 900));
  return {
    ...running,
    say,
    file: (name) => join(folder, name),
    async picture(name) {
      await settle(page);
      taken += 1;
      const file = `${String(taken).padStart(2, '0')}-${name}.png`;
      await page.screenshot({ path: join(folder, file) });
      say(file);
    },
    async stop() {
      expect(running.complaints, 'complaints of the page').toEqual([]);
      await running.stop();
    },
  };
};
