import { describe, expect, it } from 'vitest';
import { depthOf } from './json.ts';

describe('depthOf', () => {
  it.each([
    ['1', 0],
    ['{}', 1],
    ['{"a":[{"b":1}],"c":[]}', 3],
    ['"[[[["', 0],
    ['"\\"[[" ', 0],
    ['["\\\\",[1]]', 2],
    ['[[],[],[]]', 2],
  ])('%s is %i deep', (text, depth) => {
    expect(depthOf(text)).toBe(depth);
  });

  it('looks no further than it must', () => {
    expect(depthOf('['.repeat(1_000_000), 32)).toBe(33);
  });
});
