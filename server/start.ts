import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import { ConfigError, type ServerConfig } from './config.ts';
import type { LogStream } from './log.ts';
import type { Database } from './store/database.ts';

/** A server that listens. */
export interface RunningServer {
  app: FastifyInstance;
  db: Database;
  url: string;
  /** Accepts nothing more, finishes what was asked, ends hints and closes the database. */
  stop(): Promise<void>;
}

const WAYS_OUT: Record<string, (config: ServerConfig) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} on ${host} is taken by another program. End that program, or choose another port: VISITBOOK_PORT=${port + 1}`,
  EACCES: ({ port }) =>
    `Port ${port} may not be used by this user. Choose a port above 1023, such as VISITBOOK_PORT=8787.`,
  EADDRNOTAVAIL: ({ host }) =>
    `${host} is no address of this computer. Correct VISITBOOK_HOST; 0.0.0.0 means all of them.`,
  ENOTFOUND: ({ host }) => `${host} is not known. Correct VISITBOOK_HOST.`,
};

const listen = async (app: FastifyInstance, config: ServerConfig): Promise<string> => {
  const { host, port, tls } = config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const say = WAYS_OUT[(error as NodeJS.ErrnoException).code ?? ''];
    throw say ? new ConfigError(say(config), { cause: error }) : error;
  }
  const address = app.server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${address.port}`;
};

/** Serves a migrated database, which it then owns. @throws ConfigError when it cannot listen */
export const startOn = async (
  db: Database,
  config: ServerConfig,
  parts: { log?: LogStream; now?: () => number } = {},
): Promise<RunningServer> => {
  let app: FastifyInstance | undefined;
  try {
    app = await createApp({ db, config, ...parts });
    const running = app;
    const url = await listen(running, config);
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await running.close();
      await db.close();
    };
    return { app, db, url, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await app?.close();
    await db.close();
    throw error;
  }
};
