import type { Visit } from '../domain/entities/index.ts';
import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import { type DemoContext, filled, workday, workdaysAhead } from './context.ts';
import type { DemoCustomer } from './profile.ts';
import { type DemoTalk, slotsFor } from './talk.ts';
import type { Purpose } from './words/words.ts';

interface PlannedVisit {
  days: number;
  from: string;
  to: string;
  state: Visit['state'];
  purpose: Purpose;
}

/** Places in the book of today's visits. */
const TODAY: Record<number, PlannedVisit> = {
  0: { days: 0, from: '09:30', to: '10:15', state: 'confirmed', purpose: 'maturity' },
  2: { days: 0, from: '11:00', to: '12:00', state: 'confirmed', purpose: 'review' },
  1: { days: 0, from: '14:00', to: '14:45', state: 'planned', purpose: 'care' },
  5: { days: 0, from: '16:00', to: '17:00', state: 'confirmed', purpose: 'productIntroduction' },
};
/** Visits that took place and still want their report: place in the book, days before today. */
const UNREPORTED: Record<number, number> = { 3: -1, 4: -2 };
const TIMES = [
  ['09:30', '10:30'],
  ['13:30', '14:15'],
  ['15:30', '16:30'],
] as const;
const AHEAD: readonly Purpose[] = [
  'maturity',
  'care',
  'review',
  'productIntroduction',
  'appointment',
  'resale',
];

/** What is planned, by the customer's place in the book: four visits today, some on each workday of two weeks, two to report. */
export const plannedVisits = (context: DemoContext): Map<number, PlannedVisit> => {
  const plans = new Map(Object.entries(TODAY).map(([n, plan]) => [Number(n), plan]));
  for (const [n, days] of Object.entries(UNREPORTED))
    plans.set(Number(n), {
      days: workday(context, days),
      from: '15:00',
      to: '16:00',
      state: 'underWay',
      purpose: 'care',
    });
  let n = 8;
  for (const [index, days] of workdaysAhead(context, 11).entries()) {
    for (const [from, to] of TIMES.slice(0, 1 + (index % 3))) {
      plans.set(n, {
        days,
        from,
        to,
        state: n % 3 === 0 ? 'planned' : 'confirmed',
        purpose: AHEAD[n % AHEAD.length] ?? 'care',
      });
      n += 3;
    }
  }
  return plans;
};

const checklist = (texts: readonly string[], done: (place: number) => boolean) =>
  texts.map((text, place) => ({ text, done: done(place) }));

/** People of the visit: of a company the ones the manager deals with most. */
const participantsOf = (context: DemoContext, customer: DemoCustomer): Visit['participants'] => {
  const theirs =
    customer.kind === 'company'
      ? customer.contacts.slice(0, 2).map((contact) => ({
          name: contact.fields.name,
          role: contact.fields.jobTitle ?? '',
          side: 'customer' as const,
        }))
      : [{ name: customer.fields.name, role: '', side: 'customer' as const }];
  return [
    ...theirs,
    { name: context.words.work.manager, role: context.words.work.managerTitle, side: 'bank' },
  ];
};

const visitFields = (
  context: DemoContext,
  customer: DemoCustomer,
  plan: PlannedVisit,
): Omit<Visit, 'id' | 'createdAt'> => {
  const { random, kind } = customer;
  const { work } = context.words;
  const over = plan.days < 0;
  const aim = filled(random.pick(work.aims[kind]), slotsFor(context, customer));
  const onSite = kind === 'company' || random.chance(0.3);
  return {
    customerId: customer.id,
    title: null,
    purpose: plan.purpose,
    aim,
    mode: onSite ? (kind === 'company' ? 'onSite' : 'home') : 'branch',
    state: plan.state,
    startsAt: context.at(plan.days, plan.from),
    endsAt: context.at(plan.days, plan.to),
    zone: context.zone,
    place: onSite ? (customer.fields.address ?? customer.fields.area ?? null) : work.branch,
    companyContactIds: customer.contacts.slice(0, 2).map((contact) => contact.id),
    participants: participantsOf(context, customer),
    agenda: checklist(random.some(work.agenda, 4), () => over),
    preparation: checklist(
      random.some(work.preparation, 5),
      (place) => over || (plan.days === 0 && place < 3),
    ),
    cancelReason: plan.state === 'cancelled' ? random.pick(work.cancelReasons) : null,
  };
};

export interface DemoVisit {
  id: string;
  fields: Omit<Visit, 'id'>;
}

/** The visit still to come, if one is planned. */
export const visitAhead = (
  context: DemoContext,
  customer: DemoCustomer,
  plan: PlannedVisit | undefined,
): Change[] =>
  plan
    ? [
        creation('visit', context.id('visit', customer.n, 'ahead'), {
          ...visitFields(context, customer, plan),
          createdAt: context.at(-5 - (customer.n % 6), '17:30'),
        }),
      ]
    : [];

const stateOf = (days: number, random: DemoCustomer['random']): Visit['state'] => {
  if (days >= -2) return 'underWay';
  if (days >= -9) return 'reported';
  return random.chance(0.88) ? 'signed' : 'reported';
};

const hourLater = (time: string): string =>
  `${String(Number(time.slice(0, 2)) + 1).padStart(2, '0')}${time.slice(2)}`;

/** The visit of which a talk tells. */
export const visitOf = (
  context: DemoContext,
  customer: DemoCustomer,
  talk: DemoTalk,
  place: number,
): DemoVisit => {
  const plan: PlannedVisit = {
    days: talk.days,
    from: talk.time,
    to: hourLater(talk.time),
    state: stateOf(talk.days, customer.random),
    purpose: talk.purpose,
  };
  return {
    id: context.id('visit', customer.n, place),
    fields: { ...visitFields(context, customer, plan), createdAt: context.at(talk.days - 5, '17:00') },
  };
};

/** A visit that did not happen, now and then. */
export const lostVisit = (context: DemoContext, customer: DemoCustomer): Change[] => {
  const { random, n } = customer;
  if (n % 14 !== 6 || customer.status !== 'active') return [];
  const days = workday(context, -random.between(3, 80));
  const plan: PlannedVisit = {
    days,
    from: '10:00',
    to: '11:00',
    state: n % 28 === 6 ? 'cancelled' : 'missed',
    purpose: 'care',
  };
  return [
    creation('visit', context.id('visit', n, 'lost'), {
      ...visitFields(context, customer, plan),
      createdAt: context.at(days - 6, '17:00'),
    }),
  ];
};
