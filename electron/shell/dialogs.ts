import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { FILE_PURPOSES } from '#shared/contracts/shell.ts';
import type { FileTokens } from './file-tokens.ts';
import { words } from './words.ts';

type Purpose = (typeof FILE_PURPOSES)[number];
interface ChosenFile {
  file: string;
  name: string;
  bytes: number | null;
}
export type Chosen = ChosenFile | null;

const filtersOf = (purpose: Purpose): Electron.FileFilter[] => {
  const all = { name: words().all, extensions: ['*'] };
  if (purpose === 'exportXlsx') return [{ name: words().excel, extensions: ['xlsx'] }];
  if (purpose === 'exportPdf') return [{ name: words().pdf, extensions: ['pdf'] }];
  if (purpose === 'attachment') return [all];
  if (purpose === 'importCsv') return [{ name: words().csv, extensions: ['csv', 'tsv', 'txt'] }, all];
  if (purpose === 'outbox') return [{ name: words().text, extensions: ['txt'] }, all];
  return [{ name: words().csv, extensions: ['csv'] }, all];
};

/**
 * Tests cannot press a button of the system's dialog. Outside a package, `next.txt` in the folder
 * VISITBOOK_TEST_DIALOGS holds the paths to choose, one per line, each used once; an empty line is a press of Cancel.
 * undefined means that nothing is prescribed.
 */
const testChoice = (): string | null | undefined => {
  const folder = process.env.VISITBOOK_TEST_DIALOGS;
  if (!folder || app.isPackaged) return undefined;
  const file = join(folder, 'next.txt');
  if (!existsSync(file)) return undefined;
  const [first = '', ...rest] = readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
  if (rest.length > 0) writeFileSync(file, rest.join('\n'));
  else rmSync(file);
  return first.trim() || null;
};

const chosenFile = (tokens: FileTokens, path: string): ChosenFile => ({
  ...tokens.add(path),
  bytes: existsSync(path) ? statSync(path).size : null,
});

/** Asks for files that are there; none when the user cancels. */
const askForFiles = async (
  purpose: Purpose,
  several: boolean,
  parent: BrowserWindow | null,
): Promise<string[]> => {
  const prescribed = testChoice();
  if (prescribed !== undefined) return prescribed === null ? [] : [prescribed];
  const options: Electron.OpenDialogOptions = {
    properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
    filters: filtersOf(purpose),
  };
  const { filePaths } = parent
    ? await dialog.showOpenDialog(parent, options)
    : await dialog.showOpenDialog(options);
  return filePaths;
};

/** The system's file dialogs; what the user chose becomes a token. */
export const createDialogs = (tokens: FileTokens, window: () => BrowserWindow | null) => ({
  async open(purpose: Purpose): Promise<Chosen> {
    const [path] = await askForFiles(purpose, false, window());
    return path ? chosenFile(tokens, path) : null;
  },
  async openSeveral(purpose: Purpose): Promise<ChosenFile[]> {
    return (await askForFiles(purpose, true, window())).map((path) => chosenFile(tokens, path));
  },
  async save(purpose: Purpose, suggested: string): Promise<Chosen> {
    let path = testChoice();
    if (path === undefined) {
      const options: Electron.SaveDialogOptions = {
        defaultPath: join(app.getPath('documents'), suggested.replace(/[\\/:*?"<>|]/g, '-')),
        filters: filtersOf(purpose),
      };
      const parent = window();
      const { filePath } = parent
        ? await dialog.showSaveDialog(parent, options)
        : await dialog.showSaveDialog(options);
      path = filePath || null;
    }
    return path ? { ...tokens.add(path), bytes: null } : null;
  },
});
