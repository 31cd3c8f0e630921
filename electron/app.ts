import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, safeStorage, session } from 'electron';
import { SHELL_EVENT, type ShellEvent } from '#shared/contracts/shell.ts';
import type { FromData } from './data/control.ts';
import { bindingOverride } from './security/guards.ts';
import { keyRingOf } from './security/key-vault/key-ring.ts';
import { closeSession } from './security/permissions.ts';
import { serveApp } from './security/protocol.ts';
import { createAppState } from './shell/app-state.ts';
import { createBookFolders } from './shell/book-folders.ts';
import { createBookKeeper } from './shell/book-keeper.ts';
import { createDialogs } from './shell/dialogs.ts';
import { createFileTokens } from './shell/file-tokens.ts';
import { createFirstScreen } from './shell/first-screen.ts';
import { createShellHandlers } from './shell/handlers.ts';
import { serveShell } from './shell/ipc.ts';
import { createLog, describeError } from './shell/log.ts';
import { createPrinter } from './shell/printer.ts';
import { setWordsLanguage, words } from './shell/words.ts';
import { type DataProcess, startDataProcess } from './supervisor/data-process.ts';
import { brokenPage } from './windows/broken-page.ts';
import { createWindow, paper } from './windows/factory.ts';
import { keepAlive } from './windows/keep-alive.ts';
import { setMenu } from './windows/menu.ts';

export interface AppOptions {
  userData: string;
  smoke: boolean;
  /** Where a smoke start leaves its picture. */
  out: string;
}

/** Puts main's parts together and runs the app until its window is closed. */
export const startApp = ({ userData, smoke, out }: AppOptions): void => {
  const startedAt = Number(process.env.VISITBOOK_STARTED_AT) || Math.round(performance.timeOrigin);
  const development = !app.isPackaged;
  const logFile = join(userData, 'logs', 'visitbook.log');
  const log = createLog(logFile);
  const logError = (what: string) => (error: unknown) => log(`${what}: ${describeError(error)}`);
  process.on('uncaughtException', logError('uncaught'));
  process.on('unhandledRejection', logError('unhandled'));

  const state = createAppState(userData);
  const tokens = createFileTokens();
  const ring = keyRingOf(safeStorage, process.platform);
  const folders = createBookFolders(userData);
  const printer = createPrinter(development);
  let window: BrowserWindow | null = null;
  let data: DataProcess | null = null;

  const keeper = createBookKeeper({
    folders,
    state,
    ring,
    nativeBinding: bindingOverride(app.isPackaged ? process.resourcesPath : undefined, process.env),
    send: (message) => data?.send(message),
    appVersion: app.getVersion(),
    revive: () => data?.revive() ?? false,
    onStatus: (status) =>
      window?.webContents.send(SHELL_EVENT, { event: 'bookStatus', status } satisfies ShellEvent),
  });

  /** Names the file behind a token to the data process. */
  const resolveToken = (requestId: number, token: string): void => {
    const file = tokens.find(token);
    data?.send({ kind: 'resolved', requestId, ok: file !== null, ...file });
  };
  const receive = (message: FromData): void => {
    if (message.kind === 'log') log(`data ${message.level}: ${message.text}`);
    else if (message.kind === 'resolve') resolveToken(message.requestId, message.token);
    else if (message.kind === 'revoked') void keeper.removeRevoked();
    else keeper.receive(message);
  };
  const begin = async (): Promise<void> => {
    await keeper.started();
    if (smoke && keeper.status().state === 'none') await keeper.create(true, null);
  };

  const screenshot = smoke ? join(out, 'smoke.png') : process.env.VISITBOOK_SCREENSHOT || null;
  const firstScreen = createFirstScreen({ smoke, screenshot, startedAt, logFile, window: () => window });
  serveShell(
    createShellHandlers({
      state,
      keeper,
      ring,
      tokens,
      dialogs: createDialogs(tokens, () => window),
      printer,
      logFile,
      smoke,
      connect: (page) => data?.connect(page),
      onLanguage(language) {
        setWordsLanguage(language);
        setMenu(development);
      },
      onReady: (screen, customers) => void firstScreen(screen, customers).catch(logError('first screen')),
    }),
    log,
  );

  const openWindow = (): void => {
    const { bounds, maximized } = state.get();
    const opened = createWindow({ page: 'index.html', show: true, development, bounds, maximized });
    window = opened;
    keepAlive(opened, log);
    opened.on('close', () =>
      state.set({ bounds: opened.getNormalBounds(), maximized: opened.isMaximized() }),
    );
    opened.on('closed', () => {
      window = null;
    });
  };
  const run = (): void => {
    // the data process first: it opens the book while Chromium makes the window
    data = startDataProcess({
      log,
      onStarted: () => void begin().catch(logError('book not opened')),
      onEnded: () => keeper.ended(),
      onGivenUp: () => keeper.givenUp(),
      onMessage: receive,
    });
    nativeTheme.themeSource = state.get().theme;
    setWordsLanguage(state.get().language);
    closeSession(session.defaultSession);
    serveApp(session.defaultSession, join(app.getAppPath(), 'dist', 'renderer'), () =>
      brokenPage({ title: words().brokenTitle, text: words().broken, again: words().again }),
    );
    openWindow();
    setMenu(development);
    nativeTheme.on('updated', () => window?.setBackgroundColor(paper()));
    log(`started ${app.getVersion()} electron ${process.versions.electron} ${process.platform}`);
    folders.purgeRemoved();
  };
  void app.whenReady().then(run).catch(logError('not started'));

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log(`child process ${type} gone ${reason} ${exitCode}`),
  );
  app.on('window-all-closed', () => app.quit());
  let stopped = false;
  // windows are closed by now, and what they had left to save has been sent
  app.on('will-quit', (event) => {
    if (stopped || !data) return;
    event.preventDefault();
    void data.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
};
