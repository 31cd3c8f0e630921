import { expect, it } from 'vitest';
import { diffTexts } from './text-diff.ts';

const joined = (pieces: { text: string }[]): string => pieces.map(({ text }) => text).join('');
const differing = (pieces: { text: string; differs: boolean }[]): string[] =>
  pieces.filter(({ differs }) => differs).map(({ text }) => text);

it.each([
  ['周五前给出报价', '周四前给出报价'],
  ['send the offer by Friday', 'send the final offer by Friday'],
  ['', '全新'],
  ['甲\n乙\n'.repeat(2_000), `甲\n乙\n${'甲\n乙\n'.repeat(1_999)}丙`],
])('loses nothing of either text', (left, right) => {
  const pieces = diffTexts(left, right);
  expect(joined(pieces.left)).toBe(left);
  expect(joined(pieces.right)).toBe(right);
});

it('marks only what the other text does not have', () => {
  const { left, right } = diffTexts('send the offer by Friday', 'send the final offer by Friday');
  expect(differing(left)).toEqual([]);
  expect(differing(right).join('').trim()).toBe('final');
});
