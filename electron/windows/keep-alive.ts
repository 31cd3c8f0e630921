import { type BrowserWindow, dialog } from 'electron';
import { words } from '../shell/words.ts';

const MOST_PER_MINUTE = 3;

/** Loads again after a failed first load, reloads after a renderer crash; gives up with a plain message. */
export const keepAlive = (window: BrowserWindow, log: (text: string) => void): void => {
  let recent: number[] = [];
  const again = (reason: string, act: () => void): void => {
    const now = Date.now();
    recent = [...recent.filter((at) => now - at < 60_000), now];
    log(`page: ${reason}`);
    if (recent.length > MOST_PER_MINUTE) {
      dialog.showErrorBox('Visitbook', words().broken);
      return;
    }
    setTimeout(() => !window.isDestroyed() && act(), 200 * recent.length);
  };
  window.webContents.on('did-fail-load', (_event, code, _text, _url, isMainFrame) => {
    // -3 is a load that another one replaced
    if (isMainFrame && code !== -3) again(`load failed ${code}`, () => window.webContents.reload());
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit')
      again(`renderer gone ${details.reason}`, () => window.webContents.reload());
  });
};
