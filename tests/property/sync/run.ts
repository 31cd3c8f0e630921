import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../server/store/database.ts';
import { type InProcessServer, openInProcessServer } from '../../support/sync-server.ts';
import { play } from './history.ts';
import { type Step, steps } from './steps.ts';

/** Hours of a soak: as many histories as fit. */
const SOAK_HOURS = Number(process.env.VISITBOOK_SOAK_HOURS ?? 0);
/** Histories of one file; two files run side by side. */
const RUNS = SOAK_HOURS > 0 ? 1_000_000_000 : Number(process.env.VISITBOOK_HISTORIES ?? 1_000);
const LONGEST = 22;
const MINUTES = SOAK_HOURS > 0 ? SOAK_HOURS * 60 : 14;
const SAVED = resolve(import.meta.dirname, 'regressions');

/** Histories that once failed, played first. */
const saved = (): { name: string; steps: Step[] }[] =>
  readdirSync(SAVED)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, steps: JSON.parse(readFileSync(resolve(SAVED, name), 'utf8')) as Step[] }));

/** Steps and faults every run of a thousand histories meets; one that never happens is not tested. */
const EXPECTED = [
  ...[
    'create',
    'edit',
    'createNote',
    'editNote',
    'remove',
    'restore',
    'move',
    'task',
    'round',
    'faultyRound',
    'crash',
  ],
  ...['restart', 'skew', 'reassign', 'deputy', 'unassign', 'newerPeer', 'backUp', 'goBack', 'serverBackUp'],
  ...['serverGoesBack', 'lostRequest', 'lostAnswer', 'duplicate', 'truncated', 'unavailable'],
];

/** Plays histories of edits, faults and crashes against a real server until one breaks a guarantee. */
export const histories = (
  half: string,
  {
    runs = RUNS,
    openDatabase,
    seed: own,
  }: { runs?: number; openDatabase?: () => Promise<Database>; seed: number },
): void => {
  // A change is checked by the same histories as the one before it; new ones are met by `npm run soak` and by choice.
  const seed = SOAK_HOURS > 0 ? undefined : Number(process.env.VISITBOOK_SEED ?? own);
  describe(`histories, ${half}`, () => {
    let server: InProcessServer;
    const tally = new Map<string, number>();
    beforeAll(async () => {
      server = await openInProcessServer(await openDatabase?.());
    }, 60_000);
    afterAll(async () => {
      console.log(
        `${half}, seed ${seed ?? 'by chance'}: ${runs} histories: ${[...tally].map(([what, times]) => `${what} ${times}`).join(', ')}`,
      );
      await server.close();
    });

    test.each(saved())('that failed once: $name', async ({ steps: history }) => {
      await play(server, history, tally, []);
    });

    test(
      `${runs} of them keep every guarantee`,
      async () => {
        let failing: Step[] | null = null;
        const property = fc.asyncProperty(
          fc.array(steps, { minLength: 4, maxLength: LONGEST, size: 'max' }),
          async (history) => {
            try {
              await play(server, history, tally);
            } catch (error) {
              failing = history;
              throw error;
            }
          },
        );
        try {
          await fc.assert(property, {
            numRuns: runs,
            ...(seed !== undefined && { seed }),
            interruptAfterTimeLimit: MINUTES * 60_000,
            markInterruptAsFailure: SOAK_HOURS === 0,
          });
        } catch (error) {
          mkdirSync('out/test', { recursive: true });
          const file = `out/test/history-${Date.now()}.json`;
          writeFileSync(file, JSON.stringify(failing, null, 1));
          console.error(`the failing history lies in ${file}; keep it in tests/property/sync/regressions`);
          throw error;
        }
        if (runs >= 500) expect(EXPECTED.filter((what) => !tally.get(what))).toEqual([]);
      },
      (MINUTES + 2) * 60_000,
    );
  });
};
