import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { type Book, createBook } from '../../electron/data/database/book.ts';
import type { JournalEntry } from '../../electron/data/database/commit.ts';
import { read } from '../../electron/data/database/connection.ts';
import { armFailPoint, type FailPoint } from '../../electron/data/database/fail-points.ts';
import { plainLocalStore } from '../../electron/data/database/local-store.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { metaOf, NEWEST_STAMP, newClientId, setMeta } from '../../electron/data/database/recovery/meta.ts';
import { writeEntry } from '../../electron/data/database/write-entry.ts';
import { commitHooks } from '../../electron/data/features.ts';
import { ADOPTED, schemaFingerprint } from '../../electron/data/sync/adopt.ts';
import { CHECKED } from '../../electron/data/sync/checksum.ts';
import { connectionOf } from '../../electron/data/sync/connection.ts';
import { createSyncEngine, type Engine } from '../../electron/data/sync/engine.ts';
import { enrol } from '../../electron/data/sync/enrol.ts';
import { noAttachments } from '../../electron/data/sync/parts.ts';
import { createServerClient } from '../../electron/data/sync/server-client.ts';
import type { Transport } from '../../electron/data/sync/transport.ts';
import { createClock } from '../../shared/sync/clock.ts';
import type { Change, Mutation } from '../../shared/sync/mutation.ts';
import { type InProcessServer, TEST_PASSWORD } from './sync-server.ts';

const KEY = new Uint8Array(32).fill(7);

/** What may happen to one request or its answer. */
export type WireFault = 'lostRequest' | 'lostAnswer' | 'duplicate' | 'truncated' | 'unavailable';

/** A laptop of the test: a real encrypted book and the real engine over a wire that obeys. */
export interface Laptop {
  name: string;
  role: 'manager' | 'leader';
  accountId: string;
  readonly book: Book;
  readonly engine: Engine;
  /** Milliseconds its clock is off. */
  skew: number;
  /** Faults of the next requests, one each. */
  faults: WireFault[];
  /** Commits changes as a command would. @returns false when a rule forbids it */
  type(changes: Change[]): boolean;
  /** Cuts it off in the middle: what was not committed is gone, and it starts again from its file. */
  restart(): void;
  /** Keeps a copy of its file, as a backup does. */
  backUp(): void;
  /** Goes back to the copy and goes on as another client. @returns false when there is none */
  goBack(): boolean;
}

export interface World {
  bookId: string;
  laptops: Laptop[];
  server: InProcessServer;
  /** How often each fault really happened. */
  happened: Map<string, number>;
  close(): void;
}

let template: string | null = null;

/** A migrated, empty, encrypted database to copy: migrating anew for each laptop would be most of the time. */
const templateFile = (): string => {
  if (template) return template;
  const file = join(mkdtempSync(join(tmpdir(), 'visitbook-template-')), 'book.db');
  const db = openDatabase({ file, key: KEY });
  migrate(db);
  setMeta(db, 'bookId', uuid());
  // nothing to adopt in an empty book, and the test compares both sides itself
  setMeta(db, ADOPTED, schemaFingerprint());
  setMeta(db, CHECKED, String(Date.now()));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  template = file;
  return file;
};

class Crash extends Error {}

const newestChange = (book: Book): number =>
  read<{ seq: number | null }>(book.db, 'SELECT max(seq) AS seq FROM change').get()?.seq ?? 0;

interface ChangeRow {
  command_id: string;
  entity: Mutation['entity'];
  record_id: string;
  op: Mutation['op'];
  fields: string;
  before: string | null;
  base: string;
  stamp: string;
  schema_version: number;
  typed_at: string;
}

/** What the journal holds beyond a backup: everything this laptop typed since, each change as it was stamped. */
const journalSince = (book: Book, seq: number): JournalEntry[] =>
  read<ChangeRow>(
    book.db,
    `SELECT * FROM change WHERE author IS NULL AND record_id <> '' AND seq > ? ORDER BY seq`,
  )
    .all(seq)
    .map((row) => ({
      commandId: row.command_id,
      name: 'test',
      at: row.typed_at,
      actor: 'me',
      result: null,
      mutations: [
        {
          entity: row.entity,
          id: row.record_id,
          op: row.op,
          fields: JSON.parse(row.fields),
          before: row.before === null ? null : JSON.parse(row.before),
          base: JSON.parse(row.base),
          stamp: row.stamp,
          schemaVersion: row.schema_version,
        },
      ],
    }));

/** As the start of a restored book does: what fits is written again, what does not goes to the review list. */
const replay = (book: Book, entries: readonly JournalEntry[]): void => {
  const db = book.writable;
  for (const entry of entries) {
    for (const { stamp } of entry.mutations) book.clock.observe(stamp);
    db.exec('BEGIN IMMEDIATE');
    try {
      writeEntry(db, entry, commitHooks, 0);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      if ((error as Error).name !== 'AppError') throw error;
      db.prepare('INSERT INTO review (id, at, command, reason, content) VALUES (?,?,?,?,?)').run(
        entry.commandId,
        entry.at,
        entry.name,
        'not_found',
        JSON.stringify(entry),
      );
    }
  }
};

const openLaptopBook = (file: string, now: () => number): Book => {
  const db = openDatabase({ file, key: KEY });
  // the test itself takes the place of the disk: a crash here never loses what was committed
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  const clientId = metaOf(db, 'clientId') ?? newClientId();
  setMeta(db, 'clientId', clientId);
  const own = read<{ stamp: string }>(
    db,
    'SELECT stamp FROM change WHERE author IS NULL ORDER BY seq DESC LIMIT 1',
  ).get()?.stamp;
  const last = [own, metaOf(db, NEWEST_STAMP)]
    .filter((stamp) => stamp !== undefined)
    .sort()
    .at(-1);
  const clock = createClock(clientId, now, last);
  clock.adjust(Number(metaOf(db, 'sync.clockOffset') ?? 0));
  let next = 1;
  return createBook({
    db,
    clock,
    hooks: commitHooks,
    local: plainLocalStore(db),
    backups: {
      list: () => [],
      make: () => Promise.reject(new Error('no backups')),
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

const faultyTransport =
  (laptop: Laptop, server: InProcessServer, happened: Map<string, number>): Transport =>
  async (request) => {
    const fault = laptop.faults.shift();
    if (fault) happened.set(fault, (happened.get(fault) ?? 0) + 1);
    if (fault === 'lostRequest') throw new Error('lost on its way');
    if (fault === 'unavailable')
      return { status: 503, headers: {}, body: { error: { code: 'unavailable' } } };
    const answer = await server.transport(request);
    if (fault === 'lostAnswer') throw new Error('lost on the way back');
    if (fault === 'truncated')
      return {
        ...answer,
        body: JSON.parse(
          JSON.stringify(answer.body, (key, value) =>
            key === 'cursor' || key === 'lastN' ? undefined : value,
          ) ?? 'null',
        ),
      };
    if (fault === 'duplicate') return server.transport(request);
    return answer;
  };

/** n laptops and a server with a book of their own. */
export const openWorld = async (
  server: InProcessServer,
  people: readonly { name: string; role: 'manager' | 'leader' }[],
): Promise<World> => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-world-'));
  const happened = new Map<string, number>();
  const { bookId, accounts } = await server.newBook(people);
  const laptops: Laptop[] = [];
  for (const { name, role } of people) {
    const file = join(folder, `${name}.db`);
    copyFileSync(templateFile(), file);
    const account = accounts.get(name);
    if (!account) throw new Error(name);
    let book: Book;
    let engine: Engine;
    let backup: string | null = null;
    let backedUp = 0;
    const now = (): number => Date.now() + laptop.skew;
    const transport: Transport = (request, options) =>
      faultyTransport(laptop, server, happened)(request, options);
    const open = (): void => {
      book = openLaptopBook(file, now);
      engine = createSyncEngine({
        book,
        server: createServerClient(book.writable, () => transport, now),
        now: () => new Date(now()),
        today: () => new Date(now()).toISOString().slice(0, 10),
        appVersion: '0.0.0',
        attachments: noAttachments,
      });
    };
    const laptop: Laptop = {
      name,
      role,
      accountId: account.id,
      get book() {
        return book;
      },
      get engine() {
        return engine;
      },
      skew: 0,
      faults: [],
      type(changes) {
        const at = new Date(now()).toISOString();
        try {
          book.commit({ commandId: uuid(), name: 'test', changes, result: null, at, actor: 'me' });
          return true;
        } catch (error) {
          if ((error as Error).name !== 'AppError') throw error;
          return false;
        }
      },
      restart() {
        book.close();
        open();
      },
      backUp() {
        backup = `${file}.backup`;
        backedUp = newestChange(book);
        copyFileSync(file, backup);
      },
      goBack() {
        if (!backup) return false;
        const connection = connectionOf(book.db);
        const journal = journalSince(book, backedUp);
        book.close();
        copyFileSync(backup, file);
        open();
        const clientId = newClientId();
        setMeta(book.writable, 'clientId', clientId);
        book.clock.become(clientId);
        replay(book, journal);
        // its tokens are old: the user signs in again
        if (connection)
          setMeta(
            book.writable,
            'sync.connection',
            JSON.stringify({ ...connectionOf(book.db), refreshToken: connection.refreshToken }),
          );
        return true;
      },
    };
    open();
    await enrol(laptop.book.writable, () => (request) => server.transport(request), {
      url: 'http://127.0.0.1',
      username: account.username,
      password: TEST_PASSWORD,
      deviceName: name,
      clientId: laptop.book.clock.clientId,
    });
    laptops.push(laptop);
  }
  return {
    bookId,
    laptops,
    server,
    happened,
    close() {
      for (const { book } of laptops) book.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Runs a round that is cut off when it comes to a fail point for the n-th time, and starts the laptop again. */
export const crashAt = async (laptop: Laptop, point: FailPoint, times: number): Promise<boolean> => {
  let left = times;
  let crashed = false;
  armFailPoint(point, () => {
    left -= 1;
    if (left > 0) return;
    crashed = true;
    throw new Crash(point);
  });
  try {
    await laptop.engine.round();
  } finally {
    armFailPoint(point, null);
  }
  laptop.restart();
  return crashed;
};
