import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Database } from '../../../server/store/database.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { startPostgres } from '../../support/postgres.ts';
import { startServer } from '../../support/server.ts';
import { median, report, say } from '../report.ts';
import { fillServer } from './fill-server.ts';
import { startLaptop } from './laptop.ts';

const CUSTOMERS = 1_000;
const RECORDS = 10_000;
const RUNS = 3;
/** What PouchDB does by itself, and what suits it better here. */
const BATCHES = [100, 1_000];

interface Replicated {
  count: number;
  times: number[];
}

const replicate = (): Promise<Replicated> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'pouch-process.ts'), [CUSTOMERS, ...BATCHES].map(String));
    child.once('message', (done) => resolve(done as Replicated));
    child.once('exit', (code) => reject(new Error(`the PouchDB process ended with ${code}`)));
  });

/** Our server over a database, and the times of its first syncs. */
const openOurs = async (name: string, db: Database) => {
  const server = await startServer({ db });
  const book = await fillServer(db, CUSTOMERS);
  const complete: number[] = [];
  const whole: number[] = [];
  return {
    name,
    complete,
    whole,
    stop: server.stop,
    async firstSync(): Promise<void> {
      const laptop = startLaptop();
      await laptop.ask({ do: 'enrol', url: server.url, username: book.username });
      const done = await laptop.ask({ do: 'round' });
      if (done.pulled < RECORDS) throw new Error(`${done.pulled} of ${RECORDS} records came`);
      complete.push(done.complete);
      whole.push(done.milliseconds);
      await laptop.end();
    },
  };
};

/** A first sync of 10,000 records beside PouchDB's replication of the same documents. */
export const measureBesidePouch = async (): Promise<void> => {
  await using postgres = await startPostgres({ durable: true });
  const ours = [
    await openOurs('PGlite in memory', await openPglite()),
    await openOurs('PostgreSQL', openPostgres(postgres.url)),
  ];
  const theirs = BATCHES.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    say(`10,000 documents, PouchDB, ${run + 1} of ${RUNS}`);
    for (const [index, time] of (await replicate()).times.entries()) theirs[index]?.push(time);
    for (const our of ours) {
      say(`10,000 records, ours on ${our.name}, ${run + 1} of ${RUNS}`);
      await our.firstSync();
    }
  }
  for (const { stop } of ours) await stop();
  const rate = (times: readonly number[]): number => (RECORDS / median(times)) * 1_000;
  for (const { name, complete, whole } of ours)
    for (const [index, batch] of BATCHES.entries())
      for (const [what, times] of [
        ['all there', complete],
        ['with facts and search index', whole],
      ] as const)
        report({
          name: `first sync of ${RECORDS} records from a server on ${name}, ${what}`,
          value: rate(times),
          unit: 'documents/s',
          against: `PouchDB over HTTP, ${batch} a batch`,
          baseline: rate(theirs[index] ?? []),
          n: RUNS,
          aim: '≥ 10 x',
        });
};
