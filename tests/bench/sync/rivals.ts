import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const SCALE = 10;

/** What this PostgreSQL does by itself: transactions of TPC-B kind a second. */
export interface Rival {
  name: string;
  perSecond(clients: number, seconds: number): Promise<number>;
}

const programRival = async (program: string, url: string): Promise<Rival> => {
  await run(program, ['-i', '-q', '-s', String(SCALE), url]);
  return {
    name: 'pgbench',
    async perSecond(clients, seconds) {
      const { stdout } = await run(program, ['-c', `${clients}`, '-j', '2', '-T', `${seconds}`, '-n', url]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    },
  };
};

const SCHEMA = `
CREATE TABLE branches (bid int PRIMARY KEY, bbalance int NOT NULL);
CREATE TABLE tellers (tid int PRIMARY KEY, bid int NOT NULL, tbalance int NOT NULL);
CREATE TABLE accounts (aid int PRIMARY KEY, bid int NOT NULL, abalance int NOT NULL, filler char(84));
CREATE TABLE history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
INSERT INTO branches SELECT n, 0 FROM generate_series(1, ${SCALE}) n;
INSERT INTO tellers SELECT n, 1 + n % ${SCALE}, 0 FROM generate_series(1, ${SCALE * 10}) n;
INSERT INTO accounts SELECT n, 1 + n % ${SCALE}, 0, '' FROM generate_series(1, ${SCALE * 100_000}) n;
ANALYZE`;

const below = (limit: number): number => 1 + Math.floor(Math.random() * limit);

/** The same transactions through our own driver, where there is no pgbench. */
const ownRival = async (url: string): Promise<Rival> => {
  const setup = new pg.Client({ connectionString: url });
  await setup.connect();
  await setup.query(SCHEMA);
  await setup.end();
  const transaction = async (client: pg.Client): Promise<void> => {
    const [aid, tid, bid, delta] = [
      below(SCALE * 100_000),
      below(SCALE * 10),
      below(SCALE),
      below(10_000) - 5_000,
    ];
    await client.query('BEGIN');
    await client.query('UPDATE accounts SET abalance = abalance + $1 WHERE aid = $2', [delta, aid]);
    await client.query('SELECT abalance FROM accounts WHERE aid = $1', [aid]);
    await client.query('UPDATE tellers SET tbalance = tbalance + $1 WHERE tid = $2', [delta, tid]);
    await client.query('UPDATE branches SET bbalance = bbalance + $1 WHERE bid = $2', [delta, bid]);
    await client.query('INSERT INTO history VALUES ($1, $2, $3, $4, now())', [tid, bid, aid, delta]);
    await client.query('COMMIT');
  };
  return {
    name: 'TPC-B transactions through pg',
    async perSecond(clients, seconds) {
      const until = performance.now() + seconds * 1_000;
      const counts = await Promise.all(
        Array.from({ length: clients }, async () => {
          const client = new pg.Client({ connectionString: url });
          await client.connect();
          let done = 0;
          for (; performance.now() < until; done += 1) await transaction(client);
          await client.end();
          return done;
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0) / seconds;
    },
  };
};

/** pgbench where this PostgreSQL has it, otherwise the same transactions through our driver. `url` is an empty database. */
export const openRival = (bin: string, url: string): Promise<Rival> => {
  const program = join(bin, 'pgbench');
  return existsSync(program) ? programRival(program, url) : ownRival(url);
};
