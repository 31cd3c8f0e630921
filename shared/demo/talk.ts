import type { Interaction } from '../domain/entities/index.ts';
import { CONTACT_PARAMETERS } from '../domain/rules/contact-interval.ts';
import { touchDefaults } from '../domain/rules/touch.ts';
import { type DemoContext, filled, workday, workTime } from './context.ts';
import { isNew } from './customers.ts';
import type { DemoCustomer } from './profile.ts';
import type { Random } from './random.ts';
import type { Purpose } from './words/words.ts';

/** One contact of the year behind us, before it becomes a record. */
export interface DemoTalk {
  /** Days from today, not positive. */
  days: number;
  time: string;
  kind: Interaction['kind'];
  purpose: Purpose;
  outcome: NonNullable<Interaction['outcome']>;
  summary: string;
  nextHook: string | null;
}

const PURPOSES_OF: Record<'person' | 'company' | 'prospect', Partial<Record<Purpose, number>>> = {
  person: {
    care: 30,
    maturity: 12,
    productIntroduction: 10,
    review: 8,
    service: 12,
    appointment: 7,
    invitation: 6,
    resale: 5,
    birthday: 4,
    complaint: 1,
    collection: 2,
    other: 3,
  },
  company: {
    care: 26,
    service: 16,
    review: 14,
    appointment: 9,
    productIntroduction: 10,
    maturity: 6,
    resale: 8,
    invitation: 5,
    collection: 3,
    birthday: 2,
    complaint: 1,
    other: 2,
  },
  prospect: { acquisition: 50, care: 15, appointment: 15, invitation: 20 },
};

const OUTCOMES: Partial<Record<Interaction['outcome'] & string, number>> = {
  reached: 34,
  interested: 14,
  considering: 18,
  agreed: 14,
  notInterested: 6,
  callBack: 5,
  noAnswer: 9,
};
type Weights = Partial<Record<Interaction['kind'], number>>;
const KINDS: Weights = { call: 62, message: 14, visit: 21, video: 3 };
const KINDS_OF: Partial<Record<Purpose, Weights>> = {
  appointment: { call: 1 },
  invitation: { message: 60, call: 25, event: 15 },
  birthday: { call: 70, message: 30 },
  complaint: { call: 70, visit: 30 },
  collection: { call: 80, message: 20 },
};
const ANSWER_OF = {
  reached: 'good',
  interested: 'good',
  agreed: 'good',
  appointment: 'good',
  resolved: 'good',
  considering: 'open',
  callBack: 'none',
  noAnswer: 'none',
  notInterested: 'bad',
  wrongNumber: 'none',
} as const;
/** Purposes that ask something of the customer, and so have an answer. */
const ASKS: Partial<Record<Purpose, 'offer' | 'meeting'>> = {
  maturity: 'offer',
  productIntroduction: 'offer',
  resale: 'offer',
  acquisition: 'offer',
  appointment: 'meeting',
  invitation: 'meeting',
};

const weighted = <K extends string>(random: Random, weights: Partial<Record<K, number>>): K => {
  const entries = Object.entries(weights) as [K, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return (entries.at(-1) as [K, number])[0];
};

const outcomeOf = (
  random: Random,
  purpose: Purpose,
  kind: Interaction['kind'],
  mustReach: boolean,
): DemoTalk['outcome'] => {
  const outcome = weighted(random, OUTCOMES) as DemoTalk['outcome'];
  const unreached = outcome === 'noAnswer' || outcome === 'callBack';
  if (unreached && kind === 'call' && !mustReach) return outcome;
  if (purpose === 'service' || purpose === 'complaint') return 'resolved';
  if (!ASKS[purpose] || kind === 'event' || unreached) return 'reached';
  if (purpose === 'appointment' && outcome !== 'notInterested' && outcome !== 'considering')
    return 'appointment';
  return outcome === 'reached' ? 'interested' : outcome;
};

/** Words for the slots of one conversation. */
export const slotsFor = (context: DemoContext, customer: DemoCustomer): Record<string, string> => {
  const { work, whens } = { work: context.words.work, whens: context.words.talk.whens };
  const { random } = customer;
  const products = work.products.filter((one) => one.months !== null);
  return {
    ...customer.slots,
    product: random.pick(products).name,
    amount: random.pick(context.words.talk.amounts),
    when: random.pick(whens),
  };
};

const IN_PERSON = ['visit', 'event', 'video'];

/** A sentence about a purpose that fits how the contact was made; without its mark. */
const topicOf = (
  context: DemoContext,
  random: Random,
  purpose: Purpose,
  kind: Interaction['kind'],
  who: 'person' | 'company',
) => {
  const { said, attended } = context.words.talk;
  if (kind === 'event') return random.pick(attended);
  const unfit = IN_PERSON.includes(kind) ? '#' : '@';
  const sentences = said[purpose][who];
  const fitting = sentences.filter((sentence) => !sentence.startsWith(unfit));
  return random.pick(fitting.length > 0 ? fitting : sentences).replace(/^[@#]/, '');
};

const oneTalk = (
  context: DemoContext,
  customer: DemoCustomer,
  days: number,
  mustReach: boolean,
): DemoTalk => {
  const { random, kind: customerKind } = customer;
  const { answers, hooks, stop, end } = context.words.talk;
  const group = customer.status === 'active' || customer.status === 'closed' ? customerKind : 'prospect';
  const purpose = weighted(random, PURPOSES_OF[group]) as Purpose;
  const kind = weighted(random, KINDS_OF[purpose] ?? KINDS);
  const outcome = outcomeOf(random, purpose, kind, mustReach);
  const slots = slotsFor(context, customer);
  const answer = ANSWER_OF[outcome];
  const asked = ASKS[purpose];
  const topic = topicOf(context, random, purpose, kind, customerKind);
  const sentences =
    answer === 'none'
      ? [random.pick(answers.none)]
      : asked && kind !== 'event'
        ? [topic, random.pick(answers[asked][answer])]
        : [topic];
  return {
    days: workday(context, days),
    time: workTime(random),
    kind,
    purpose,
    outcome,
    summary: sentences.map((sentence) => filled(sentence, slots)).join(stop) + end,
    nextHook:
      answer === 'none'
        ? null
        : random.maybe(kind === 'visit' ? 0.95 : 0.45, () => filled(random.pick(hooks[customerKind]), slots)),
  };
};

/** The year behind us with one customer, oldest first, at about the interval of the class. */
export const talksWith = (context: DemoContext, customer: DemoCustomer): DemoTalk[] => {
  const { random, status, n } = customer;
  if (status === 'suspect') return [];
  const interval =
    customer.fields.contactIntervalDays ?? CONTACT_PARAMETERS.intervalDays[customer.class ?? 'D'];
  if (isNew(customer)) return [oneTalk(context, customer, customer.sinceDays, true)];
  // About one in nine is owed a contact; the others were reached within the interval.
  const owed = n % 9 === 3 || status === 'closed';
  let days = -Math.round(
    owed ? interval * (1.05 + random.next() * 0.8) : 1 + random.next() * interval * 0.85,
  );
  const talks: DemoTalk[] = [];
  while (days > -365) {
    talks.push(oneTalk(context, customer, days, talks.length === 0));
    days -= Math.max(4, Math.round(interval * (0.55 + random.next() * 0.7)));
  }
  return talks.toReversed();
};

/** The record of a talk. */
export const interactionOf = (
  context: DemoContext,
  customer: DemoCustomer,
  talk: DemoTalk,
  links: { visitId?: string | null; companyContactId?: string | null } = {},
) => {
  const at = context.at(talk.days, talk.time);
  const { random } = customer;
  return {
    customerId: customer.id,
    companyContactId: links.companyContactId ?? null,
    visitId: links.visitId ?? null,
    kind: talk.kind,
    at,
    zone: context.zone,
    durationSeconds:
      talk.outcome === 'noAnswer'
        ? null
        : talk.kind === 'call'
          ? random.between(60, 900)
          : talk.kind === 'visit'
            ? random.between(30, 90) * 60
            : null,
    initiator: random.chance(0.22) && talk.outcome !== 'noAnswer' ? ('customer' as const) : ('bank' as const),
    purpose: talk.purpose,
    outcome: talk.outcome,
    ...touchDefaults({ kind: talk.kind, purpose: talk.purpose, channel: null }),
    summary: talk.summary,
    nextHook: talk.nextHook,
    createdAt: at,
  };
};
