import { fork } from 'node:child_process';
import { join } from 'node:path';
import { openPglite } from '../../../server/store/pglite.ts';
import { startServer } from '../../support/server.ts';
import { median, report, say } from '../report.ts';
import { fillServer } from './fill-server.ts';
import { startLaptop } from './laptop.ts';

const CUSTOMERS = 1_000;
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

/** A first sync of 10,000 records beside PouchDB's replication of the same documents. */
export const measureBesidePouch = async (): Promise<void> => {
  await using server = await startServer({ db: await openPglite() });
  const book = await fillServer(server.db, CUSTOMERS);
  const ours = { complete: [] as number[], whole: [] as number[] };
  const theirs = BATCHES.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    say(`10,000 documents, PouchDB, ${run + 1} of ${RUNS}`);
    for (const [index, time] of (await replicate()).times.entries()) theirs[index]?.push(time);
    say(`10,000 records, ours, ${run + 1} of ${RUNS}`);
    const laptop = startLaptop();
    await laptop.ask({ do: 'enrol', url: server.url, username: book.username });
    const done = await laptop.ask({ do: 'round' });
    if (done.pulled < book.records) throw new Error(`${done.pulled} of ${book.records} records came`);
    ours.complete.push(done.complete);
    ours.whole.push(done.milliseconds);
    await laptop.end();
  }
  const rate = (times: readonly number[]): number => (book.records / median(times)) * 1_000;
  for (const [index, batch] of BATCHES.entries())
    for (const [what, times] of [
      ['all there', ours.complete],
      ['with facts and search index', ours.whole],
    ] as const)
      report({
        name: `first sync of ${book.records} records, ${what}`,
        value: rate(times),
        unit: 'documents/s',
        against: `PouchDB over HTTP, ${batch} a batch`,
        baseline: rate(theirs[index] ?? []),
        n: RUNS,
        aim: '≥ 10 x',
      });
};
