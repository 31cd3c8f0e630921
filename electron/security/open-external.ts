import { type BrowserWindow, dialog, shell } from 'electron';
import { words } from '../shell/words.ts';
import { waysOut } from './ways-out.ts';

/** Opens a link outside the app as far as {@link waysOut} allows; answers whether it was opened. */
export const openOutside = async (url: string, window: BrowserWindow | null): Promise<boolean> => {
  const way = waysOut(url);
  if (way === 'never') return false;
  if (way === 'ask') {
    const question: Electron.MessageBoxOptions = {
      type: 'question',
      message: words().openOutside,
      detail: url.slice(0, 200),
      buttons: [words().open, words().cancel],
      defaultId: 1,
      cancelId: 1,
    };
    const { response } = window
      ? await dialog.showMessageBox(window, question)
      : await dialog.showMessageBox(question);
    if (response !== 0) return false;
  }
  await shell.openExternal(url);
  return true;
};
