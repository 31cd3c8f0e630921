import { describe, expect, it } from 'vitest';
import { areRelated, folded, inlineDiff } from './inline-diff.ts';

const without = (kind: string, stretches: ReturnType<typeof inlineDiff>): string =>
  stretches
    .filter((stretch) => stretch.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('inlineDiff', () => {
  it.each([
    ['周五寄资料', '周六寄资料'],
    ['', '全部新写'],
    ['全部删去', ''],
    ['one two three', 'two three four'],
    ['第一行\n第二行', '第二行\n第三行\n'],
    ['不变', '不变'],
  ])('holds both texts whole: %j, %j', (before, after) => {
    const stretches = inlineDiff(before, after);
    expect(without('added', stretches)).toBe(before);
    expect(without('removed', stretches)).toBe(after);
  });
});

describe('folded', () => {
  it('cuts only what stayed, and keeps what stands beside a change', () => {
    const long = '长'.repeat(300);
    const cut = folded(inlineDiff(`${long}甲${long}`, `${long}乙${long}`));
    expect(cut.map(({ text }) => text).join('')).toMatch(/^ … 长{40}甲乙长{40} … $/);
    const short = inlineDiff('a b', 'a c');
    expect(folded(short)).toEqual(short);
  });
});

describe('areRelated', () => {
  it.each([
    ['周五寄资料给他', '周六寄资料给他', true],
    ['城东路 1 号', 'Room 602, 132 Qingchuan Road', false],
    ['', '全部新写', false],
  ])('%j, %j', (before, after, expected) => {
    expect(areRelated(inlineDiff(before, after))).toBe(expected);
  });
});
