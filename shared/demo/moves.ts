import type { Facility, Holding } from '../domain/entities/index.ts';
import { updating } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import type { DemoCustomer } from './profile.ts';

const CLASSES_MOVED = [17, 60, 96];
const PHONES_MOVED = [28, 141];

const isKnown = (value: number | null | undefined): value is number => typeof value === 'number';

/** What moved lately, as changes of records that are there: what the Today screen tells under "what changed". */
export const moved = (customers: readonly DemoCustomer[], facts: readonly Change[]): Change[] => [
  ...facts
    .filter(({ entity }) => entity === 'holding')
    .filter((_, place) => place % 83 === 40)
    .flatMap(({ id, fields }) => {
      const { balanceMinor } = fields as Partial<Holding>;
      if (!isKnown(balanceMinor)) return [];
      const now = Math.round(balanceMinor * (balanceMinor % 2 === 0 ? 0.62 : 1.35));
      return updating('holding', id, { balanceMinor: now, previousBalanceMinor: balanceMinor });
    }),
  ...facts
    .filter(({ entity }) => entity === 'facility')
    .filter((_, place) => place % 31 === 7)
    .flatMap(({ id, fields }) => {
      const { limitMinor } = fields as Partial<Facility>;
      return isKnown(limitMinor) ? updating('facility', id, { usedMinor: Math.round(limitMinor * 0.9) }) : [];
    }),
  ...customers
    .filter(({ n }) => CLASSES_MOVED.includes(n))
    .map(({ id, class: from }) => updating('customer', id, { class: from === 'B' ? 'A' : 'B' })),
  ...customers
    .filter(({ n, fields }) => PHONES_MOVED.includes(n) && fields.phones !== undefined)
    .map(({ id, n }) => updating('customer', id, { phones: [{ label: '', number: `1380000${9_000 + n}` }] })),
];
