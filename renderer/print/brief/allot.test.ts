import { describe, expect, test } from 'vitest';
import { allot, linesOf, type Part } from './allot.ts';

const part = (...lines: number[]): Part => ({ heading: 1.5, lines });

describe('allot', () => {
  test.each([
    ['everything when there is room', [part(1, 1), part(1)], 20, [2, 1]],
    ['nothing for nothing', [part(), part(1)], 20, [0, 1]],
    [
      'in turn, so that a long part leaves room for a short one',
      [part(1, 1, 1, 1, 1, 1), part(1, 1)],
      9,
      [3, 2],
    ],
    ['the more important first when only one more fits', [part(1, 1, 1, 1), part(1, 1, 1)], 8, [2, 1]],
    ['skips a line that is too high for what is left', [part(4), part(1)], 6, [0, 1]],
  ])('%s', (_, parts, room, shown) => expect(allot(parts, room)).toEqual(shown));

  test('never exceeds the room once the headings fit', () => {
    for (let room = 12; room < 60; room += 3) {
      const parts = Array.from({ length: 4 }, (_, n) =>
        part(...Array.from({ length: 3 + 4 * n }, () => 1 + (n % 2))),
      );
      const shown = allot(parts, room);
      const height = parts.reduce(
        (sum, { lines }, n) =>
          sum + 1.5 + (shown[n] === lines.length ? 0 : 1) + (shown[n] ?? 0) * (lines[0] ?? 0),
        0,
      );
      expect(height).toBeLessThanOrEqual(room);
    }
  });
});

describe('linesOf', () => {
  test.each([
    ['', 1],
    ['二十个字以内', 1],
    ['一'.repeat(21), 2],
    ['a'.repeat(38), 1],
    ['a'.repeat(42), 2],
    ['一'.repeat(200), 3],
  ])('%s', (text, lines) => expect(linesOf(text, 20, 3)).toBe(lines));
});
