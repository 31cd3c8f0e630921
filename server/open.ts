import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, type ServerConfig } from './config.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { openPglite } from './store/pglite.ts';
import { openPostgres } from './store/postgres.ts';
import { ensureViews } from './store/views.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Two processes in one folder would destroy the database. @throws ConfigError while another one has it */
const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'server.pid');
  for (let tries = 0; ; tries++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries === 3) throw error;
      const pid = Number(readFileSync(file, 'utf8'));
      if (pid !== process.pid && pid > 0 && isAlive(pid))
        throw new ConfigError(
          `${folder} is in use by process ${pid}. End that server, or set VISITBOOK_SERVER_DATA to another folder.`,
        );
      rmSync(file, { force: true });
    }
  }
};

const openFolder = async (folder: string): Promise<Database> => {
  const unlock = lockFolder(folder);
  try {
    const db = await openPglite(path.join(folder, 'database'));
    const close = async (): Promise<void> => {
      await db.close();
      unlock();
    };
    return { ...db, close };
  } catch (error) {
    unlock();
    throw error;
  }
};

/**
 * Opens the database of these settings and brings its schema up to date.
 * @throws ConfigError, saying what to do
 */
export const openServerDatabase = async (
  { databaseUrl, dataFolder, connections }: Pick<ServerConfig, 'databaseUrl' | 'dataFolder' | 'connections'>,
  onError: (error: Error) => void = () => undefined,
): Promise<Database> => {
  const db =
    databaseUrl === null ? await openFolder(dataFolder) : openPostgres(databaseUrl, { connections, onError });
  try {
    await migrate(db);
    // somebody's own view on one of ours keeps it as it is: reporting lags behind, sync goes on
    await ensureViews(db).catch(onError);
    return db;
  } catch (error) {
    await db.close();
    const { code, message } = error as NodeJS.ErrnoException;
    if (databaseUrl !== null && /^(E[A-Z]+|28...|3D...)$/.test(code ?? ''))
      throw new ConfigError(
        `DATABASE_URL: the database cannot be reached (${code}: ${message}). Check address, user and password, and that PostgreSQL runs.`,
        { cause: error },
      );
    throw error;
  }
};
