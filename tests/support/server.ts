// Sync servers for tests: one inside this process, or a process of its own that can be killed.
//   await using server = await startServer();
//   const book = await addBook(server.db);
//   const user = await addUser(server.db, { bookId: book, username: 'ann' });
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { projectEnv, projectNode, root } from '../../build/setup/project.mjs';
import { hashPassword } from '../../server/auth/password.ts';
import { configOf, type ServerConfig } from '../../server/config.ts';
import type { LogStream } from '../../server/log.ts';
import { type RunningServer, startOn } from '../../server/start.ts';
import type { Database } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPglite } from '../../server/store/pglite.ts';
import type { UserRole } from '../../shared/domain/entities/team.ts';
import type { Tokens } from '../../shared/sync/protocol.ts';

/** Settings under which tests are quick and never meet a limit they do not test. */
export const TEST_ENV = {
  VISITBOOK_PORT: '0',
  VISITBOOK_ARGON2_MEMORY_KIB: '8',
  VISITBOOK_ARGON2_ITERATIONS: '1',
  VISITBOOK_RATE_ADDRESS: '10000000',
  VISITBOOK_RATE_SIGN_IN: '10000000',
  VISITBOOK_RATE_DEVICE: '10000000',
  VISITBOOK_LOG_LEVEL: 'silent',
};
const ARGON2 = { memoryKib: 8, iterations: 1 };
export const TEST_PASSWORD = 'correct horse battery';

export const testConfig = (changes: Partial<ServerConfig> = {}): ServerConfig => ({
  ...configOf(TEST_ENV),
  ...changes,
});

export interface TestServer extends RunningServer, AsyncDisposable {}

/** A server on a port of this computer, on the database given or an empty one in memory. It closes its database. */
export const startServer = async ({
  db,
  config = {},
  log,
  now,
}: {
  db?: Database;
  config?: Partial<ServerConfig>;
  log?: LogStream;
  now?: () => number;
} = {}): Promise<TestServer> => {
  const opened = db ?? (await openPglite());
  await migrate(opened);
  const server = await startOn(opened, testConfig(config), { ...(log && { log }), ...(now && { now }) });
  return { ...server, [Symbol.asyncDispose]: server.stop };
};

export interface ServerProcess extends AsyncDisposable {
  url: string;
  child: ChildProcess;
  /** What it said on both outputs so far. */
  output(): string;
  /** Ends it well; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Where a server process keeps its data, and what else is special about it. */
export interface ProcessOptions {
  databaseUrl?: string;
  folder?: string;
  demo?: boolean;
  env?: Record<string, string>;
}

/** A server as a process of its own over HTTP. It ends with this process. @throws with its output when it does not start */
export const startServerProcess = async ({
  databaseUrl,
  folder,
  demo = false,
  env = {},
}: ProcessOptions): Promise<ServerProcess> => {
  const child = spawn(
    projectNode() ?? process.execPath,
    [path.join(root, 'server/main.ts'), ...(demo ? ['--demo'] : [])],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: projectEnv({
        ...TEST_ENV,
        DATABASE_URL: databaseUrl ?? '',
        VISITBOOK_SERVER_DATA: folder ?? '',
        ...env,
      }),
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text = (text + piece).slice(-200_000);
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    void ended.then((code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return {
    url,
    child,
    output: () => text,
    stop,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
};

/** A new, empty book; answers its id. */
export const addBook = async (db: Database, name = `book ${randomUUID().slice(0, 8)}`): Promise<string> => {
  const id = uuid();
  await db.query('INSERT INTO book (id, name, epoch) VALUES ($1, $2, $3)', [id, name, randomUUID()]);
  return id;
};

let passwordHash: Promise<string> | undefined;

/** A new user with TEST_PASSWORD; answers its id. Their colleagues are not told (server/admin/users.ts does). */
export const addUser = async (
  db: Database,
  {
    username,
    bookId = null,
    role = 'manager',
  }: { username: string; bookId?: string | null; role?: UserRole },
): Promise<string> => {
  passwordHash ??= hashPassword(TEST_PASSWORD, ARGON2);
  const id = uuid();
  await db.query(
    'INSERT INTO account (id, book_id, username, name, role, password_hash) VALUES ($1, $2, $3, $3, $4, $5)',
    [id, bookId, username, role, await passwordHash],
  );
  return id;
};

export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Asks a server. A body that is no text or bytes goes as JSON. */
export const ask = async <Body = { error?: { code: string; detail?: string; retryAfter?: number } }>(
  url: string,
  route: string,
  {
    method,
    body,
    token,
    headers = {},
  }: { method?: string; body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer<Body>> => {
  const plain = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url + route, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: (plain ? body : JSON.stringify(body)) as BodyInit }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Body,
  };
};

/** Signs a user in on a new device. @throws when the server refuses */
export const signIn = async (
  url: string,
  username: string,
  { clientId = randomUUID(), password = TEST_PASSWORD }: { clientId?: string; password?: string } = {},
): Promise<Tokens & { clientId: string }> => {
  const answer = await ask<Tokens>(url, '/v1/auth/enroll', {
    body: { username, password, clientId, device: { name: 'laptop', platform: 'linux' } },
  });
  if (answer.status !== 200) throw new Error(`sign-in of ${username}: ${JSON.stringify(answer.body)}`);
  return { ...answer.body, clientId };
};
