import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app, type BrowserWindow } from 'electron';

const SETTLE_MS = 250;
const SMOKE_WITHIN_MS = 60_000;

const capture = async (window: BrowserWindow, file: string): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const image = await window.webContents.capturePage();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, image.toPNG());
};

export interface FirstScreenParts {
  smoke: boolean;
  screenshot: string | null;
  startedAt: number;
  logFile: string;
  window(): BrowserWindow | null;
}

/** Says on stdout that the first screen is usable; a smoke start saves its picture and ends with the verdict. */
export const createFirstScreen = (parts: FirstScreenParts) => {
  let done = false;
  const facts = (screen: string, msToFirstScreen: number) => ({
    versions: {
      app: app.getVersion(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      node: process.versions.node,
    },
    dataFolder: app.getPath('userData'),
    logFile: parts.logFile,
    screenshot: parts.screenshot,
    screen,
    msToFirstScreen,
  });
  if (parts.smoke) {
    setTimeout(() => {
      if (done) return;
      process.stderr.write(`smoke: Today was not usable within ${SMOKE_WITHIN_MS / 1_000} s\n`);
      app.exit(1);
    }, SMOKE_WITHIN_MS);
  }
  return async (screen: string, customers: number | undefined): Promise<void> => {
    const window = parts.window();
    if (done || !window || (parts.smoke && screen !== 'today')) return;
    done = true;
    const milliseconds = Math.round(performance.timeOrigin + performance.now() - parts.startedAt);
    if (parts.screenshot) await capture(window, parts.screenshot);
    const line = JSON.stringify({ ...facts(screen, milliseconds), customers });
    process.stdout.write(parts.smoke ? `${line}\n` : `VISITBOOK_READY ${line}\n`);
    if (parts.smoke) app.quit();
  };
};
