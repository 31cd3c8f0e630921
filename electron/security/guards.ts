import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Switches that would open a released program to another one. */
export const isRemoteControlled = (argv: readonly string[]): boolean =>
  argv.some((argument) => /^--(remote-debugging-(port|pipe)|inspect(-brk)?)(=|$)/.test(argument));

/** Makes the data folder the user's alone. */
export const closeFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
};

/** The SQLite binding to use when it is not the one of the package: given by setup, or packed beside the app. */
export const bindingOverride = (resources: string | undefined): string | undefined => {
  const packed = resources ? join(resources, 'sqlite', 'better_sqlite3.node') : '';
  if (packed && existsSync(packed)) return packed;
  return process.env.VISITBOOK_SQLITE_BINDING || undefined;
};
