import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstToken, rotate } from '../../../server/auth/refresh.ts';
import { hashToken } from '../../../server/auth/secrets.ts';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import { addUser } from '../../support/server.ts';

let db: Database;
let accountId: string;
beforeAll(async () => {
  db = await openPglite();
  await migrate(db);
  accountId = await addUser(db, { username: 'ann', role: 'administrator' });
});
afterAll(() => db.close());

const START = Date.parse('2026-01-01T00:00:00Z');
const DAYS = 90;

/** A device just enrolled, and what can be done with its tokens. */
const enrolled = async () => {
  const deviceId = uuid();
  await db.query(`INSERT INTO device (id, account_id, name, platform) VALUES ($1, $2, 'laptop', 'linux')`, [
    deviceId,
    accountId,
  ]);
  return {
    first: await firstToken(db, deviceId, START, DAYS),
    refresh: async (refreshToken: string, now: number) =>
      (await rotate(db, { deviceId, refreshToken }, { now, days: DAYS })).refreshToken,
    /** What authentication does at the first call with an access token. */
    work: (refreshToken: string, now: number) =>
      db.query('UPDATE refresh_token SET used_at = coalesce(used_at, $2) WHERE token_hash = $1', [
        hashToken(refreshToken),
        new Date(now).toISOString(),
      ]),
    isEnded: async () => {
      const rows = await db.query('SELECT 1 FROM refresh_token WHERE device_id = $1 AND ended_at IS NULL', [
        deviceId,
      ]);
      return rows.length === 0;
    },
  };
};

const step = fc.record({
  what: fc.constantFrom('refresh', 'lose the answer', 'send it twice', 'send it again later', 'work'),
  /** Often a moment, else up to three days: all of them together are less than a token lasts. */
  wait: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 3 * 86_400_000 })),
});

it('never signs a laptop out, whatever answers it loses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const device = await enrolled();
      let held = device.first;
      let now = START;
      for (const { what, wait } of steps) {
        now += wait;
        if (what === 'work') await device.work(held, now);
        else if (what === 'lose the answer') await device.refresh(held, now);
        else if (what === 'refresh') held = await device.refresh(held, now);
        else if (what === 'send it twice') {
          const both = await Promise.all([device.refresh(held, now), device.refresh(held, now)]);
          expect(both[0]).toBe(both[1]);
          held = both[0];
        } else {
          // the network delivers the same request once more, after the laptop has gone on
          const old = held;
          held = await device.refresh(old, now);
          await device.work(held, now);
          now += Math.min(wait, 50_000);
          expect(await device.refresh(old, now)).toBe(held);
        }
      }
      expect(await device.isEnded()).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('ends a token that was copied once laptop and thief have both worked with it, more than a minute apart', async () => {
  const minutes = (most: number) => fc.integer({ min: 61_000, max: most * 60_000 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 6 }),
      fc.array(fc.record({ thief: fc.boolean(), wait: minutes(60) }), { minLength: 2, maxLength: 20 }),
      async (before, turns) => {
        fc.pre(turns.some(({ thief }) => thief) && turns.some(({ thief }) => !thief));
        const device = await enrolled();
        let now = START;
        let token = device.first;
        for (const works of before) {
          now += 600_000;
          token = await device.refresh(token, now);
          if (works) await device.work(token, now);
        }
        const held = { thief: token, laptop: token };
        let refused = false;
        for (const { thief, wait } of turns) {
          now += wait;
          const who = thief ? 'thief' : 'laptop';
          try {
            held[who] = await device.refresh(held[who], now);
            await device.work(held[who], now);
          } catch (error) {
            expect(error).toMatchObject({ code: 'token_replayed' });
            refused = true;
          }
        }
        expect(refused).toBe(true);
        expect(await device.isEnded()).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});
