import type { VisitReport } from '../domain/entities/index.ts';
import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import { type DemoContext, filled } from './context.ts';
import type { DemoCustomer } from './profile.ts';
import { type DemoTalk, slotsFor } from './talk.ts';
import type { DemoVisit } from './visits.ts';

/** When tasks are due: most of them later, a few today, hardly any late. */
const DUE = [-3, 0, 0, 1, 1, 2, 3, 4, 5, 7, 8, 10, 12, 14, 17, 20, 24, 28];

/** Things to do for a customer. */
export const tasksOf = (context: DemoContext, customer: DemoCustomer): Change[] => {
  const { random, n } = customer;
  const key = customer.class === 'A' || customer.class === 'B';
  const count = customer.status === 'active' ? (key ? 1 + (n % 2) : n % 5 === 0 ? 1 : 0) : 0;
  return Array.from({ length: count }, (_, place) => {
    const done = (n + place) % 5 > 1;
    const due = done ? -random.between(1, 60) : (DUE[(n + place * 5) % DUE.length] ?? 1);
    return creation('task', context.id('task', n, place), {
      customerId: customer.id,
      text: filled(random.pick(context.words.work.tasks), slotsFor(context, customer)),
      dueOn: n % 11 === 3 ? null : context.day(due),
      priority: random.pick(['normal', 'normal', 'high', 'low'] as const),
      status: done ? 'done' : 'open',
      doneOn: done ? context.day(Math.min(-1, due + 1)) : null,
      createdAt: context.at(Math.min(due, 0) - 6, '09:00'),
    });
  });
};

/** Meeting notes of a visit, in Markdown. */
export const noteOf = (
  context: DemoContext,
  customer: DemoCustomer,
  visit: DemoVisit,
  place: number,
): Change => {
  const { random } = customer;
  const fitting = context.words.work.notes.filter((one) => (one.for ?? customer.kind) === customer.kind);
  const note = random.pick(fitting);
  return creation('note', context.id('note', customer.n, place), {
    customerId: customer.id,
    visitId: visit.id,
    title: note.title,
    body: filled(note.body, slotsFor(context, customer)),
    pinned: random.chance(0.06),
    takenAt: visit.fields.endsAt,
    zone: context.zone,
    createdAt: visit.fields.endsAt,
  });
};

/** The report of a visit that was reported or signed. */
export const reportOf = (
  context: DemoContext,
  customer: DemoCustomer,
  visit: DemoVisit,
  talk: DemoTalk,
  place: number,
): Change[] => {
  const { random } = customer;
  const { report, manager } = context.words.work;
  const { state } = visit.fields;
  if (state !== 'reported' && state !== 'signed') return [];
  const slots = slotsFor(context, customer);
  const say = (sentences: readonly string[]): string => filled(random.pick(sentences), slots);
  const seal = state === 'signed' ? context.seal : null;
  const signed = seal !== null;
  const signedAt = context.at(talk.days + (talk.days < -1 ? 1 : 0), '09:10');
  const need = random.pick(report.needs);
  const fields = {
    customerId: customer.id,
    visitId: visit.id,
    version: 1,
    supersedesId: null,
    state: signed ? ('signed' as const) : ('draft' as const),
    title: filled(report.title, { ...slots, n: customer.fields.name }),
    visitedAt: visit.fields.startsAt,
    endedAt: visit.fields.endsAt,
    zone: context.zone,
    mode: visit.fields.mode,
    purpose: visit.fields.purpose,
    place: visit.fields.place,
    participants: visit.fields.participants,
    facts: say(report.facts),
    discussion: `${talk.summary}\n\n${say(report.discussion)}`,
    confirmedSummary: signed || random.chance(0.4) ? say(report.confirmed) : null,
    needs: [{ text: need.text, category: need.category, amountMinor: null, currency: 'CNY' }],
    promiseIds: [],
    nextSteps: random.some(report.steps, 2).map((text, index) => ({
      text,
      who: index === 0 ? ('me' as const) : ('customer' as const),
      dueOn: context.day(talk.days + 7 + index * 5),
    })),
    nextHook: talk.nextHook,
    signature: seal?.picture(customer.n) ?? null,
    signedBy: signed ? manager : null,
    signedAt: signed ? signedAt : null,
  } satisfies Partial<VisitReport>;
  return [
    creation('visitReport', context.id('report', customer.n, place), {
      ...fields,
      contentHash: seal?.hash(fields) ?? null,
      createdAt: visit.fields.endsAt,
    }),
  ];
};
