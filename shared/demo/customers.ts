import type { Customer } from '../domain/entities/index.ts';
import { CUSTOMER_CLASSES } from '../domain/vocabulary.ts';
import { companyProfile } from './company.ts';
import type { DemoContext } from './context.ts';
import { personProfile } from './person.ts';
import { type DemoCustomer, isCompany, type ProfileSeed } from './profile.ts';
import { type Random, randomFrom } from './random.ts';

/** Classes of 25 customers in a row; a dash has none yet. */
const CLASSES = 'ABACBBCDACCBDCDBCCDBCCDC-';

const classOf = (n: number): Customer['class'] =>
  CUSTOMER_CLASSES.find((one) => one === CLASSES[n % CLASSES.length]) ?? null;

/** Customers who came in the last days. */
const NEW_DAYS: Record<number, number> = { 43: -4, 87: -1, 128: -2, 205: -5 };
export const isNew = (customer: Pick<DemoCustomer, 'n'>): boolean => customer.n in NEW_DAYS;

const statusOf = (n: number): Customer['status'] => {
  if (n in NEW_DAYS) return 'prospect';
  if (n % 25 === 24) return n % 50 === 24 ? 'prospect' : 'suspect';
  if (n % 25 === 22 && n % 2 === 0) return 'prospect';
  return n % 60 === 57 ? 'closed' : 'active';
};

const KNOWS = { A: 0.9, B: 0.78, C: 0.6, D: 0.42 };

const tagsOf = (
  context: DemoContext,
  random: Random,
  kind: Customer['kind'],
  rank: Customer['class'],
): string[] => {
  const places = random.some([1, 2, 3, 4, 5, 6, 7], random.between(0, 2));
  if (rank === 'A') places.unshift(0);
  return places.filter((place) => kind === 'company' || place !== 2).map((place) => context.id('tag', place));
};

/** The customer at a place of the book. */
export const demoCustomer = (context: DemoContext, n: number): DemoCustomer => {
  const serial = context.offset + n;
  const random = randomFrom(`${context.language} ${serial}`);
  const id = context.id('customer', n);
  const rank = classOf(n);
  const kind = isCompany(n) ? 'company' : 'person';
  const seed: ProfileSeed = { n, serial, id, class: rank, random, knows: rank ? KNOWS[rank] : 0.3 };
  const profile = kind === 'company' ? companyProfile(context, seed) : personProfile(context, seed);
  const status = statusOf(n);
  const sinceDays = NEW_DAYS[n] ?? -400 - (n % 30);
  const opened = context.day(-random.between(400, 4_200));
  const consents = random.maybe(seed.knows, () => (random.chance(0.85) ? ('yes' as const) : ('no' as const)));
  return {
    n,
    id,
    kind,
    class: rank,
    status,
    sinceDays,
    random,
    contacts: profile.contacts,
    slots: profile.slots,
    fields: {
      customerNo: status === 'suspect' ? null : `VB${String(260_100 + serial * 7)}`,
      status,
      class: rank,
      tags: tagsOf(context, random, kind, rank),
      openedOn: status === 'active' || status === 'closed' ? opened : null,
      closedOn: status === 'closed' ? context.day(-random.between(30, 200)) : null,
      marketingConsent: consents,
      marketingConsentOn: consents && context.day(-random.between(20, 390)),
      dataConsent: consents && 'yes',
      dataConsentOn: consents && context.day(-random.between(391, 399)),
      doNotCall: n % 37 === 21,
      contactIntervalDays: n % 19 === 8 ? 45 : null,
      createdAt: context.at(sinceDays, '09:00'),
      ...profile.fields,
    },
  };
};
