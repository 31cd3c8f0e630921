import type { BrowserWindow } from 'electron';
import { BROKEN_PAGE } from '../security/protocol.ts';
import { createRetryBudget } from '../supervisor/retry-budget.ts';

const MOST_PER_MINUTE = 3;
const FIRST_DELAY_MS = 200;
/** Chromium's code for a load that another one replaced. */
const ABORTED = -3;

/** Loads again after a failed load, reloads after a renderer crash; after three in a minute shows a plain page. */
export const keepAlive = (window: BrowserWindow, log: (text: string) => void): void => {
  const { webContents } = window;
  const budget = createRetryBudget(MOST_PER_MINUTE, FIRST_DELAY_MS);
  const again = (reason: string): void => {
    log(`page: ${reason}`);
    const delay = budget.next();
    setTimeout(() => {
      if (window.isDestroyed()) return;
      if (delay === null) webContents.loadURL(BROKEN_PAGE).catch(() => undefined);
      else webContents.reload();
    }, delay ?? 0);
  };
  webContents.on('did-fail-load', (_event, code, _text, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) again(`load failed ${code}`);
  });
  webContents.on('did-navigate', (_event, _url, status) => {
    if (status >= 400) again(`answered ${status}`);
  });
  webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') again(`renderer gone ${details.reason} ${details.exitCode}`);
  });
  window.on('unresponsive', () => log('page: unresponsive'));
  window.on('responsive', () => log('page: responsive again'));
};
