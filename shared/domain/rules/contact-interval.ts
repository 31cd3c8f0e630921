import type { ContactDue } from '#shared/contracts/customers.ts';
import { addDays, daysBetween, type Instant, type PlainDate } from '../dates.ts';
import type { Customer } from '../entities/index.ts';

/** How often a class is contacted, and when a due contact begins to show. Values a bank may change. */
export const CONTACT_PARAMETERS = {
  intervalDays: { A: 30, B: 60, C: 90, D: 180 },
  soonDays: 7,
  soonShare: 0.2,
} as const;

/** What the rule looks at. `addedOn` is where the first interval starts. */
export interface ContactFacts extends Pick<Customer, 'class' | 'status' | 'contactIntervalDays'> {
  addedOn: PlainDate;
  lastContactOn: PlainDate | null;
}

/** The dates that decide the state; they change with the facts, not with the day. */
export interface ContactDates {
  intervalDays: number | null;
  intervalFrom: ContactDue['intervalFrom'];
  /** From this day the contact counts as soon due. */
  soonOn: PlainDate | null;
  dueOn: PlainDate | null;
}

const NONE: ContactDates = { intervalDays: null, intervalFrom: 'none', soonOn: null, dueOn: null };

/** S0-01 "whom do I owe contact": the customer's own interval, else the one of the class; closed customers have none. */
export const contactDates = (facts: ContactFacts): ContactDates => {
  if (facts.status === 'closed') return NONE;
  const ofClass = facts.class && CONTACT_PARAMETERS.intervalDays[facts.class];
  const intervalDays = facts.contactIntervalDays ?? ofClass;
  if (intervalDays === null) return NONE;
  const dueOn = addDays(facts.lastContactOn ?? facts.addedOn, intervalDays);
  const lead = Math.min(CONTACT_PARAMETERS.soonDays, Math.ceil(intervalDays * CONTACT_PARAMETERS.soonShare));
  return {
    intervalDays,
    intervalFrom: facts.contactIntervalDays === null ? 'class' : 'customer',
    soonOn: addDays(dueOn, -lead),
    dueOn,
  };
};

/** The state on a day: soon within 7 days or a fifth of the interval, whichever is shorter; due on its day; then overdue. */
export const contactState = (
  dates: Pick<ContactDates, 'soonOn' | 'dueOn'>,
  today: PlainDate,
): ContactDue['state'] => {
  if (dates.dueOn === null) return 'none';
  if (dates.dueOn < today) return 'overdue';
  if (dates.dueOn === today) return 'due';
  return dates.soonOn !== null && dates.soonOn <= today ? 'soon' : 'ok';
};

/** Everything the screens say about the next contact. */
export const contactDue = (
  facts: ContactFacts,
  lastContactAt: Instant | null,
  today: PlainDate,
): ContactDue => {
  const { intervalDays, intervalFrom, soonOn, dueOn } = contactDates(facts);
  return {
    state: contactState({ soonOn, dueOn }, today),
    intervalDays,
    intervalFrom,
    lastContactAt,
    dueOn,
    daysLeft: dueOn === null ? null : daysBetween(today, dueOn),
  };
};
