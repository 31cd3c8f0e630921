import type { PlainDate } from '../dates.ts';
import type { Promise_ } from '../entities/index.ts';

/** S0-04 谨慎承诺: words of price, limit or consent, which a manager can seldom decide alone. */
const NEEDS_APPROVAL: readonly RegExp[] = [
  /利率|费率|費率|手续费|手續費|减免|減免|优惠|優惠|折扣|额度|額度|授信|审批|審批|批下来|放款|贴息|貼息|展期|豁免|免息/,
  /\b(?:interest rates?|rates?|fees?|waive[rsd]?|waiving|discounts?|credit lines?|limits?|approv(?:e|ed|es|al|als)|pric(?:e|es|ing)|spreads?|overdrafts?)\b/i,
];

/** Whether the words of a promise raise the question: can you decide this? */
export const needsApproval = (text: string): boolean => NEEDS_APPROVAL.some((words) => words.test(text));

/** S3-13: what a kept promise counts as. A promise without a date cannot be late. */
export const keptAs = (
  dueOn: PlainDate | null,
  on: PlainDate,
): Extract<Promise_['status'], 'kept' | 'keptLate'> => (dueOn !== null && on > dueOn ? 'keptLate' : 'kept');
