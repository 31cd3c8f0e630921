import type { Customer } from '../domain/entities/index.ts';
import type { DemoContext } from './context.ts';
import { addressOf, nameOf } from './names.ts';
import {
  type ContactRole,
  companyPlace,
  type DemoContact,
  type DemoProfile,
  type ProfileSeed,
} from './profile.ts';

const ROLES: readonly ContactRole[] = [
  'finance',
  'legalRepresentative',
  'executive',
  'treasury',
  'purchasing',
  'operations',
  'assistant',
];
/** How many people of a company the manager knows. */
const CONTACTS = { A: 4, B: 3, C: 2, D: 1 };
const EMPLOYEES = {
  micro: [3, 12],
  small: [15, 80],
  medium: [90, 400],
  large: [450, 2_000],
  group: [900, 6_000],
} as const;
const SIZES = {
  A: ['medium', 'large', 'group'],
  B: ['medium', 'small'],
  C: ['small'],
  D: ['micro', 'small'],
} as const;
const INFLUENCE: Partial<Record<ContactRole, number>> = {
  legalRepresentative: 5,
  executive: 4,
  finance: 4,
  treasury: 3,
};

const contactsOf = (context: DemoContext, seed: ProfileSeed): DemoContact[] => {
  const { n, serial, random } = seed;
  const { names } = context.words;
  const count = CONTACTS[seed.class ?? 'D'];
  return ROLES.slice(0, count).map((role, place) => {
    const gender = random.chance(0.5) ? ('female' as const) : ('male' as const);
    const named = nameOf(context, random, gender, false);
    const left = place === 1 && n % 20 === 9;
    return {
      id: context.id('contact', n, place),
      called: named.called,
      fields: {
        customerId: seed.id,
        name: named.name,
        role,
        jobTitle: names.titles[role] ?? null,
        department: names.departments[role] ?? null,
        influence: INFLUENCE[role] ?? 2,
        attitude: random.maybe(seed.knows, () =>
          random.pick(['supporter', 'supporter', 'neutral', 'critic'] as const),
        ),
        phones: [
          { label: names.mobile, number: `139${String(1_000 + serial * 5 + place).padStart(8, '0')}` },
        ],
        emails:
          random.maybe(0.6, () => [{ label: '', address: `contact${serial}-${place}@example.com` }]) ?? [],
        wechat: random.maybe(0.5, () => `vb_contact_${serial}_${place}`),
        birthDate: random.maybe(seed.knows * 0.6, () =>
          n === 2 && place === 0
            ? `1979${context.day(4).slice(4)}`.replace('02-29', '02-28')
            : `${random.between(1964, 1995)}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`,
        ),
        leftOn: left ? context.day(-random.between(10, 60)) : null,
        createdAt: context.at(-399, '10:30'),
      },
    };
  });
};

/** A company with its people and the field groups of S4-03. */
export const companyProfile = (context: DemoContext, seed: ProfileSeed): DemoProfile => {
  const { n, serial, random, knows } = seed;
  const { names } = context.words;
  const know = <T>(make: () => T): T | null => random.maybe(knows, make);
  const english = context.language === 'en';
  const place = companyPlace(serial);
  const round = Math.floor(place / names.brands.length);
  const [written = '', sound = ''] = (names.brands[place % names.brands.length] ?? '').split('|');
  // The same brand comes back in another trade: no two companies have one name.
  const trade = names.trades[(place + round * 5) % names.trades.length] ?? {
    name: '',
    industry: '',
    uses: '',
  };
  const foreign = n % 50 === 12;
  const brand = english ? sound : written;
  const name = foreign
    ? (names.foreignCompanies[Math.floor(serial / 50) % names.foreignCompanies.length] ?? brand)
    : names.company.replace('{brand}', brand).replace('{trade}', trade.name);
  const size: NonNullable<Customer['companySize']> = random.pick(SIZES[seed.class ?? 'D']);
  const contacts = contactsOf(context, seed);
  const address = addressOf(context, random);
  const level = (): 'low' | 'medium' | 'high' => random.pick(['low', 'medium', 'high'] as const);
  return {
    contacts,
    slots: {
      n: contacts[0]?.called ?? brand,
      trade: trade.industry,
      hobby: random.pick(names.hobbies),
      kid: random.pick(names.children),
    },
    fields: {
      kind: 'company',
      name,
      alias: english && !foreign ? written : brand,
      phones: [{ label: names.office, number: `021-5550${1_000 + serial}` }],
      emails: know(() => [{ label: '', address: `office${serial}@example.com` }]) ?? [],
      ...(random.chance(knows) ? address : { area: address.area }),
      city: know(() => names.city),
      industry: random.chance(knows + 0.1) ? trade.industry : null,
      companySize: know(() => size),
      employees: know(() => random.within(EMPLOYEES[size])),
      foundedOn: know(
        () => `${random.between(1996, 2019)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
      ),
      productUsage: know(() => trade.uses),
      techLevel: know(level),
      purchasingPolicy: random.maybe(knows * 0.8, () => random.pick(names.policies)),
      purchasingDemands: random.maybe(knows * 0.8, () => random.pick(names.demands)),
      urgency: random.maybe(knows * 0.7, level),
      application: random.maybe(knows * 0.6, () => trade.uses),
      orderSize: random.maybe(knows * 0.6, () => random.pick(names.orderSizes)),
      channelOrder: know(() => random.some(['phone', 'visit', 'wechat', 'email'] as const, 2)) ?? [],
      about: random.maybe(knows * 0.4, () => random.pick(names.companyRemarks)),
    },
  };
};
