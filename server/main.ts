// The server as a process. Settings come from the environment (server/config.ts).
//   node server/main.ts          serves
//   node server/main.ts --demo   fills an empty database with the demo bank first
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DEMO_PASSWORD, seedDemo } from './admin/demo.ts';
import { listUsers } from './admin/users.ts';
import { secretsOf } from './app.ts';
import { ConfigError, configOf, type ServerConfig } from './config.ts';
import { describeError, type LogStream } from './log.ts';
import { openServerDatabase } from './open.ts';
import { type RunningServer, startOn } from './start.ts';
import { createServerClock } from './store/clock.ts';
import type { Database } from './store/database.ts';

/** Requests get so long to end when the server is told to. */
const PATIENCE_MS = 15_000;
/** Ctrl+C reaches this process from the terminal and from each one that started it: that is told once, not again. */
const TOLD_ONCE_MS = 1_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const openLog = (file: string | null): LogStream | undefined => {
  if (file === null) return undefined;
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
};

const demoUsers = async (db: Database, config: ServerConfig): Promise<string[]> => {
  const context = { db, clock: createServerClock(), actor: 'demo', secrets: secretsOf(config) };
  const [made] = await db.query("SELECT 1 FROM server_event WHERE action = 'seed-demo'");
  const [used] = await db.query('SELECT 1 FROM account LIMIT 1');
  if (used && !made)
    throw new ConfigError(
      'The database is not empty and holds no demo bank. Leave --demo out, or set VISITBOOK_SERVER_DATA to a new folder.',
    );
  if (!used) {
    say('Making the demo bank …');
    await seedDemo(context);
  }
  const users = await listUsers(context, {});
  return users.map(({ username, role, name, book }) =>
    `    ${username.padEnd(16)} ${role.padEnd(14)} ${name}${book ? `, ${book}` : ''}`.trimEnd(),
  );
};

const report = ({ url }: RunningServer, config: ServerConfig, users: readonly string[]): void => {
  say('');
  say(`Visitbook server is ready: ${url}`);
  say(
    `  Data:    ${config.databaseUrl === null ? path.resolve(config.dataFolder) : 'PostgreSQL (DATABASE_URL)'}`,
  );
  say(
    `  Log:     ${config.logFile === null ? 'standard output, one JSON object a line' : path.resolve(config.logFile)}`,
  );
  say(`  Health:  ${url}/readyz    Numbers: ${url}/metrics`);
  if (users.length > 0) {
    say(`  Demo users, password ${DEMO_PASSWORD}:`);
    for (const user of users) say(user);
    say(`  In the app: first screen, "connect to a server", address ${url}`);
  }
  say('Press Ctrl+C to stop.');
};

/** Ends well when told to; at once when told again, or when requests do not end. */
const stopWhenTold = (server: RunningServer): void => {
  let told: number | null = null;
  const stop = (): void => {
    const now = performance.now();
    if (told !== null && now - told < TOLD_ONCE_MS) return;
    if (told !== null) process.exit(1);
    told = now;
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(describeError(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // started by a test, it ends with it
  if (process.connected) process.on('disconnect', stop);
};

const main = async (): Promise<void> => {
  const config = configOf(process.env);
  const log = openLog(config.logFile);
  const db = await openServerDatabase(config, (error) => console.error(describeError(error)));
  const users = process.argv.includes('--demo')
    ? await demoUsers(db, config).catch(async (error) => {
        await db.close();
        throw error;
      })
    : [];
  const server = await startOn(db, config, { ...(log && { log }) });
  stopWhenTold(server);
  report(server, config, users);
  process.send?.({ url: server.url });
};

try {
  await main();
} catch (error) {
  const foreseen = error instanceof ConfigError;
  console.error(foreseen ? `\nThe server did not start.\n${error.message}\n` : error);
  process.exit(1);
}
