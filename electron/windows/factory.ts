import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { APP_ORIGIN } from '../security/app-url.ts';
import { lockNavigation } from '../security/navigation.ts';

const PAPER = { light: '#FBFAF7', dark: '#16181C' };

/** The one way to make a window: isolated, sandboxed, without Node, unable to leave our pages. */
export const createWindow = (options: {
  page: string;
  show: boolean;
  bounds?: Partial<Electron.Rectangle>;
  development: boolean;
}): BrowserWindow => {
  const settings: BrowserWindowConstructorOptions = {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    ...options.bounds,
    show: options.show,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false,
      backgroundThrottling: options.show,
      devTools: options.development,
    },
  };
  const window = new BrowserWindow(settings);
  lockNavigation(window.webContents);
  void window.loadURL(`${APP_ORIGIN}/${options.page}`);
  return window;
};
