import type { Promise_ } from '../domain/entities/index.ts';
import { needsApproval } from '../domain/rules/promise.ts';
import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import { type DemoContext, filled } from './context.ts';
import type { DemoCustomer } from './profile.ts';
import { type DemoTalk, slotsFor } from './talk.ts';

interface Standing {
  status: Promise_['status'];
  madeBy: Promise_['madeBy'];
  /** Due so many days from today, at least and at most; settled ones are due some days after they were made. */
  due?: readonly [number, number];
}

const mine = (status: Promise_['status'], due?: Standing['due']): Standing => ({
  status,
  madeBy: 'me',
  ...(due && { due }),
});
const theirs = (status: Promise_['status'], due?: Standing['due']): Standing => ({
  ...mine(status, due),
  madeBy: 'customer',
});

/** How promises stand: of 64 in a row some are due today, some late, most were kept. */
const STANDINGS: readonly Standing[] = [
  mine('open', [0, 0]),
  mine('open', [-6, -1]),
  ...Array.from({ length: 5 }, () => mine('open', [1, 20])),
  ...Array.from({ length: 4 }, () => theirs('open', [1, 15])),
  theirs('open', [-8, -1]),
  ...Array.from({ length: 4 }, () => mine('keptLate')),
  ...Array.from({ length: 3 }, () => mine('renegotiated')),
  mine('broken'),
  ...Array.from({ length: 6 }, () => theirs('kept')),
];
const IN_A_ROW = 64;
const KEPT = mine('kept');
/** Only a talk so long ago leaves time for a due date and for being late. */
const LONG_AGO = -26;

/** Days on which one was made, due and settled, from today. */
const daysOf = ({ status, due }: Standing, talk: DemoTalk, { random }: DemoCustomer) => {
  if (due) {
    const dueDays = random.between(due[0], due[1]);
    return {
      made: Math.min(Math.max(talk.days, dueDays - 21), dueDays - 2, -1),
      due: dueDays,
      settled: null,
    };
  }
  const dueDays = talk.days + random.between(3, 14);
  const late = status === 'keptLate' || status === 'broken';
  const settled = late ? dueDays + random.between(1, 5) : Math.max(talk.days, dueDays - random.between(0, 3));
  return { made: talk.days, due: dueDays, settled: Math.min(settled, -1) };
};

/** S0-04: promises on both sides, made at one of the latest talks. */
export const promisesOf = (
  context: DemoContext,
  customer: DemoCustomer,
  talks: readonly DemoTalk[],
): Change[] => {
  const { random, n, kind } = customer;
  const { work } = context.words;
  const count = { A: 3, B: 2, C: n % 2, D: n % 7 === 0 ? 1 : 0 }[customer.class ?? 'D'];
  const recent = talks.slice(-6);
  if (customer.status !== 'active') return [];
  return Array.from({ length: count }, (_, place) => {
    const wanted = STANDINGS[(n * 5 + place * 11) % IN_A_ROW] ?? KEPT;
    const fitting = recent.filter((one) => wanted.due || one.days < LONG_AGO);
    const talk = fitting[place % Math.max(1, fitting.length)];
    if (!talk) return [];
    const days = daysOf(wanted, talk, customer);
    const said = wanted.madeBy === 'me' ? work.myPromises[kind] : work.theirPromises[kind];
    const text = filled(random.pick(said), slotsFor(context, customer));
    const kept = wanted.status === 'kept' || wanted.status === 'keptLate';
    return creation('promise', context.id('promise', n, place), {
      customerId: customer.id,
      text,
      madeBy: wanted.madeBy,
      madeOn: context.day(days.made),
      dueOn: context.day(days.due),
      level: random.chance(0.75) ? 'must' : 'bestEffort',
      needsApproval: wanted.madeBy === 'me' && needsApproval(text),
      status: wanted.status,
      settledOn: days.settled === null ? null : context.day(days.settled),
      evidence: kept ? random.pick(work.evidence) : null,
      reason:
        wanted.status === 'renegotiated' || wanted.status === 'broken' ? random.pick(work.reasons) : null,
      createdAt: context.at(days.made, '18:00'),
    });
  }).flat();
};
