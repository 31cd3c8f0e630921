import type { DatedEvent } from '#shared/contracts/customers.ts';
import { addDays, addMonths, daysBetween, type PlainDate, yearOf } from '../dates.ts';
import type { Collateral, CompanyContact, Customer, Facility, Holding } from '../entities/index.ts';
import { festivalsBetween } from './festivals.ts';
import { returnsBetween } from './yearly-dates.ts';

/** S1-05 and S4-10: when a date begins to matter. Values a bank may change. */
export const DATE_PARAMETERS = {
  /** Days before a facility expires on which it is brought up, besides the day itself. */
  facilityReminders: [60, 30],
  /** A valuation is good for so many months. */
  valuationMonths: 12,
} as const;

type Person = Pick<
  Customer,
  'id' | 'name' | 'birthDate' | 'birthdayCalendar' | 'openedOn' | 'riskValidUntil'
>;

/** The records of one customer that carry dates. */
export interface DatedFacts {
  customer: Person;
  contacts: readonly Pick<CompanyContact, 'id' | 'name' | 'birthDate' | 'birthdayCalendar' | 'leftOn'>[];
  holdings: readonly Pick<Holding, 'id' | 'productName' | 'maturesOn' | 'balanceMinor' | 'currency'>[];
  facilities: readonly Pick<Facility, 'id' | 'name' | 'expiresOn'>[];
  collaterals: readonly Pick<Collateral, 'id' | 'name' | 'valuedOn' | 'insuranceExpiresOn'>[];
}

export interface Span {
  from: PlainDate;
  to: PlainDate;
  today: PlainDate;
}

type Owner = Pick<Customer, 'id' | 'name'>;
type Params = DatedEvent['params'];

/** Makes one event of a customer. */
export const datedEvent = (
  kind: DatedEvent['kind'],
  on: PlainDate,
  today: PlainDate,
  owner: Owner | null,
  params: Params,
  source: DatedEvent['source'],
): DatedEvent => ({
  kind,
  on,
  daysAhead: daysBetween(today, on),
  customerId: owner?.id ?? null,
  customerName: owner?.name ?? null,
  params,
  source,
});

const birthdayParams = (born: PlainDate, calendar: string, on: PlainDate): Params => ({
  turns: yearOf(on) - yearOf(born),
  calendar,
});

/** The day on which a valuation is too old. */
export const valuationDueOn = (valuedOn: PlainDate): PlainDate =>
  addMonths(valuedOn, DATE_PARAMETERS.valuationMonths);

/** The dates on which an expiring facility is brought up, with the days that are left then. */
export const facilityDates = (expiresOn: PlainDate): { on: PlainDate; before: number }[] =>
  [...DATE_PARAMETERS.facilityReminders, 0].map((before) => ({ on: addDays(expiresOn, -before), before }));

const ofPerson = (customer: Person, { from, to, today }: Span): DatedEvent[] => {
  const source = { entity: 'customer', id: customer.id, label: customer.name };
  const { birthDate, birthdayCalendar, openedOn, riskValidUntil } = customer;
  const events: DatedEvent[] = [];
  if (birthDate)
    for (const on of returnsBetween(birthDate, birthdayCalendar, from, to))
      events.push(
        datedEvent('birthday', on, today, customer, birthdayParams(birthDate, birthdayCalendar, on), source),
      );
  if (openedOn)
    for (const on of returnsBetween(openedOn, 'solar', from, to))
      events.push(
        datedEvent('anniversary', on, today, customer, { years: yearOf(on) - yearOf(openedOn) }, source),
      );
  if (riskValidUntil && riskValidUntil >= from && riskValidUntil <= to)
    events.push(datedEvent('riskProfileExpiry', riskValidUntil, today, customer, {}, source));
  return events;
};

const ofContacts = (facts: DatedFacts, { from, to, today }: Span): DatedEvent[] =>
  facts.contacts.flatMap((contact) => {
    const { birthDate, birthdayCalendar } = contact;
    if (!birthDate || contact.leftOn) return [];
    const source = { entity: 'companyContact', id: contact.id, label: contact.name };
    return returnsBetween(birthDate, birthdayCalendar, from, to).map((on) =>
      datedEvent(
        'contactBirthday',
        on,
        today,
        facts.customer,
        { name: contact.name, ...birthdayParams(birthDate, birthdayCalendar, on) },
        source,
      ),
    );
  });

/** What the words of a maturity need. */
export const maturityParams = (
  holding: Pick<Holding, 'productName' | 'balanceMinor' | 'currency'>,
): Params => ({
  product: holding.productName,
  currency: holding.currency,
  ...(holding.balanceMinor !== null && { balanceMinor: holding.balanceMinor }),
});

const ofBankFacts = (facts: DatedFacts, { from, to, today }: Span): DatedEvent[] => {
  const events: DatedEvent[] = [];
  const add = (
    kind: DatedEvent['kind'],
    on: PlainDate | null,
    params: Params,
    source: DatedEvent['source'],
  ): void => {
    if (on && on >= from && on <= to)
      events.push(datedEvent(kind, on, today, facts.customer, params, source));
  };
  for (const one of facts.holdings)
    add('maturity', one.maturesOn, maturityParams(one), {
      entity: 'holding',
      id: one.id,
      label: one.productName,
    });
  for (const one of facts.facilities)
    for (const { on, before } of one.expiresOn ? facilityDates(one.expiresOn) : [])
      add(
        'facilityExpiry',
        on,
        { name: one.name, expiresOn: one.expiresOn ?? '', before },
        { entity: 'facility', id: one.id, label: one.name },
      );
  for (const one of facts.collaterals) {
    const source = { entity: 'collateral', id: one.id, label: one.name };
    if (one.valuedOn)
      add('valuationDue', valuationDueOn(one.valuedOn), { name: one.name, valuedOn: one.valuedOn }, source);
    add('insuranceExpiry', one.insuranceExpiresOn, { name: one.name }, source);
  }
  return events;
};

/** Events in the order of their dates, then of their customers. */
export const byDate = (a: DatedEvent, b: DatedEvent): number => {
  const [left, right] = [`${a.on}${a.customerName ?? ''}`, `${b.on}${b.customerName ?? ''}`];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** S1-05: what has a date for one customer in a span: birthdays, maturities, expiries, anniversaries. */
export const datedEventsOf = (facts: DatedFacts, span: Span): DatedEvent[] =>
  [...ofPerson(facts.customer, span), ...ofContacts(facts, span), ...ofBankFacts(facts, span)].toSorted(
    byDate,
  );

/** S1-05: the festivals of a span as events of nobody in particular. */
export const festivalEvents = ({ from, to, today }: Span): DatedEvent[] =>
  festivalsBetween(from, to).map(({ festival, on }) =>
    datedEvent('festival', on, today, null, { festival }, null),
  );
