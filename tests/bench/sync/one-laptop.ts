import { createServerClock } from '../../../server/store/clock.ts';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { loadRecords, saveRecords } from '../../../server/store/save.ts';
import { allocateSeq } from '../../../server/store/seq.ts';
import { startPostgres } from '../../support/postgres.ts';
import { startServerProcess } from '../../support/server.ts';
import { argument, median, report, say } from '../report.ts';
import { type FilledBook, fillServer } from './fill-server.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { CHILDREN } from './made-records.ts';
import { costOf } from './process-cost.ts';
import { type CountingWire, openWire } from './wire.ts';

/** How often the longest part is repeated. */
const FIRST_SYNCS = argument('runs', 3);
const ROUNDS = 5;
const CHANGES = 1_000;

const rate = (rows: number, milliseconds: number): number => (rows / milliseconds) * 1_000;

/** A colleague's changes: the words of a thousand contacts, written where the server keeps them. */
const changeOnServer = (db: Database, { bookId }: FilledBook, turn: number): Promise<void> =>
  db.transaction(async (sql) => {
    const names = await sql.query<{ entity: string; id: string }>(
      `SELECT entity, id FROM record WHERE book_id = $1 AND entity = 'interaction' ORDER BY id OFFSET $2 LIMIT $3`,
      [bookId, turn * CHANGES, CHANGES],
    );
    const records = await loadRecords(sql, bookId, names);
    const stamp = createServerClock().next();
    let seq = await allocateSeq(sql, bookId, records.length);
    for (const record of records) {
      record.data = { ...record.data, summary: `改了主意,先放活期 ${turn}` };
      record.stamps = { ...record.stamps, summary: stamp };
      record.seq = seq++;
    }
    await saveRecords(sql, bookId, records);
  });

interface FirstSync {
  laptop: Laptop;
  raw: number;
}

/** The baseline, in a process of its own. Answers rows per second. */
const rawRate = async ({ customers, accountId }: FilledBook): Promise<number> => {
  say('raw insert');
  const process = startLaptop();
  const { milliseconds } = await process.ask({ do: 'raw', customers, ownerId: accountId });
  await process.end();
  return milliseconds;
};

const firstSyncs = async (url: string, wire: CountingWire, book: FilledBook): Promise<FirstSync> => {
  const runs = { raw: [] as number[], rows: [] as number[], all: [] as number[], usable: [] as number[] };
  let laptop: Laptop | undefined;
  let memory = 0;
  for (let run = 0; run < FIRST_SYNCS; run++) {
    await laptop?.end();
    runs.raw.push(await rawRate(book));
    say(`first sync ${run + 1} of ${FIRST_SYNCS}`);
    laptop = startLaptop();
    await laptop.ask({ do: 'enrol', url: run === 0 ? wire.url : url, username: book.username });
    const done = await laptop.ask({ do: 'round' });
    if (done.pulled < book.records) throw new Error(`${done.pulled} of ${book.records} records came`);
    runs.rows.push(rate(book.records, done.complete));
    runs.all.push(rate(book.records, done.milliseconds));
    runs.usable.push(done.usable);
    // once before and once after: what else the machine does must not fall on one side alone
    runs.raw.push(await rawRate(book));
    memory = done.memoryMB;
    if (run === 0)
      report({
        name: 'first sync, bytes on the wire per record',
        value: wire.take().down / book.records,
        unit: 'bytes',
        n: book.records,
      });
  }
  const raw = runs.raw.reduce((sum, one) => sum + one, 0) / runs.raw.length;
  const beside = { unit: 'rows/s', against: 'raw encrypted insert', baseline: raw, n: FIRST_SYNCS };
  report({
    name: `first sync of ${book.records} records, all there`,
    value: median(runs.rows),
    ...beside,
    aim: '≥ 0.5 x',
  });
  report({
    name: `first sync of ${book.records} records, with facts and search index`,
    value: median(runs.all),
    ...beside,
  });
  report({
    name: 'first sync, first 1,000 records usable',
    value: median(runs.usable),
    unit: 'ms',
    n: FIRST_SYNCS,
  });
  report({ name: 'memory of the laptop process at most, first sync', value: memory, unit: 'MB', n: 1 });
  if (!laptop) throw new Error('no laptop');
  return { laptop, raw };
};

const perChange = (what: string, packed: number, plain: number, n: number): void =>
  report({
    name: `bytes on the wire per change, ${what}`,
    value: packed / n,
    unit: 'bytes',
    against: 'plain JSON',
    baseline: plain / n,
    n,
  });

/** Delta and push of a thousand changes each, and what one change costs on the wire. */
const measureRounds = async (
  db: Database,
  book: FilledBook,
  wire: CountingWire,
  { laptop, raw }: FirstSync,
): Promise<void> => {
  await laptop.ask({ do: 'enrol', url: wire.url, username: book.username });
  await laptop.ask({ do: 'round' });
  const times = { delta: [] as number[], push: [] as number[], empty: [] as number[] };
  for (let turn = 0; turn < ROUNDS; turn++) {
    await changeOnServer(db, book, turn);
    const delta = await laptop.ask({ do: 'round' });
    if (delta.pulled !== CHANGES) throw new Error(`${delta.pulled} records came`);
    times.delta.push(delta.milliseconds);
    await laptop.ask({ do: 'type', count: CHANGES });
    const push = await laptop.ask({ do: 'round' });
    if (push.pushed !== CHANGES) throw new Error(`${push.pushed} went, ${push.refused} refused`);
    times.push.push(push.milliseconds);
    times.empty.push((await laptop.ask({ do: 'round' })).milliseconds);
  }
  const beside = { unit: 'rows/s', against: 'raw encrypted insert', baseline: raw, n: ROUNDS };
  report({
    name: 'round that pulls 1,000 changed records',
    value: rate(CHANGES, median(times.delta)),
    ...beside,
  });
  report({
    name: 'round that pushes 1,000 mutations and pulls them back',
    value: rate(CHANGES, median(times.push)),
    ...beside,
  });
  report({ name: 'round without changes', value: median(times.empty), unit: 'ms', n: ROUNDS });

  wire.take();
  const empty = await laptop.ask({ do: 'round', measurePlain: true });
  const idle = wire.take();
  report({ name: 'bytes of a round without changes', value: idle.up + idle.down, unit: 'bytes', n: 1 });
  const rest = { up: empty.plain?.up ?? 0, down: empty.plain?.down ?? 0 };
  const measured = async (what: string, n: number, way: 'push' | 'pull'): Promise<void> => {
    const { plain } = await laptop.ask({ do: 'round', measurePlain: true });
    const bytes = wire.take();
    if (way === 'push') perChange(`push, ${what}`, bytes.up - idle.up, (plain?.up ?? 0) - rest.up, n);
    else perChange(`pull, ${what}`, bytes.down - idle.down, (plain?.down ?? 0) - rest.down, n);
  };
  await changeOnServer(db, book, ROUNDS);
  await measured('1,000 together', CHANGES, 'pull');
  await laptop.ask({ do: 'type', count: CHANGES });
  await measured('1,000 together', CHANGES, 'push');
  await laptop.ask({ do: 'type', count: 1 });
  await measured('a single one', 1, 'push');
};

/** First sync, delta and push of one laptop against a server process on PostgreSQL. */
export const measureOneLaptop = async (customers: number): Promise<void> => {
  await using postgres = await startPostgres({
    durable: true,
    settings: { shared_buffers: '512MB', max_wal_size: '4GB' },
  });
  const db = openPostgres(postgres.url);
  await migrate(db);
  say(`fill the server with ${customers} customers and ${customers * CHILDREN} more records`);
  const book = await fillServer(db, customers);
  const server = await startServerProcess({ databaseUrl: postgres.url });
  const wire = await openWire(server.url);
  try {
    const first = await firstSyncs(server.url, wire, book);
    const cost = costOf(server.child.pid);
    if (cost)
      report({ name: 'memory of the server at most, first syncs', value: cost.peakMB, unit: 'MB', n: 1 });
    await measureRounds(db, book, wire, first);
    await first.laptop.end();
  } finally {
    wire.close();
    await server.stop();
    await db.close();
  }
};
