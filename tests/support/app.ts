import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { root } from '../../build/setup/project.mjs';
import { electronArguments, electronEnvironment, readRuntime } from '../../build/setup/runtime.ts';

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
  /** The user's data; give it to the next start to find everything again. */
  folder: string;
  /** What the page complained about. A test that ends well ends with none. */
  complaints: string[];
  /** The path that the next file dialog answers with. */
  chooseNext(path: string): void;
  stop(): Promise<void>;
}

/** Starts the built app as a user would, with a data folder of its own. */
export const launchApp = async ({
  folder = mkdtempSync(join(tmpdir(), 'visitbook-e2e-')),
  language = 'zh-CN',
}: {
  folder?: string;
  language?: 'zh-CN' | 'zh-TW' | 'en';
} = {}): Promise<RunningApp> => {
  const runtime = readRuntime();
  const dialogs = join(folder, 'dialogs');
  mkdirSync(dialogs, { recursive: true });
  const app = await _electron.launch({
    executablePath: runtime.electron,
    args: [...electronArguments(), root],
    env: {
      ...electronEnvironment(runtime),
      VISITBOOK_USER_DATA: join(folder, 'data'),
      VISITBOOK_TEST_DIALOGS: dialogs,
      TZ: 'Asia/Shanghai',
    },
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.waitForFunction(() => 'visitbook' in window);
  await page.evaluate((chosen) => window.visitbook.setLanguage({ language: chosen }), language);
  await page.reload();
  return {
    app,
    page,
    folder,
    complaints,
    chooseNext: (path) => writeFileSync(join(dialogs, 'next.txt'), path),
    stop: () => app.close(),
  };
};

/** Opens the demo book of a first run and waits until its customers are there. */
export const openDemo = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.visitbook.createBook({ demo: true, passphrase: null }));
  await page.getByRole('navigation').first().waitFor({ timeout: 40_000 });
};

/** Takes away what a test left behind. */
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
