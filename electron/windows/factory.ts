import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from '../security/app-url.ts';
import { lockNavigation } from '../security/navigation.ts';
import { type Bounds, fitBounds, MIN_SIZE } from './bounds.ts';
import { webPreferences } from './web-preferences.ts';

const PAPER = { light: '#FBFAF7', dark: '#16181C' };

/** The colour of the page, so that a window never opens white in the dark. */
export const paper = (): string => (nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light);

export interface WindowOptions {
  /** Page and route below app://visitbook/. */
  page: string;
  show: boolean;
  development: boolean;
  bounds?: Bounds | undefined;
  maximized?: boolean;
}

/** The one way to make a window: isolated, sandboxed, without Node, unable to leave our pages. */
export const createWindow = (options: WindowOptions): BrowserWindow => {
  const window = new BrowserWindow({
    ...fitBounds(
      options.bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: options.show,
    autoHideMenuBar: true,
    backgroundColor: paper(),
    webPreferences: webPreferences({
      preload: join(__dirname, 'preload.cjs'),
      development: options.development,
      throttled: options.show,
    }),
  });
  if (options.maximized) window.maximize();
  lockNavigation(window.webContents);
  // a load that fails is told by did-fail-load
  window.loadURL(`${APP_ORIGIN}/${options.page}`).catch(() => undefined);
  return window;
};
