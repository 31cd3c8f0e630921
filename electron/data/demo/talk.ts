import type { Interaction } from '#shared/domain/entities/index.ts';
import { CONTACT_PARAMETERS } from '#shared/domain/rules/contact-interval.ts';
import { touchDefaults } from '#shared/domain/rules/touch.ts';
import { type DemoContext, filled, workday, workTime } from './context.ts';
import type { DemoCustomer } from './customers.ts';
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
const HAS_MET: Record<Interaction['kind'], number> = { call: 60, message: 14, visit: 19, video: 3, event: 4 };
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

const weighted = <K extends string>(random: Random, weights: Partial<Record<K, number>>): K => {
  const entries = Object.entries(weights) as [K, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return (entries.at(-1) as [K, number])[0];
};

const outcomeOf = (random: Random, purpose: Purpose, kind: Interaction['kind']): DemoTalk['outcome'] => {
  if (kind === 'visit' || kind === 'event')
    return weighted(random, { ...OUTCOMES, noAnswer: 0, callBack: 0 }) as DemoTalk['outcome'];
  const outcome = weighted(random, OUTCOMES) as DemoTalk['outcome'];
  if (outcome === 'noAnswer' || outcome === 'callBack') return outcome;
  if (purpose === 'appointment') return random.chance(0.7) ? 'appointment' : 'callBack';
  if (purpose === 'service' || purpose === 'complaint') return 'resolved';
  return purpose === 'birthday' ? 'reached' : outcome;
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

const oneTalk = (context: DemoContext, customer: DemoCustomer, days: number): DemoTalk => {
  const { random, kind: customerKind } = customer;
  const { said, answers, hooks } = context.words.talk;
  const group = customer.status === 'active' || customer.status === 'closed' ? customerKind : 'prospect';
  const purpose = weighted(random, PURPOSES_OF[group]) as Purpose;
  const kind: Interaction['kind'] =
    purpose === 'appointment' ? 'call' : purpose === 'invitation' ? 'message' : weighted(random, HAS_MET);
  const outcome = outcomeOf(random, purpose, kind);
  const slots = slotsFor(context, customer);
  const answer = random.pick(answers[ANSWER_OF[outcome]]);
  const topic = random.pick(said[purpose][customerKind]);
  const unreached = ANSWER_OF[outcome] === 'none';
  const quiet = outcome === 'reached' || outcome === 'resolved';
  const sentences = unreached ? [answer] : quiet ? [topic] : [topic, answer];
  return {
    days: workday(context, days),
    time: workTime(random),
    kind,
    purpose,
    outcome,
    summary:
      sentences.map((sentence) => filled(sentence, slots)).join(context.words.talk.stop) +
      context.words.talk.end,
    nextHook: unreached
      ? null
      : random.maybe(kind === 'visit' ? 0.95 : 0.5, () => filled(random.pick(hooks[customerKind]), slots)),
  };
};

/** The year behind us with one customer, oldest first, at about the interval of the class. */
export const talksWith = (context: DemoContext, customer: DemoCustomer): DemoTalk[] => {
  const { random, status, n } = customer;
  if (status === 'suspect') return [];
  const interval =
    customer.fields.contactIntervalDays ?? CONTACT_PARAMETERS.intervalDays[customer.class ?? 'D'];
  // About one in five is owed a contact; the others were reached within the interval.
  const owed = n % 5 === 3 || status === 'closed';
  let days = -Math.round(owed ? interval * (1.05 + random.next()) : 1 + random.next() * interval * 0.9);
  const talks: DemoTalk[] = [];
  while (days > -365) {
    talks.push(oneTalk(context, customer, days));
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
