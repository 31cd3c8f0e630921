import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { DataEvent } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { CommandName, Input, MethodName, Output } from '#shared/contracts/registry.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type Book, createBook } from '../../electron/data/database/book.ts';
import type { CommitHook } from '../../electron/data/database/commit.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import type { Feature } from '../../electron/data/feature.ts';
import { createJobs, type Jobs } from '../../electron/data/jobs/jobs.ts';
import { createRouter } from '../../electron/data/router.ts';

export interface TestBook {
  book: Book;
  jobs: Jobs;
  folder: string;
  events: DataEvent[];
  /** Files by token, as main would resolve them. */
  files: Map<string, string>;
  /** Calls a method through the real router; throws the AppError the page would get. */
  call<M extends MethodName>(method: M, input: Input<M>, commandId?: string): Promise<Output<M>>;
  send(raw: unknown): ReturnType<ReturnType<typeof createRouter>['handle']>;
  close(): void;
}

/** A real encrypted book in a folder of its own, driven through the real router, without Electron. */
export const openTestBook = (
  features: readonly Feature[],
  options: { hooks?: CommitHook[]; now?: () => Date } = {},
): TestBook => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-test-'));
  const db = openDatabase({ file: join(folder, 'book.db'), key: randomBytes(32) });
  migrate(db);
  const events: DataEvent[] = [];
  const files = new Map<string, string>();
  const book = createBook({
    db,
    clock: createClock('test'),
    hooks: options.hooks ?? [],
    journal: { append: () => undefined, revoke: () => undefined, bytes: 0 },
  });
  const jobs = createJobs((job) => events.push({ event: 'job', job }));
  const now = options.now ?? (() => new Date());
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
    send: (raw) => router.handle(raw),
    async call(method, input, commandId) {
      const answer = await router.handle({ id: ++id, method, commandId: commandId ?? uuid(), input });
      if (!answer.ok) throw AppError.fromWire(answer.error);
      return answer.value as Output<typeof method>;
    },
    close() {
      book.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type { CommandName };
