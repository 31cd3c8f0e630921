import { app, BrowserWindow, nativeTheme, shell, type WebContents } from 'electron';
import { v7 as uuid } from 'uuid';
import type { ReportSelection } from '#shared/contracts/book.ts';
import { SHELL_EVENT, type ShellEvent } from '#shared/contracts/shell.ts';
import type { KeyRing } from '../security/key-vault/key-ring.ts';
import { openOutside } from '../security/open-external.ts';
import type { AppStateStore } from './app-state.ts';
import type { BookKeeper } from './book-keeper.ts';
import type { createDialogs } from './dialogs.ts';
import type { FileTokens } from './file-tokens.ts';
import type { ShellHandlers } from './ipc.ts';
import type { Printer } from './printer.ts';

export interface ShellParts {
  state: AppStateStore;
  keeper: BookKeeper;
  ring: KeyRing;
  tokens: FileTokens;
  dialogs: ReturnType<typeof createDialogs>;
  printer: Printer;
  logFile: string;
  smoke: boolean;
  /** A page asks for its port to the data process. */
  connect(page: WebContents): void;
  onLanguage(language: ReturnType<AppStateStore['get']>['language']): void;
  onReady(screen: string, customers: number | undefined): void;
}

const OK = { ok: true } as const;

const routeOf = (path: string, values: Record<string, string | undefined>): string => {
  const search = new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return `${path}?${search.toString()}`;
};

const selectionRoute = (selection: ReportSelection, language: string): string =>
  routeOf('/reports', { ...selection, ids: selection.ids?.join(','), language });

/** What main does for the page, one function per method of the contract. */
export const createShellHandlers = (parts: ShellParts): ShellHandlers => {
  const { state, keeper, tokens, dialogs, printer } = parts;
  const progress = (contents: WebContents, jobId: string) => (done: number, total: number) => {
    if (!contents.isDestroyed())
      contents.send(SHELL_EVENT, { event: 'printProgress', jobId, done, total } satisfies ShellEvent);
  };
  /** Prints one thing, without progress of its own. */
  const printOne = async (route: string, file: string): Promise<{ pages: number }> => {
    const { pages } = await printer.print(uuid(), route, tokens.resolve(file).path, () => undefined);
    return { pages };
  };
  return {
    'shell.info': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
      platform: process.platform,
      locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
      systemKeyRing: await parts.ring.available(),
      dataFolder: app.getPath('userData'),
      logFile: parts.logFile,
      packaged: app.isPackaged,
      smoke: parts.smoke,
      theme: state.get().theme,
      language: state.get().language,
    }),
    'shell.bookStatus': () => keeper.status(),
    'shell.createBook': async ({ demo, passphrase }) => ({
      recoveryCode: await keeper.create(demo, passphrase),
    }),
    'shell.unlock': async ({ passphrase, recoveryCode }) => {
      await keeper.unlock(passphrase, recoveryCode);
      return OK;
    },
    'shell.changePassphrase': async ({ current, next }) => ({
      recoveryCode: await keeper.changePassphrase(current, next),
    }),
    'shell.removeDemo': async () => {
      await keeper.removeDemo();
      return OK;
    },
    'shell.restoreDemo': async () => ({ restored: await keeper.restoreDemo() }),
    'shell.restoreBackup': async ({ name }) => {
      await keeper.restore(name);
      return OK;
    },
    'shell.retryOpen': async () => {
      await keeper.retry();
      return OK;
    },
    'shell.chooseOpen': ({ purpose }) => dialogs.open(purpose),
    'shell.chooseSeveral': ({ purpose }) => dialogs.openSeveral(purpose),
    'shell.chooseSave': ({ purpose, suggested }) => dialogs.save(purpose, suggested),
    'shell.showFile': ({ file }) => {
      shell.showItemInFolder(tokens.resolve(file).path);
      return { ok: true };
    },
    'shell.openExternal': async ({ url }, event) => ({
      opened: await openOutside(url, BrowserWindow.fromWebContents(event.sender)),
    }),
    'shell.openDataFolder': async () => ({ ok: (await shell.openPath(app.getPath('userData'))) === '' }),
    'shell.setTheme': ({ theme }) => {
      state.set({ theme });
      nativeTheme.themeSource = theme;
      return { dark: nativeTheme.shouldUseDarkColors };
    },
    'shell.setLanguage': ({ language }) => {
      state.set({ language });
      parts.onLanguage(language);
      return OK;
    },
    'shell.printReports': async ({ file, selection, language, jobId }, event) => {
      const { pages, items } = await printer.print(
        jobId,
        selectionRoute(selection, language),
        tokens.resolve(file).path,
        progress(event.sender, jobId),
      );
      return { pages, reports: items };
    },
    'shell.printBrief': ({ file, visitId, language }) =>
      printOne(routeOf('/brief', { visitId, language }), file),
    'shell.printList': ({ file, from, to, language }) =>
      printOne(routeOf('/list', { from, to, language }), file),
    'shell.cancelPrint': ({ jobId }) => ({ cancelled: printer.cancel(jobId) }),
    'shell.connect': (_input, event) => {
      parts.connect(event.sender);
      return OK;
    },
    'shell.ready': ({ screen, customers }, event) => {
      if (BrowserWindow.fromWebContents(event.sender)?.isVisible() !== false)
        parts.onReady(screen, customers);
      return OK;
    },
    'shell.printReady': ({ items, error }, event) => {
      printer.ready(event.sender, items, error);
      return OK;
    },
  };
};
