import { dialog, shell } from 'electron';
import { words } from '../shell/words.ts';

/** How a link may leave the app: https at once, mail and telephone after asking, nothing else. */
export const waysOut = (url: string): 'open' | 'ask' | 'never' => {
  try {
    const { protocol } = new URL(url);
    if (protocol === 'https:') return 'open';
    return protocol === 'mailto:' || protocol === 'tel:' ? 'ask' : 'never';
  } catch {
    return 'never';
  }
};

/** Opens a link outside the app as far as {@link waysOut} allows; answers whether it was opened. */
export const openOutside = async (url: string): Promise<boolean> => {
  const way = waysOut(url);
  if (way === 'never') return false;
  if (way === 'ask') {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: words().openOutside,
      detail: url.slice(0, 200),
      buttons: [words().open, words().cancel],
      defaultId: 0,
      cancelId: 1,
    });
    if (response !== 0) return false;
  }
  await shell.openExternal(url);
  return true;
};
