import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Method } from '#shared/contracts/contract.ts';
import type { DataEvent } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import {
  type CommandName,
  type Input,
  type MethodName,
  type Output,
  registry,
} from '#shared/contracts/registry.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type AttachmentFiles, openAttachmentFiles } from '../../electron/data/attachments/files.ts';
import { type Book, createBook } from '../../electron/data/database/book.ts';
import type { CommitHook } from '../../electron/data/database/commit.ts';
import { plainLocalStore } from '../../electron/data/database/local-store.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { setMeta } from '../../electron/data/database/recovery/meta.ts';
import { openStore } from '../../electron/data/database/store.ts';
import type { Feature } from '../../electron/data/feature.ts';
import { createJobs, type Jobs } from '../../electron/data/jobs/jobs.ts';
import { createRouter } from '../../electron/data/router.ts';
import { noAttachments } from '../../electron/data/sync/parts.ts';
import type { TransportTo } from '../../electron/data/sync/server-client.ts';
import { createSyncService, type SyncService } from '../../electron/data/sync/service.ts';

export interface TestBook {
  book: Book;
  jobs: Jobs;
  folder: string;
  events: DataEvent[];
  /** Files by token, as main would resolve them. */
  files: Map<string, string>;
  attachments: AttachmentFiles;
  sync: SyncService;
  /** The server has told this device to go. */
  readonly revoked: boolean;
  /** Calls a method through the real router; throws the AppError the page would get. */
  call<M extends MethodName>(method: M, input: Input<M>, commandId?: string): Promise<Output<M>>;
  send(raw: unknown): ReturnType<ReturnType<typeof createRouter>['handle']>;
  close(): void;
}

export interface TestBookOptions {
  hooks?: readonly CommitHook[];
  now?: () => Date;
  /** How the server is reached; without it there is none. */
  transportTo?: TransportTo;
  /** Opens the book as the app does, with journal and backups on disk. Slower. */
  journal?: boolean;
}

/** The write path without journal and backups: as quick as a test wants it. */
const quickBook = (folder: string, key: Uint8Array, hooks: readonly CommitHook[]): Book => {
  const db = openDatabase({ file: join(folder, 'book.db'), key });
  db.pragma('synchronous = OFF');
  migrate(db);
  setMeta(db, 'bookId', uuid());
  let next = 1;
  return createBook({
    db,
    clock: createClock('test'),
    hooks,
    local: plainLocalStore(db),
    backups: {
      list: () => [],
      make: () => Promise.reject(new AppError('not_allowed')),
      settled: async () => undefined,
    },
    journal: {
      append: () => {
        next += 1;
      },
      revoke: () => undefined,
      get next() {
        return next;
      },
      bytes: 0,
    },
  });
};

/** What a method answers must be what its contract says. @throws when a handler has drifted from it. */
const checkOutput = (name: MethodName, value: unknown): void => {
  const parsed = (registry[name] as Method).output.safeParse(value);
  if (!parsed.success)
    throw new Error(`${name} answers what its contract does not say: ${parsed.error.message}`);
};

/** A real encrypted book in a folder of its own, driven through the real router, without Electron. */
export const openTestBook = (features: readonly Feature[], options: TestBookOptions = {}): TestBook => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-test-'));
  const key = randomBytes(32);
  const hooks = options.hooks ?? [];
  const store = options.journal ? openStore({ folder, key, hooks }) : null;
  const book = store?.book ?? quickBook(folder, key, hooks);
  const events: DataEvent[] = [];
  const files = new Map<string, string>();
  const attachments = openAttachmentFiles(join(folder, 'attachments'), key);
  const jobs = createJobs((job) => events.push({ event: 'job', job }));
  const now = options.now ?? (() => new Date());
  let revoked = false;
  const sync = createSyncService({
    book,
    attachments: noAttachments,
    appVersion: '0.0.0',
    onState: () => events.push({ event: 'changed', changes: [{ entity: 'sync' }] }),
    onRevoked: () => {
      revoked = true;
    },
    log: console.error,
    transportTo: options.transportTo ?? (() => () => Promise.reject(new Error('this test has no server'))),
  });
  const resolve = async (token: string) => {
    const path = files.get(token);
    if (!path) throw new AppError('file_token_unknown');
    return { path, name: path.split('/').at(-1) ?? '' };
  };
  const router = createRouter(
    features,
    (commandId) => ({
      db: book.db,
      now,
      commandId,
      at: now().toISOString(),
      book,
      jobs,
      files: { resolve },
      attachments,
      sync,
      emit: (event) => events.push(event),
    }),
    console.error,
  );
  let id = 0;
  return {
    book,
    jobs,
    folder,
    events,
    files,
    attachments,
    sync,
    get revoked() {
      return revoked;
    },
    send: (raw) => router.handle(raw),
    async call(method, input, commandId) {
      const answer = await router.handle({ id: ++id, method, commandId: commandId ?? uuid(), input });
      if (!answer.ok) throw AppError.fromWire(answer.error);
      checkOutput(method, answer.value);
      return answer.value as Output<typeof method>;
    },
    close() {
      // the store's own close also waits for backups, which a test that is over does not need
      book.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type { CommandName };
