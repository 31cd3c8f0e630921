import { secretsOf } from '../../app.ts';
import { ConfigError, configOf } from '../../config.ts';
import { openServerDatabase } from '../../open.ts';
import { createServerClock } from '../../store/clock.ts';
import type { AdminContext } from '../context.ts';

const THROUGH = `While a server runs on that folder, go through it: --server http://127.0.0.1:8787 --as admin`;

/** Opens the database the server would open, for one command. @throws ConfigError, saying what to do */
export const openLocal = async (
  env: NodeJS.ProcessEnv,
): Promise<{ context: AdminContext; close(): Promise<void> }> => {
  // Nobody is served here: where the server would listen does not matter.
  const config = configOf({ ...env, VISITBOOK_HOST: '127.0.0.1' });
  const db = await openServerDatabase(config).catch((error: unknown) => {
    if (!(error instanceof ConfigError) || config.databaseUrl !== null) throw error;
    throw new ConfigError(`${error.message}\n${THROUGH}`, { cause: error });
  });
  return {
    context: { db, clock: createServerClock(), secrets: secretsOf(config), actor: 'command line' },
    close: () => db.close(),
  };
};
