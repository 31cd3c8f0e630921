import { expect, it } from 'vitest';
import { dataEnvironment } from './environment.ts';
import { createRetryBudget } from './retry-budget.ts';

it('waits twice as long each time, gives up after too many in a minute, and starts afresh later', () => {
  let now = 0;
  const budget = createRetryBudget(3, 100, () => now);
  expect([budget.next(), budget.next(), budget.next(), budget.next()]).toEqual([100, 200, 400, null]);
  now += 61_000;
  expect(budget.next()).toBe(100);
  budget.next();
  budget.reset();
  expect(budget.next()).toBe(100);
});

it('hands the data process nothing it does not need', () => {
  const own = {
    PATH: '/bin',
    LC_ALL: 'C',
    HOME: '/home/x',
    API_TOKEN: 'secret',
    NODE_OPTIONS: '--inspect',
    LD_PRELOAD: 'x.so',
    VISITBOOK_FAULT_POINT: 'afterJournal',
    EMPTY: undefined,
  };
  expect(dataEnvironment(own, true)).toEqual({ PATH: '/bin', LC_ALL: 'C', HOME: '/home/x' });
  expect(dataEnvironment(own, false)).toEqual({
    PATH: '/bin',
    LC_ALL: 'C',
    HOME: '/home/x',
    VISITBOOK_FAULT_POINT: 'afterJournal',
  });
});
