import type { Completeness, ContactDue, DatedEvent, RiskSignal } from '#shared/contracts/customers.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { addDays, type PlainDate } from '#shared/domain/dates.ts';
import type {
  Collateral,
  CompanyContact,
  Customer,
  EntityName,
  Facility,
  Holding,
} from '#shared/domain/entities/index.ts';
import { completenessOf } from '#shared/domain/rules/completeness.ts';
import { contactDue } from '#shared/domain/rules/contact-interval.ts';
import { datedEventsOf } from '#shared/domain/rules/dated-events.ts';
import { riskSignals } from '#shared/domain/rules/risk-signals.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { loadRiskFacts } from '../customer-facts/risks.ts';

/** How far ahead a customer's dates are shown (S1-05: a 90-day calendar). */
const AHEAD_DAYS = 90;

/** A living record. @throws not_found */
export const livingRecord = <R>(db: ReadableDb, entity: EntityName, id: string): R => {
  const { table, decode } = codecs[entity];
  const row = read(db, `SELECT * FROM ${table} WHERE id = ? AND deleted = 0`).get(id);
  if (!row) throw new AppError('not_found', { params: { entity } });
  return decode(row) as unknown as R;
};

/** The living records of one kind below a customer, oldest first. */
export const recordsOf = <R>(db: ReadableDb, entity: EntityName, customerId: string): R[] =>
  read(
    db,
    `SELECT * FROM ${codecs[entity].table} WHERE customer_id = ? AND deleted = 0 ORDER BY created_at, id`,
  )
    .all(customerId)
    .map((row) => codecs[entity].decode(row) as unknown as R);

/** A customer with the people and bank facts around it. */
export interface CustomerFile {
  customer: Customer;
  contacts: CompanyContact[];
  holdings: Holding[];
  facilities: Facility[];
  collaterals: Collateral[];
}

export const fileOf = (db: ReadableDb, id: string): CustomerFile => ({
  customer: livingRecord<Customer>(db, 'customer', id),
  contacts: recordsOf<CompanyContact>(db, 'companyContact', id),
  holdings: recordsOf<Holding>(db, 'holding', id),
  facilities: recordsOf<Facility>(db, 'facility', id),
  collaterals: recordsOf<Collateral>(db, 'collateral', id),
});

/** What the rules say about a customer on a day: for the customer page and the brief of a visit. */
export interface Outlook {
  contact: ContactDue;
  completeness: Completeness;
  risks: RiskSignal[];
  ahead: DatedEvent[];
}

interface ContactRow {
  added_on: PlainDate;
  last_contact_on: PlainDate | null;
  last_contact_at: string | null;
}

export const outlookOf = (db: ReadableDb, file: CustomerFile, today: PlainDate): Outlook => {
  const { customer } = file;
  const fact = read<ContactRow>(
    db,
    'SELECT added_on, last_contact_on, last_contact_at FROM customer_fact WHERE customer_id = ?',
  ).get(customer.id);
  const risks = loadRiskFacts(db, JSON.stringify([customer.id]))[0];
  if (!fact || !risks) throw new AppError('not_found', { params: { entity: 'customer' } });
  const contactFacts = { ...customer, addedOn: fact.added_on, lastContactOn: fact.last_contact_on };
  return {
    contact: contactDue(contactFacts, fact.last_contact_at, today),
    completeness: completenessOf(customer, file.contacts.filter((one) => one.leftOn === null).length),
    risks: riskSignals(risks, today),
    ahead: datedEventsOf(file, { from: today, to: addDays(today, AHEAD_DAYS), today }),
  };
};
