import type { VisitReport } from '#shared/domain/entities/index.ts';
import { needsApproval } from '#shared/domain/rules/promise.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation } from '../changes.ts';
import { reportHash } from '../repositories/report-hash.ts';
import { type DemoContext, filled } from './context.ts';
import type { DemoCustomer } from './customers.ts';
import { signaturePicture } from './signature.ts';
import { type DemoTalk, slotsFor } from './talk.ts';
import type { DemoVisit } from './visits.ts';

/** How the promises of a customer stand; the first ones are chosen so that today has some due and some late. */
const STANDINGS = [
  'today',
  'late',
  'ahead',
  'kept',
  'keptLate',
  'kept',
  'theirs',
  'renegotiated',
  'kept',
] as const;

/** S0-04: promises on both sides, made at one of the latest talks. */
export const promisesOf = (
  context: DemoContext,
  customer: DemoCustomer,
  talks: readonly DemoTalk[],
): Change[] => {
  const { random, n } = customer;
  const { work } = context.words;
  const count = { A: 3, B: 2, C: n % 2, D: n % 7 === 0 ? 1 : 0 }[customer.class ?? 'D'];
  const recent = talks.slice(-6);
  if (recent.length === 0) return [];
  return Array.from({ length: count }, (_, place) => {
    const standing = STANDINGS[(n + place * 2) % STANDINGS.length] ?? 'kept';
    const talk = recent[(place * 2) % recent.length] as DemoTalk;
    const byCustomer = standing === 'theirs';
    const text = filled(
      random.pick(byCustomer ? work.theirPromises : work.myPromises),
      slotsFor(context, customer),
    );
    const open = standing === 'today' || standing === 'late' || standing === 'ahead' || byCustomer;
    const due = open
      ? ({ today: n % 3 === 0 ? 0 : 2, late: -random.between(1, 6), ahead: random.between(2, 20) }[
          standing as 'today'
        ] ?? random.between(-2, 10))
      : talk.days + random.between(3, 14);
    const settled = Math.min(
      -1,
      standing === 'keptLate' ? due + random.between(1, 5) : due - random.between(0, 2),
    );
    const madeDays = open ? Math.min(talk.days, due - 2) : talk.days;
    return creation('promise', context.id('promise', n, place), {
      customerId: customer.id,
      text,
      madeBy: byCustomer ? 'customer' : 'me',
      madeOn: context.day(madeDays),
      dueOn: context.day(due),
      level: random.chance(0.75) ? 'must' : 'bestEffort',
      needsApproval: needsApproval(text),
      status: open ? 'open' : standing === 'kept' && settled > due ? 'keptLate' : (standing as 'kept'),
      settledOn: open ? null : context.day(Math.max(settled, madeDays)),
      evidence: open || standing === 'renegotiated' ? null : random.pick(work.evidence),
      reason: standing === 'renegotiated' ? random.pick(work.reasons) : null,
      createdAt: context.at(madeDays, '18:00'),
    });
  });
};

/** Things to do for a customer. */
export const tasksOf = (context: DemoContext, customer: DemoCustomer): Change[] => {
  const { random, n } = customer;
  const count = customer.class === 'A' || customer.class === 'B' ? 1 + (n % 2) : n % 4 === 0 ? 1 : 0;
  return Array.from({ length: count }, (_, place) => {
    const done = (n + place) % 3 === 1;
    const dueDays = done ? -random.between(1, 60) : random.pick([-4, -1, 0, 0, 1, 2, 3, 5, 8, 13, 21]);
    return creation('task', context.id('task', n, place), {
      customerId: customer.id,
      text: filled(random.pick(context.words.work.tasks), slotsFor(context, customer)),
      dueOn: n % 11 === 3 ? null : context.day(dueDays),
      priority: random.pick(['normal', 'normal', 'high', 'low'] as const),
      status: done ? 'done' : 'open',
      doneOn: done ? context.day(Math.min(-1, dueDays + 1)) : null,
      createdAt: context.at(Math.min(dueDays, 0) - 6, '09:00'),
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
  const signed = state === 'signed';
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
    signature: signed ? signaturePicture(customer.n) : null,
    signedBy: signed ? manager : null,
    signedAt: signed ? signedAt : null,
  } satisfies Partial<VisitReport>;
  return [
    creation('visitReport', context.id('report', customer.n, place), {
      ...fields,
      contentHash: signed ? reportHash(fields) : null,
      createdAt: visit.fields.endsAt,
    }),
  ];
};
