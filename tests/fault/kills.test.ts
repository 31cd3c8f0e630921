import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLane } from './lane.ts';
import { buildChild } from './process.ts';

const LANES = 2;
const KILLS_PER_LANE = 100;
const FIRST_SEED = Number(process.env.VISITBOOK_FAULT_SEED ?? Date.now() % 1_000_000);

let child: Awaited<ReturnType<typeof buildChild>>;
beforeAll(async () => {
  child = await buildChild();
});
afterAll(() => child.remove());

test.concurrent.each(Array.from({ length: LANES }, (_, lane) => FIRST_SEED + lane))(
  'a book killed again and again holds everything it acknowledged (seed %i)',
  async (seed) => {
    const lane = createLane(seed, child.file);
    while (lane.counts.kills < KILLS_PER_LANE) await lane.round();
    await lane.remove();
    console.log(JSON.stringify({ seed, ...lane.counts, reached: [...lane.reached].sort() }));
    expect(lane.counts.kills).toBeGreaterThanOrEqual(KILLS_PER_LANE);
    expect(lane.counts.atPoints).toBeGreaterThan(KILLS_PER_LANE / 5);
    expect(lane.counts.acknowledged).toBeGreaterThan(KILLS_PER_LANE);
  },
  600_000,
);
