// A private PostgreSQL: a server of its own in a temporary folder, reached by a socket in that folder, gone when it ends.
//   await using postgres = await startPostgres();
//   const db = openPostgres(postgres.url);
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findPrograms, type Programs } from './postgres-programs.ts';

export interface PostgresOptions {
  /** Writes reach the disk before they are answered, as in earnest: for benchmarks. */
  durable?: boolean;
  /** Settings of postgresql.conf, over those here. */
  settings?: Record<string, string>;
  /** Which programs; the system's when it has some, else the package's. */
  programs?: Programs;
}

export interface TestPostgres extends AsyncDisposable {
  /** Address of an empty database. */
  url: string;
  /** Folder of `initdb`, `postgres` and, on a Debian system, `pgbench`. */
  bin: string;
  /** Makes another empty database; answers its address. */
  createDatabase(): Promise<string>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** The path of a socket has a limit of about 100 bytes. */
const shortTemporaryFolder = (): string => (tmpdir().length < 60 ? tmpdir() : '/tmp');

/** PostgreSQL refuses to run as root: root runs it as somebody else. */
const servant = (): { uid: number; gid: number } | null => {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  if (!user) throw new Error('root cannot run PostgreSQL and /etc/passwd names no other user');
  return { uid: user.uid, gid: user.gid };
};

const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' };

/**
 * Runs the server until standard input ends, which it also does when this process is killed; then nothing is left of it.
 * $1 is the folder, the rest the command.
 */
const KEEPER = `folder=$1; shift; "$@" & server=$!
cat >/dev/null; kill -QUIT $server 2>/dev/null; wait $server; rm -rf "$folder"`;

const urlOf = (folder: string, database: string): string =>
  `postgres://visitbook@localhost/${database}?host=${encodeURIComponent(folder)}`;

const ask = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  // The server may end while it is being asked for the first time.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Starts a PostgreSQL of one's own. As root it runs as `nobody`; no network is needed. */
export const startPostgres = async ({
  durable = false,
  settings = {},
  programs,
}: PostgresOptions = {}): Promise<TestPostgres> => {
  const folder = mkdtempSync(path.join(shortTemporaryFolder(), 'visitbook-postgres-'));
  try {
    const { bin, env } = findPrograms(folder, programs);
    const user = servant();
    if (user) chownSync(folder, user.uid, user.gid);
    chmodSync(folder, 0o755);
    const data = path.join(folder, 'data');
    const options = { ...user, env, cwd: folder };
    execFileSync(
      path.join(bin, 'initdb'),
      ['-D', data, '-U', 'visitbook', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...options, stdio: 'pipe' },
    );
    const all = {
      listen_addresses: '',
      unix_socket_directories: folder,
      ...(durable ? {} : QUICK),
      ...settings,
    };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(
      '/bin/sh',
      ['-c', KEEPER, 'sh', folder, path.join(bin, 'postgres'), '-D', data, ...flags],
      {
        ...options,
        // Ctrl-C of the terminal is for the tests; the keeper ends the server.
        detached: true,
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    );
    let log = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-8_000);
    });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const stop = async (): Promise<void> => {
      server.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    for (let tries = 0; ; tries++) {
      try {
        await ask(urlOf(folder, 'postgres'), 'SELECT 1');
        break;
      } catch (cause) {
        if (tries === 300) {
          await stop();
          throw new Error(`PostgreSQL did not start:\n${log}`, { cause });
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    const createDatabase = async (): Promise<string> => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await ask(urlOf(folder, 'postgres'), `CREATE DATABASE ${name}`);
      return urlOf(folder, name);
    };
    return { url: await createDatabase(), bin, createDatabase, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
