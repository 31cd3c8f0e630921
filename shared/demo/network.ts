import type { Relation } from '../domain/entities/index.ts';
import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import type { DemoContext } from './context.ts';
import type { DemoCustomer } from './profile.ts';

type Tie = readonly [from: number, to: number, kind: Relation['kind']];

const KINDS_OF_PERSONS = [
  'spouse',
  'child',
  'sibling',
  'friend',
  'colleague',
  'referrer',
  'relative',
] as const;
const KINDS_OF_COMPANIES = ['group', 'supplier', 'buyer', 'guarantor'] as const;

/** Families, groups, guarantors and referrers, by the places of both sides in the book. */
const ties = (customers: readonly DemoCustomer[]): Tie[] => {
  const persons = customers.filter((one) => one.kind === 'person');
  const companies = customers.filter((one) => one.kind === 'company');
  const at = (list: readonly DemoCustomer[], place: number): number => list[place % list.length]?.n ?? 0;
  return [
    ...Array.from(
      { length: 42 },
      (_, k): Tie => [
        at(persons, k * 5),
        at(persons, k * 5 + 2),
        KINDS_OF_PERSONS[k % KINDS_OF_PERSONS.length] ?? 'friend',
      ],
    ),
    ...Array.from(
      { length: 18 },
      (_, k): Tie => [
        at(companies, k * 4),
        at(companies, k * 4 + 3),
        KINDS_OF_COMPANIES[k % KINDS_OF_COMPANIES.length] ?? 'group',
      ],
    ),
    ...Array.from(
      { length: 24 },
      (_, k): Tie => [at(persons, k * 7 + 1), at(companies, k * 3), k % 3 === 0 ? 'guarantor' : 'owner'],
    ),
  ];
};

/** Ties between customers, and to a few people who are none. */
export const relationsOf = (context: DemoContext, customers: readonly DemoCustomer[]): Change[] => {
  const createdAt = context.at(-300, '15:00');
  const inside = ties(customers)
    .filter(([from, to]) => from !== to)
    .map(([from, to, kind], place) =>
      creation('relation', context.id('relation', place), {
        customerId: context.id('customer', from),
        otherCustomerId: context.id('customer', to),
        kind,
        createdAt,
      }),
    );
  const outside = context.words.work.outsiders.map((outsider, place) =>
    creation('relation', context.id('outsider', place), {
      customerId: context.id('customer', (place * 31 + 4) % context.customers),
      otherName: outsider.name,
      kind: outsider.kind,
      remark: outsider.remark,
      createdAt,
    }),
  );
  return [...inside, ...outside];
};
