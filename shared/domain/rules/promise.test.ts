import { expect, test } from 'vitest';
import { keptAs, needsApproval } from './promise.ts';

test.each([
  ['给您下调利率', true],
  ['回复费率優惠能不能批', true],
  ['申请提高授信额度', true],
  ['幫您減免手續費', true],
  ['We will waive the fee', true],
  ['a better interest rate', true],
  ['get the overdraft approved', true],
  ['把说明书发给您', false],
  ['send the separate list', false],
  ['call about the unlimited tickets', false],
  ['', false],
])('%s wants an approval: %s', (text, wanted) => {
  expect(needsApproval(text)).toBe(wanted);
});

test.each([
  ['2026-03-04', '2026-03-04', 'kept'],
  ['2026-03-04', '2026-03-05', 'keptLate'],
  [null, '2026-03-05', 'kept'],
] as const)('due %s, done %s: %s', (dueOn, on, status) => {
  expect(keptAs(dueOn, on)).toBe(status);
});
