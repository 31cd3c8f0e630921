import { v7 as uuid } from 'uuid';
import { createClock } from '#shared/sync/clock.ts';
import {
  PROTOCOL,
  type PushAnswer,
  SCHEMA,
  type SnapshotAnswer,
  type WireMutation,
} from '#shared/sync/protocol.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPostgres } from '../../../server/store/postgres.ts';
import { startPostgres } from '../../support/postgres.ts';
import { addBook, addUser, ask, signIn, startServerProcess } from '../../support/server.ts';
import { median, report, say } from '../report.ts';
import { TODAY } from './made-records.ts';
import { costOf } from './process-cost.ts';
import { openRival } from './rivals.ts';

const LAPTOPS = 50;
const BOOKS = 5;
/** Mutations of one push, as the laptop sends them after a short wait. */
const MUTATIONS = 3;
const RUNS = 3;
const SECONDS = 8;
const EMPTY_ROUNDS = 300;

interface Simulated {
  /** Pushes a few new contacts. */
  push(): Promise<void>;
  /** Pulls the last of them once more. */
  pull(): Promise<void>;
  /** Handshake and a pull of nothing. */
  emptyRound(): Promise<void>;
}

/** A laptop that only talks: tokens, numbers and cursor of a real one, without a database. */
const simulate = async (url: string, username: string): Promise<Simulated> => {
  const { accessToken: token, clientId } = await signIn(url, username);
  const clock = createClock(clientId);
  let n = 0;
  const expectOk = async <Body>(route: string, body?: unknown): Promise<Body> => {
    const answer = await ask<Body>(url, route, { token, ...(body !== undefined && { body }) });
    if (answer.status !== 200) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const greet = () =>
    expectOk('/v1/sync/handshake', {
      protocol: PROTOCOL.max,
      schema: SCHEMA,
      clientId,
      appVersion: '0.0.0',
      waiting: 0,
    });
  const create = (entity: string, id: string, fields: Record<string, unknown>): WireMutation => ({
    n: ++n,
    entity,
    id,
    op: 'create',
    fields,
    before: null,
    base: {},
    stamp: clock.next(),
    typedAt: new Date().toISOString(),
    schemaVersion: 1,
  });
  const send = async (mutations: WireMutation[]): Promise<number> => {
    const answer = await expectOk<PushAnswer>('/v1/sync/push', {
      clientId,
      schema: SCHEMA,
      stored: n - mutations.length,
      mutations,
    });
    const refused = answer.results.find(({ status }) => status !== 'applied');
    if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
    return answer.head;
  };
  const pullFrom = (cursor: string) =>
    expectOk<{ records: unknown[] }>(
      `/v1/sync/pull?clientId=${clientId}&schema=${SCHEMA}&since=${encodeURIComponent(cursor)}`,
    );
  await greet();
  const customerId = uuid();
  const createdAt = new Date().toISOString();
  const head = await send([create('customer', customerId, { kind: 'person', name: '王芳', createdAt })]);
  const begun = await expectOk<SnapshotAnswer>(
    `/v1/sync/snapshot?clientId=${clientId}&schema=${SCHEMA}&today=${TODAY}`,
  );
  const { cursor } = begun;
  const [epoch, scope] = cursor.split('.');
  /** Just before the customer this laptop made: a pull from here brings it and nothing of others. */
  const before = `${epoch}.${scope}.${head - 1}.${Number.MAX_SAFE_INTEGER}`;
  return {
    async push() {
      const at = new Date().toISOString();
      const contact = (): WireMutation =>
        create('interaction', uuid(), {
          customerId,
          kind: 'call',
          at,
          zone: 'Asia/Shanghai',
          purpose: 'care',
          outcome: 'reached',
          summary: '聊了近况,问了定期到期后的打算',
          createdAt: at,
        });
      await send(Array.from({ length: MUTATIONS }, contact));
    },
    async pull() {
      await pullFrom(before);
    },
    async emptyRound() {
      await greet();
      await pullFrom(cursor);
    },
  };
};

/** How often a second all laptops together do something, each as soon as it has been answered. */
const perSecond = async (
  laptops: readonly Simulated[],
  work: (laptop: Simulated) => Promise<void>,
): Promise<number> => {
  const begun = performance.now();
  const until = begun + SECONDS * 1_000;
  let done = 0;
  await Promise.all(
    laptops.map(async (laptop) => {
      for (; performance.now() < until; done += 1) await work(laptop);
    }),
  );
  return (done / (performance.now() - begun)) * 1_000;
};

/** Fifty laptops at once against one server process on PostgreSQL, beside what that PostgreSQL does without us. */
export const measureManyLaptops = async (): Promise<void> => {
  await using postgres = await startPostgres({ durable: true, settings: { shared_buffers: '256MB' } });
  const rival = await openRival(postgres.bin, await postgres.createDatabase());
  const db = openPostgres(postgres.url);
  await migrate(db);
  const server = await startServerProcess({ databaseUrl: postgres.url });
  try {
    const books = await Promise.all(Array.from({ length: BOOKS }, () => addBook(db)));
    const laptops: Simulated[] = [];
    for (let n = 0; n < LAPTOPS; n++) {
      const username = `manager-${n}`;
      await addUser(db, { username, bookId: books[n % BOOKS] as string });
      laptops.push(await simulate(server.url, username));
    }
    const rates = { pulls: [] as number[], pushes: [] as number[], rival: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      say(`${LAPTOPS} laptops, ${run + 1} of ${RUNS}`);
      rates.rival.push(await rival.perSecond(LAPTOPS, SECONDS));
      if (run === 0) rates.pulls.push(await perSecond(laptops, (laptop) => laptop.pull()));
      rates.pushes.push(await perSecond(laptops, (laptop) => laptop.push()));
    }
    const beside = { against: `${rival.name}, ${LAPTOPS} clients`, baseline: median(rates.rival) };
    report({
      name: `pushes of ${MUTATIONS} mutations, ${LAPTOPS} laptops in ${BOOKS} books`,
      value: median(rates.pushes),
      unit: 'transactions/s',
      ...beside,
      n: RUNS,
    });
    report({
      name: `pulls of one changed record, ${LAPTOPS} laptops`,
      value: median(rates.pulls),
      unit: 'requests/s',
      n: rates.pulls.length,
    });
    const before = costOf(server.child.pid);
    for (let round = 0; round < EMPTY_ROUNDS; round++) await laptops[round % LAPTOPS]?.emptyRound();
    const after = costOf(server.child.pid);
    if (!before || !after) return;
    report({
      name: 'processor time of the server per round without changes',
      value: ((after.cpuSeconds - before.cpuSeconds) / EMPTY_ROUNDS) * 1_000,
      unit: 'ms',
      n: EMPTY_ROUNDS,
    });
    report({
      name: `memory of the server at most, ${LAPTOPS} laptops`,
      value: after.peakMB,
      unit: 'MB',
      n: 1,
    });
  } finally {
    await server.stop();
    await db.close();
  }
};
