import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, nativeTheme, safeStorage, session } from 'electron';
import { SHELL_EVENT, type ShellEvent } from '#shared/contracts/shell.ts';
import { bindingOverride, closeFolder, isRemoteControlled } from './security/guards.ts';
import { keyRingOf } from './security/key-vault/key-ring.ts';
import { closePermissions } from './security/permissions.ts';
import { declareScheme, serveApp } from './security/protocol.ts';
import { createAppState } from './shell/app-state.ts';
import { createBookKeeper } from './shell/book-keeper.ts';
import { createDialogs } from './shell/dialogs.ts';
import { createFileTokens } from './shell/file-tokens.ts';
import { createFirstScreen } from './shell/first-screen.ts';
import { createShellHandlers } from './shell/handlers.ts';
import { serveShell } from './shell/ipc.ts';
import { createLog } from './shell/log.ts';
import { createPrinter } from './shell/printer.ts';
import { setWordsLanguage } from './shell/words.ts';
import { type DataProcess, startDataProcess } from './supervisor/data-process.ts';
import { createWindow } from './windows/factory.ts';
import { keepAlive } from './windows/keep-alive.ts';
import { setMenu } from './windows/menu.ts';

const startedAt = Number(process.env.VISITBOOK_STARTED_AT) || Math.round(performance.timeOrigin);
const development = !app.isPackaged;
const smoke = process.argv.includes('--smoke');
const out = resolve(app.getAppPath(), 'out');

if (app.isPackaged && isRemoteControlled(process.argv)) app.exit(2);
if (process.env.VISITBOOK_USER_DATA) app.setPath('userData', resolve(process.env.VISITBOOK_USER_DATA));
else if (smoke) app.setPath('userData', join(out, `smoke-data-${process.pid}`));
closeFolder(app.getPath('userData'));
const userData = app.getPath('userData');
app.setPath('sessionData', join(userData, 'session'));
mkdirSync(join(userData, 'session'), { recursive: true, mode: 0o700 });
const logFile = join(userData, 'logs', 'visitbook.log');
const log = createLog(logFile);

declareScheme();

const start = (): void => {
  const state = createAppState(userData);
  const tokens = createFileTokens();
  const ring = keyRingOf(safeStorage, process.platform);
  let window: BrowserWindow | null = null;
  let data: DataProcess;

  const keeper = createBookKeeper({
    userData,
    state,
    ring,
    nativeBinding: bindingOverride(app.isPackaged ? process.resourcesPath : undefined),
    send: (message) => data.send(message),
    onStatus: (status) =>
      window?.webContents.send(SHELL_EVENT, { event: 'bookStatus', status } satisfies ShellEvent),
  });
  const startBook = async (): Promise<void> => {
    if (smoke && state.get().activeBook === null) await keeper.create(true, null);
    else await keeper.begin();
  };
  const startData = (): void => {
    data = startDataProcess({
      log,
      onStarted: () => void startBook().catch((error: unknown) => log(`book not opened: ${String(error)}`)),
      onGivenUp: () => keeper.givenUp(),
      onMessage(message) {
        if (message.kind === 'log') log(`data ${message.level}: ${message.text}`);
        else if (message.kind === 'resolve') {
          try {
            data.send({
              kind: 'resolved',
              requestId: message.requestId,
              ok: true,
              ...tokens.resolve(message.token),
            });
          } catch {
            data.send({ kind: 'resolved', requestId: message.requestId, ok: false });
          }
        } else keeper.receive(message);
      },
    });
  };

  const screenshot = smoke ? join(out, 'smoke.png') : process.env.VISITBOOK_SCREENSHOT || null;
  const firstScreen = createFirstScreen({ smoke, screenshot, startedAt, logFile, window: () => window });
  const printer = createPrinter(() => data, development);
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
      onReady: (screen) =>
        void firstScreen(screen).catch((error: unknown) => log(`first screen: ${String(error)}`)),
    }),
    log,
  );

  void app.whenReady().then(() => {
    startData();
    nativeTheme.themeSource = state.get().theme;
    setWordsLanguage(state.get().language);
    serveApp(session.defaultSession, join(app.getAppPath(), 'dist', 'renderer'));
    closePermissions(session.defaultSession);
    setMenu(development);
    window = createWindow({
      page: 'index.html',
      show: true,
      development,
      ...(state.get().bounds && { bounds: state.get().bounds }),
    });
    keepAlive(window, log);
    window.on('close', () => window && state.set({ bounds: window.getNormalBounds() }));
    window.on('closed', () => {
      window = null;
    });
    keeper.purgeRemoved();
  });

  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void data.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
};

if (app.requestSingleInstanceLock()) start();
else app.quit();
