import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const REMOTE_CONTROL =
  /^--?(remote-debugging-(port|pipe|address)|remote-allow-origins|inspect(-[a-z]+)*|debug(-brk)?|js-flags)(=|$)/i;

/** Switches that would open a released program to another one. */
export const isRemoteControlled = (argv: readonly string[]): boolean =>
  argv.some((argument) => REMOTE_CONTROL.test(argument));

/** Makes the data folder the user's alone, and whatever this program writes from now on. */
export const closeFolder = (folder: string): void => {
  process.umask(0o077);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
};

/**
 * The SQLite binding to use when it is not the one of the package: packed beside the app or, outside of a package,
 * named by the setup. A released program loads no library that its environment names.
 */
export const bindingOverride = (
  resources: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined => {
  if (!resources) return environment.VISITBOOK_SQLITE_BINDING || undefined;
  const packed = join(resources, 'sqlite', 'better_sqlite3.node');
  return existsSync(packed) ? packed : undefined;
};
