import type { Customer } from '../domain/entities/index.ts';
import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import type { DemoContext } from './context.ts';
import type { DemoCustomer } from './profile.ts';

/** Balance of one holding in thousand yuan, between these bounds. */
const BALANCE = { A: [600, 4_800], B: [150, 900], C: [30, 260], D: [2, 60] } as const;
const HOLDINGS = { A: [4, 6], B: [2, 4], C: [1, 3], D: [1, 2] } as const;
/** Limit of one facility in ten thousand yuan. */
const LIMIT = { A: [2_000, 9_000], B: [400, 1_800], C: [80, 400], D: [20, 80] } as const;
const COMPANY_FACTOR = 4;
/** Most limits are used as they should be, most papers are in order; some want attention. */
const USED = [0.12, 0.25, 0.32, 0.38, 0.44, 0.48, 0.52, 0.55, 0.6, 0.63, 0.68, 0.72, 0.76, 0.8, 0.89, 0.97];
const EXPIRES = [18, 45, 75, 95, 120, 140, 175, 210, 250, 290, 330, 410, 640, 1_100, 2_100];
const VALUED = [20, 60, 110, 150, 180, 210, 240, 280, 310, 345, 360, 410];

const rankOf = (customer: DemoCustomer): NonNullable<Customer['class']> => customer.class ?? 'D';

/** What the customer holds; the first product with a term gives the words of later conversations. */
const holdingsOf = (context: DemoContext, customer: DemoCustomer): Change[] => {
  const { random, n, kind } = customer;
  const rank = rankOf(customer);
  const { products } = context.words.work;
  const fitting = products.filter(
    (one) =>
      (kind === 'company') === (one.kind === 'payroll') ||
      !['payroll', 'insurance', 'bond'].includes(one.kind),
  );
  const [current, ...rest] = fitting;
  if (!current) return [];
  const chosen = [current, ...random.some(rest, random.within(HOLDINGS[rank]) - 1)];
  const falling = n % 21 === 4;
  return chosen.map((product, place) => {
    const thousands = random.within(BALANCE[rank]) * (kind === 'company' ? COMPANY_FACTOR : 1);
    const foreign = product.kind === 'foreignCurrency';
    const balanceMinor = Math.round(foreign ? thousands / 7 : thousands) * 100_000 + random.between(0, 9_999);
    const monthBefore = falling ? 1 + random.between(15, 45) / 100 : 1 + random.between(-8, 6) / 100;
    // Some near maturities, so that a month ahead always has something to show.
    const maturesOn =
      product.months === null
        ? null
        : context.day(
            random.between(
              n % 5 === 0 ? 2 : 25,
              Math.min(product.months * 30, n % 5 === 0 && place === 1 ? 40 : 900),
            ),
          );
    return creation('holding', context.id('holding', n, place), {
      customerId: customer.id,
      kind: product.kind,
      productName: product.name,
      accountTail: String(1_000 + ((n * 31 + place * 977) % 9_000)),
      balanceMinor,
      previousBalanceMinor: random.maybe(0.9, () => Math.round(balanceMinor * monthBefore)),
      currency: foreign ? 'USD' : 'CNY',
      rateBp: product.rateBp,
      openedOn: context.day(-random.between(60, 900)),
      maturesOn,
      asOf: context.day(-1),
      createdAt: context.at(-360, '08:00'),
    });
  });
};

/** S4-10: limits, what is used of them, and what secures them. */
const limitsOf = (context: DemoContext, customer: DemoCustomer): Change[] => {
  const { random, n, kind } = customer;
  const rank = rankOf(customer);
  const { facilities, collaterals } = context.words.work;
  const count =
    kind === 'company' ? { A: 3, B: 2, C: 1, D: 0 }[rank] : random.chance(rank === 'A' ? 0.5 : 0.22) ? 1 : 0;
  const chosen = random.some(
    facilities.filter((one) => one.for === kind),
    count,
  );
  return chosen.flatMap((facility, place) => {
    const limit = random.within(LIMIT[rank]) * 1_000_000;
    const used = random.pick(USED);
    const id = context.id('facility', n, place);
    const security = random.pick(collaterals);
    const common = { customerId: customer.id, createdAt: context.at(-360, '08:00') };
    return [
      creation('facility', id, {
        ...common,
        kind: facility.kind,
        name: facility.name,
        limitMinor: limit,
        usedMinor: Math.round((limit * used) / 100_000) * 100_000,
        rateBp: random.between(310, 480),
        expiresOn: context.day(random.pick(EXPIRES)),
        covenants: random.maybe(kind === 'company' ? 0.5 : 0, () =>
          random.pick(context.words.work.covenants),
        ),
        asOf: context.day(-1),
      }),
      creation('collateral', context.id('collateral', n, place), {
        ...common,
        facilityId: id,
        kind: security.kind,
        name: security.name,
        valueMinor: Math.round((limit * random.between(110, 190)) / 10_000_000) * 100_000,
        valuedOn: context.day(-random.pick(VALUED)),
        insuranceExpiresOn: random.maybe(0.6, () => context.day(random.between(-5, 360))),
      }),
    ];
  });
};

/** Holdings, facilities and collateral of a customer. Prospects and those never served have none. */
export const bankFactsOf = (context: DemoContext, customer: DemoCustomer): Change[] =>
  customer.status === 'active' ? [...holdingsOf(context, customer), ...limitsOf(context, customer)] : [];
