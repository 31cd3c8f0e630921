// npm run soak [-- --minutes N] [--seed N]: books that are killed until somebody stops it, or something is lost.
import { parseArgs } from 'node:util';
import { createLane } from './lane.ts';
import { buildChild } from './process.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const until = values.minutes ? Date.now() + Number(values.minutes) * 60_000 : Number.POSITIVE_INFINITY;
let seed = Number(values.seed ?? Date.now() % 1_000_000);
const child = await buildChild();
const KILLS_PER_BOOK = 100;
const totals = { books: 0, kills: 0, acknowledged: 0 };

try {
  while (Date.now() < until) {
    const lane = createLane(seed, child.file);
    while (lane.counts.kills < KILLS_PER_BOOK && Date.now() < until) await lane.round();
    await lane.remove();
    totals.books += 1;
    totals.kills += lane.counts.kills;
    totals.acknowledged += lane.counts.acknowledged;
    console.log(JSON.stringify({ seed, ...lane.counts, totals }));
    seed += 1;
  }
} finally {
  child.remove();
}
