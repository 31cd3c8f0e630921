import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import type { TestBook } from '../../support/book.ts';
import { startProxy, type Trouble } from '../../support/proxy.ts';
import { addBook, addUser, startServer, type TestServer } from '../../support/server.ts';
import { trustedCertificate } from './certificate.ts';
import { closeLaptop, connect, customerNames, openLaptop, settle, tryRound, typeCustomer } from './laptop.ts';

const ROUNDS = 18;
const tls = trustedCertificate();
/** Somewhere in a connection: most often near its beginning, where headers and small answers are. */
const place = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 12_000 }));
const trouble = (canFlip: boolean): fc.Arbitrary<Trouble> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ delayMs: fc.integer({ min: 1, max: 30 }) }) },
    { weight: 2, arbitrary: fc.record({ cutUpAfter: place }) },
    { weight: 2, arbitrary: fc.record({ cutDownAfter: place }) },
    { weight: 2, arbitrary: fc.record({ endDownAfter: place }) },
    // TLS refuses what is said twice, and without it nothing but luck sees a changed letter
    ...(canFlip
      ? [
          { weight: 2, arbitrary: fc.record({ flipUpAt: place }) },
          { weight: 2, arbitrary: fc.record({ flipDownAt: place }) },
        ]
      : [{ weight: 3, arbitrary: fc.record({ twice: fc.constant(true) }) }]),
  );

let db: Database;
let server: TestServer;
let laptops: TestBook[] = [];
const begin = async (secure: boolean): Promise<string> => {
  db = await openPglite();
  server = await startServer({ db, config: secure ? { tls } : {} });
  const bookId = await addBook(db);
  for (const username of ['ann', 'bob']) await addUser(db, { username, bookId });
  await addUser(db, { username: 'lead', bookId, role: 'leader' });
  return bookId;
};
afterEach(async () => {
  for (const laptop of laptops) await closeLaptop(laptop);
  laptops = [];
  await server.stop();
});

describe.each([
  ['HTTP that is delayed, cut, ended early and said twice', false],
  ['HTTPS that is delayed, cut, ended early and changed', true],
])('over %s', (_, secure) => {
  test.skipIf(secure && !tls)(
    'everything typed arrives once, and all agree',
    async () => {
      const bookId = await begin(secure);
      await using proxy = await startProxy(server.url);
      const names = ['ann', 'bob', 'lead'];
      laptops = names.map(() => openLaptop());
      for (const [index, laptop] of laptops.entries())
        await connect(laptop, proxy.url, names[index] as string);
      const seed = Date.now() % 1_000_000;
      const troubles = fc.sample(trouble(secure), { numRuns: 2_000, seed });
      let connection = 0;
      proxy.trouble = () => troubles[connection++ % troubles.length] ?? {};
      proxy.cut();

      const typed: string[] = [];
      const endings = new Map<string, number>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const laptop = laptops[round % 2] as TestBook;
        for (let n = 0; n <= round % 3; n += 1) {
          typed.push(`${names[round % 2]} ${round} ${n} ${'字'.repeat(1 + ((round * 53) % 90))}`);
          await typeCustomer(laptop, typed.at(-1) as string);
        }
        for (const one of laptops) {
          // a connection that is kept meets its trouble once: each round has its own
          proxy.cut();
          await setTimeout(5);
          const ending = await tryRound(one);
          endings.set(ending, (endings.get(ending) ?? 0) + 1);
        }
      }
      const met = [...proxy.happened].map(([what, times]) => `${what} ${times}`).join(', ');
      console.log(
        `seed ${seed}: ${connection} connections, ${met}; rounds: ${JSON.stringify(Object.fromEntries(endings))}`,
      );

      proxy.trouble = null;
      proxy.cut();
      for (const laptop of [...laptops, ...laptops]) await settle(laptop);
      const [ann, bob, lead] = laptops as [TestBook, TestBook, TestBook];
      expect(customerNames(lead), `seed ${seed}`).toEqual(typed.toSorted());
      for (const [laptop, name] of [
        [ann, 'ann'],
        [bob, 'bob'],
      ] as const)
        expect(customerNames(laptop)).toEqual(typed.filter((one) => one.startsWith(name)).toSorted());
      for (const laptop of laptops)
        expect(await laptop.call('sync.state', {})).toMatchObject({
          refused: 0,
          conflicts: 0,
          problem: null,
        });
      const doubles = await db.query(
        'SELECT client_id, n FROM change_log WHERE book_id = $1 GROUP BY client_id, n HAVING count(*) > 1',
        [bookId],
      );
      expect(doubles).toEqual([]);
      const times = (...all: (keyof Trouble)[]): number =>
        all.reduce((sum, what) => sum + (proxy.happened.get(what) ?? 0), 0);
      expect(times('cutUpAfter', 'cutDownAfter', 'endDownAfter'), met).toBeGreaterThan(0);
      expect(secure ? times('flipUpAt', 'flipDownAt') : times('twice'), met).toBeGreaterThan(0);
      expect(endings.get('done') ?? 0).toBeGreaterThan(0);
      expect(endings.get('offline') ?? 0).toBeGreaterThan(0);
    },
    240_000,
  );
});
