import { expect } from 'vitest';
import type { InProcessServer } from '../../support/sync-server.ts';
import { openWorld } from '../../support/sync-world.ts';
import { expectAgreement, positionOf } from './agree.ts';
import { createLedger } from './ledger.ts';
import { perform, type Scene, type Step } from './steps.ts';

const PEOPLE = [
  { name: 'ann', role: 'manager' },
  { name: 'bob', role: 'manager' },
  { name: 'lea', role: 'leader' },
] as const;

/** What there is when a history begins, so that even a short one has something to dispute. */
const PRELUDE: readonly Step[] = [
  { kind: 'create', who: 0 },
  { kind: 'create', who: 1 },
  { kind: 'createNote', who: 0, pick: 0 },
  { kind: 'round', who: 0 },
  { kind: 'round', who: 1 },
  { kind: 'round', who: 2 },
  { kind: 'backUp', who: 0 },
  { kind: 'serverBackUp' },
];

/** Steps during which a cursor may stand elsewhere afterwards: another file or another epoch. */
const MOVES_CURSORS = ['goBack', 'serverGoesBack'];

/** Plays a history and holds the invariants of docs/spec/sync.md. Counts what really happened into `tally`. */
export const play = async (
  server: InProcessServer,
  steps: readonly Step[],
  tally: Map<string, number>,
  prelude: readonly Step[] = PRELUDE,
): Promise<void> => {
  const world = await openWorld(server, PEOPLE);
  const scene: Scene = { world, ledger: createLedger(), saved: null, ran: tally };
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
  try {
    for (const step of [...prelude, ...steps]) {
      const before = world.laptops.map(positionOf);
      if (await perform(scene, step)) count(step.kind);
      if (MOVES_CURSORS.includes(step.kind)) continue;
      world.laptops.forEach((laptop, index) => {
        const was = before[index];
        const is = positionOf(laptop);
        if (!was || !is || was[0] !== is[0]) return;
        expect(
          is[1] > was[1] || (is[1] === was[1] && is[2] >= was[2]),
          `${laptop.name}: the cursor went back`,
        ).toBe(true);
      });
    }
    for (const laptop of world.laptops) laptop.skew = 0;
    // whoever pushes last is seen by the others in one more turn
    for (let moved = true, turn = 0; moved && turn < 4; turn += 1) {
      moved = false;
      for (const laptop of world.laptops) {
        const result = await laptop.engine.round();
        if (!result.ok)
          throw new Error(`${laptop.name} does not come to rest: ${String((result.error as Error)?.stack)}`);
        const { pushed, refused, pulled, purged } = result.report;
        moved ||= pushed + refused + pulled + purged > 0;
      }
    }
    for (const laptop of world.laptops) await expectAgreement(world, laptop);
    expect(await scene.ledger.lost(world), 'typed and nowhere any more').toEqual([]);
    for (const [fault, times] of world.happened) tally.set(fault, (tally.get(fault) ?? 0) + times);
  } finally {
    world.close();
  }
};
