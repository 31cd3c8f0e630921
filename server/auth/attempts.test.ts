import { expect, it } from 'vitest';
import { waitAfter } from './attempts.ts';

it.each([
  [1, 0],
  [4, 0],
  [5, 30],
  [6, 60],
  [8, 240],
  [12, 3_600],
  [1_000, 3_600],
])('after %i wrong passwords the next waits %i s', (failed, seconds) => {
  expect(waitAfter(failed)).toBe(seconds);
});
