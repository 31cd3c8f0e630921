import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { BookFiles } from '../files.ts';

const stateOf = (database: string): string => {
  const { size, mtimeMs } = statSync(database);
  return `${size} ${mtimeMs}`;
};

const hasLog = (database: string): boolean =>
  existsSync(`${database}-wal`) && statSync(`${database}-wal`).size > 0;

/** Whether the database is as the program left it when it last ended in order. */
export const wasClosedCleanly = ({ database, cleanExit }: BookFiles): boolean =>
  existsSync(cleanExit) &&
  existsSync(database) &&
  !hasLog(database) &&
  readFileSync(cleanExit, 'utf8') === stateOf(database);

/** From here on only an orderly end makes the database trusted unread. */
export const markOpen = ({ cleanExit }: BookFiles): void => rmSync(cleanExit, { force: true });

export const markClosed = ({ database, cleanExit }: BookFiles): void =>
  writeFileSync(cleanExit, stateOf(database), { mode: 0o600, flush: true });
