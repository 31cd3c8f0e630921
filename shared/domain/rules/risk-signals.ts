import type { RiskSignal } from '#shared/contracts/customers.ts';
import { addDays, daysBetween, type PlainDate } from '../dates.ts';
import type { Collateral, CompanyContact, Customer, Facility, Holding, Promise_ } from '../entities/index.ts';
import { valuationDueOn } from './dated-events.ts';

type Class = NonNullable<Customer['class']>;
type PerClass = Record<Class, number>;

/** S0-05: thresholds per class. Values a bank may change; a customer without class counts as D. */
export const RISK_PARAMETERS = {
  /** An overdue contact becomes a risk after this share of the interval, urgent after twice that. */
  neglectShare: { A: 0.5, B: 0.5, C: 1, D: 1 } satisfies PerClass,
  /** Fall of the balance within a month, in percent; urgent at twice that. */
  balanceFall: { A: 10, B: 15, C: 20, D: 30 } satisfies PerClass,
  /** A maturity wants a contact or a visit within so many days before it; urgent in the last week. */
  maturityDays: { A: 30, B: 21, C: 14, D: 7 } satisfies PerClass,
  maturityUrgentDays: 7,
  /** S4-10: share of a limit in use. */
  limitHigh: 85,
  limitUrgent: 95,
  limitLow: 20,
  /** S4-10: days before a facility expires. */
  facilityDays: 60,
  facilityUrgentDays: 30,
  /** S1-08: how long a key contact who left without successor stays a risk. */
  contactLeftDays: 180,
  /** S1-08: single thread when more than this share of the latest contacts goes through one person. */
  threadShare: 80,
  threadContacts: 5,
} as const;

const DAYS_PER_MONTH = 365.25 / 12;
const ALWAYS_FROM: PlainDate = '0001-01-01';
const ALWAYS_UNTIL: PlainDate = '9999-12-31';
const KEY_ROLES: readonly CompanyContact['role'][] = [
  'legalRepresentative',
  'shareholder',
  'executive',
  'finance',
  'treasury',
];

/** The facts of one customer that risks are read from. */
export interface RiskFacts {
  customer: Pick<Customer, 'id' | 'name' | 'kind' | 'class' | 'status'>;
  intervalDays: number | null;
  dueOn: PlainDate | null;
  lastContactOn: PlainDate | null;
  /** Days of visits that are planned. */
  plannedOn: readonly PlainDate[];
  holdings: readonly Pick<
    Holding,
    'id' | 'productName' | 'balanceMinor' | 'previousBalanceMinor' | 'currency' | 'maturesOn'
  >[];
  facilities: readonly Pick<
    Facility,
    'id' | 'name' | 'limitMinor' | 'usedMinor' | 'currency' | 'expiresOn'
  >[];
  collaterals: readonly Pick<Collateral, 'id' | 'name' | 'valuedOn'>[];
  promises: readonly Pick<Promise_, 'id' | 'text' | 'dueOn' | 'level'>[];
  contacts: readonly Pick<CompanyContact, 'id' | 'name' | 'role' | 'influence' | 'leftOn' | 'successor'>[];
  /** Contact persons of the latest interactions that name one, newest first. */
  touchedContactIds: readonly string[];
}

/** A signal with the days on which it stands: facts decide it, the day only switches it on, up and off. */
export interface RiskWindow {
  kind: RiskSignal['kind'];
  from: PlainDate;
  /** From this day the signal is urgent; null: never. */
  urgentFrom: PlainDate | null;
  until: PlainDate;
  params: RiskSignal['params'];
  source: RiskSignal['source'];
}

const classOf = (facts: RiskFacts): Class => facts.customer.class ?? 'D';
const link = (entity: string, record: { id: string }, label: string): RiskSignal['source'] => ({
  entity,
  id: record.id,
  label,
});

/** The days from which an overdue contact is a risk, and an urgent one. */
export const neglectDates = (
  customerClass: Customer['class'],
  intervalDays: number | null,
  dueOn: PlainDate | null,
): { from: PlainDate; urgentFrom: PlainDate } | null => {
  if (intervalDays === null || dueOn === null) return null;
  const grace = Math.ceil(intervalDays * RISK_PARAMETERS.neglectShare[customerClass ?? 'D']);
  return { from: addDays(dueOn, grace), urgentFrom: addDays(dueOn, grace * 2) };
};

const contactOverdue = (facts: RiskFacts): RiskWindow[] => {
  const dates = neglectDates(facts.customer.class, facts.intervalDays, facts.dueOn);
  if (!dates || facts.intervalDays === null || facts.dueOn === null) return [];
  const params = { on: facts.dueOn, interval: facts.intervalDays };
  const source = link('customer', facts.customer, facts.customer.name);
  return [{ kind: 'contactOverdue', ...dates, until: ALWAYS_UNTIL, params, source }];
};

/** Sums per currency where both months are known. */
const balanceFalling = (facts: RiskFacts): RiskWindow[] => {
  const sums = new Map<string, { now: number; before: number; worst: RiskFacts['holdings'][number] }>();
  const fall = (one: RiskFacts['holdings'][number]): number =>
    (one.previousBalanceMinor ?? 0) - (one.balanceMinor ?? 0);
  for (const one of facts.holdings) {
    if (one.balanceMinor === null || one.previousBalanceMinor === null) continue;
    const sum = sums.get(one.currency) ?? { now: 0, before: 0, worst: one };
    sum.now += one.balanceMinor;
    sum.before += one.previousBalanceMinor;
    if (fall(one) > fall(sum.worst)) sum.worst = one;
    sums.set(one.currency, sum);
  }
  const threshold = RISK_PARAMETERS.balanceFall[classOf(facts)];
  return [...sums].flatMap(([currency, { now, before, worst }]) => {
    const percent = before > 0 ? Math.round(((before - now) / before) * 100) : 0;
    if (percent < threshold) return [];
    return {
      kind: 'balanceFalling' as const,
      from: ALWAYS_FROM,
      urgentFrom: percent >= threshold * 2 ? ALWAYS_FROM : null,
      until: ALWAYS_UNTIL,
      params: { percent, nowMinor: now, beforeMinor: before, currency },
      source: link('holding', worst, worst.productName),
    };
  });
};

const maturityUnattended = (facts: RiskFacts): RiskWindow[] =>
  facts.holdings.flatMap((one) => {
    if (!one.maturesOn) return [];
    const maturesOn = one.maturesOn;
    const from = addDays(maturesOn, -RISK_PARAMETERS.maturityDays[classOf(facts)]);
    const attended =
      (facts.lastContactOn !== null && facts.lastContactOn >= from) ||
      facts.plannedOn.some((day) => day >= from && day <= maturesOn);
    if (attended) return [];
    return {
      kind: 'maturityUnattended' as const,
      from,
      urgentFrom: addDays(maturesOn, -RISK_PARAMETERS.maturityUrgentDays),
      until: maturesOn,
      params: {
        product: one.productName,
        on: maturesOn,
        currency: one.currency,
        ...(one.balanceMinor !== null && { balanceMinor: one.balanceMinor }),
      },
      source: link('holding', one, one.productName),
    };
  });

const promiseOverdue = (facts: RiskFacts): RiskWindow[] =>
  facts.promises.flatMap((one) => {
    if (!one.dueOn) return [];
    const from = addDays(one.dueOn, 1);
    return {
      kind: 'promiseOverdue' as const,
      from,
      urgentFrom: one.level === 'must' ? from : null,
      until: ALWAYS_UNTIL,
      params: { text: one.text.slice(0, 200), on: one.dueOn },
      source: link('promise', one, one.text.slice(0, 80)),
    };
  });

const limits = (facts: RiskFacts): RiskWindow[] =>
  facts.facilities.flatMap((one) => {
    const { limitMinor, usedMinor, currency, expiresOn } = one;
    if (limitMinor === null || limitMinor <= 0 || usedMinor === null) return [];
    const percent = Math.round((usedMinor / limitMinor) * 100);
    const high = percent > RISK_PARAMETERS.limitHigh;
    if (!high && percent >= RISK_PARAMETERS.limitLow) return [];
    return {
      kind: high ? ('limitNearlyUsed' as const) : ('limitUnused' as const),
      from: ALWAYS_FROM,
      urgentFrom: percent >= RISK_PARAMETERS.limitUrgent ? ALWAYS_FROM : null,
      until: expiresOn ?? ALWAYS_UNTIL,
      params: { name: one.name, percent, usedMinor, limitMinor, currency },
      source: link('facility', one, one.name),
    };
  });

const expiries = (facts: RiskFacts): RiskWindow[] => [
  ...facts.facilities.flatMap((one) =>
    one.expiresOn
      ? {
          kind: 'facilityExpiring' as const,
          from: addDays(one.expiresOn, -RISK_PARAMETERS.facilityDays),
          urgentFrom: addDays(one.expiresOn, -RISK_PARAMETERS.facilityUrgentDays),
          until: one.expiresOn,
          params: { name: one.name, on: one.expiresOn },
          source: link('facility', one, one.name),
        }
      : [],
  ),
  ...facts.collaterals.flatMap((one) =>
    one.valuedOn
      ? {
          kind: 'valuationOld' as const,
          from: addDays(valuationDueOn(one.valuedOn), 1),
          urgentFrom: null,
          until: ALWAYS_UNTIL,
          params: { name: one.name, on: one.valuedOn },
          source: link('collateral', one, one.name),
        }
      : [],
  ),
];

const isKeyContact = (contact: RiskFacts['contacts'][number]): boolean =>
  KEY_ROLES.includes(contact.role) || (contact.influence ?? 0) >= 4;

/** S1-08. */
const keyContactLeft = (facts: RiskFacts): RiskWindow[] =>
  facts.contacts.flatMap((one) =>
    one.leftOn && !one.successor && isKeyContact(one)
      ? {
          kind: 'keyContactLeft' as const,
          from: one.leftOn,
          urgentFrom: one.leftOn,
          until: addDays(one.leftOn, RISK_PARAMETERS.contactLeftDays),
          params: { name: one.name, on: one.leftOn },
          source: link('companyContact', one, one.name),
        }
      : [],
  );

/** S1-08 single-thread alarm: more than 80 % of the touches go through one contact. */
const singleThread = (facts: RiskFacts): RiskWindow[] => {
  if (facts.customer.kind !== 'company' || facts.touchedContactIds.length < RISK_PARAMETERS.threadContacts)
    return [];
  const counts = new Map<string, number>();
  for (const contactId of facts.touchedContactIds) counts.set(contactId, (counts.get(contactId) ?? 0) + 1);
  const [contactId, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const percent = Math.round((count / facts.touchedContactIds.length) * 100);
  const contact = facts.contacts.find((one) => one.id === contactId);
  if (!contact || percent <= RISK_PARAMETERS.threadShare) return [];
  const key = facts.customer.class === 'A' || facts.customer.class === 'B';
  return [
    {
      kind: 'singleThread',
      from: ALWAYS_FROM,
      urgentFrom: key ? ALWAYS_FROM : null,
      until: ALWAYS_UNTIL,
      params: { name: contact.name, percent },
      source: link('companyContact', contact, contact.name),
    },
  ];
};

/** S0-05, S4-10, S1-08: every risk the facts hold, each with the days on which it stands. Closed customers have none. */
export const riskWindows = (facts: RiskFacts): RiskWindow[] =>
  facts.customer.status === 'closed'
    ? []
    : [
        contactOverdue,
        balanceFalling,
        maturityUnattended,
        promiseOverdue,
        limits,
        expiries,
        keyContactLeft,
        singleThread,
      ].flatMap((rule) => rule(facts));

/** A dated signal says how far its date is away or past. */
const distance = (on: string | number | undefined, today: PlainDate): RiskSignal['params'] => {
  if (typeof on !== 'string') return {};
  const days = Math.abs(daysBetween(today, on));
  return { days, months: Math.floor(days / DAYS_PER_MONTH) };
};

/** The signal of a window on a day, or nothing. */
export const signalOn = (window: RiskWindow, today: PlainDate): RiskSignal | undefined => {
  if (today < window.from || today > window.until) return undefined;
  return {
    kind: window.kind,
    severity: window.urgentFrom !== null && window.urgentFrom <= today ? 'now' : 'soon',
    params: { ...window.params, ...distance(window.params.on, today) },
    source: window.source,
  };
};

/** The signals that stand on a day, urgent ones first. */
export const riskSignals = (facts: RiskFacts, today: PlainDate): RiskSignal[] =>
  riskWindows(facts)
    .flatMap((window) => signalOn(window, today) ?? [])
    .toSorted((a, b) => Number(b.severity === 'now') - Number(a.severity === 'now'));
