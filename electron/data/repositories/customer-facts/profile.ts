import { plainDate, systemZone } from '#shared/domain/dates.ts';
import type { Customer } from '#shared/domain/entities/index.ts';
import { completenessOf } from '#shared/domain/rules/completeness.ts';
import { normaliseName, spellingOf } from '#shared/domain/rules/names.ts';
import { digitsOf, normalisePhone } from '#shared/domain/rules/phone.ts';
import { CUSTOMER_CLASSES } from '#shared/domain/vocabulary.ts';
import { codecs } from '../../database/codec.ts';
import { read, type WritableDb, write } from '../../database/connection.ts';
import { contactColumns, NEVER_CONTACTED } from './contact.ts';

type Value = string | number | null;

/** A customer as a mutation carries it: fields at their default may be missing. */
export type SparseCustomer = Partial<Customer> & Pick<Customer, 'id' | 'kind' | 'name' | 'createdAt'>;

/** 1 for class A … 5 for none: the order of importance. */
export const classRank = (value: Customer['class'] | undefined): number =>
  value ? CUSTOMER_CLASSES.indexOf(value) + 1 : CUSTOMER_CLASSES.length + 1;

/** The words a view's search box looks into, in lower case, one per line. */
const haystackOf = (customer: SparseCustomer): string =>
  [
    customer.name,
    customer.alias,
    customer.customerNo,
    ...(customer.phones ?? []).map((phone) => digitsOf(phone.number)),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();

/** The columns that follow from the record alone. */
const profileColumns = (customer: SparseCustomer, contactCount: number): Record<string, Value> => {
  const spelling = spellingOf(customer.name);
  const phones = customer.phones ?? [];
  const phoneKeys = [...new Set(phones.flatMap((phone) => normalisePhone(phone.number) ?? []))];
  return {
    kind: customer.kind,
    name: customer.name,
    name_key: spelling.full,
    initials: spelling.initials,
    name_norm: normaliseName(customer.name, customer.kind),
    haystack: haystackOf(customer),
    class: customer.class ?? null,
    class_rank: classRank(customer.class),
    status: customer.status ?? 'active',
    tags: JSON.stringify(customer.tags ?? []),
    phone: phones[0]?.number ?? null,
    phone_keys: JSON.stringify(phoneKeys),
    area: customer.area ?? null,
    occupation: customer.occupation ?? null,
    employer: customer.employer ?? null,
    industry: customer.industry ?? null,
    company_size: customer.companySize ?? null,
    age: customer.age ?? null,
    birth_date: customer.birthDate ?? null,
    risk_level: customer.riskLevel ?? null,
    do_not_call: customer.doNotCall ? 1 : 0,
    callable: phones.length > 0 && !customer.doNotCall ? 1 : 0,
    marketing_consent: customer.marketingConsent ?? null,
    customer_no: customer.customerNo ?? null,
    created_at: customer.createdAt,
    added_on: plainDate(customer.createdAt, systemZone()),
    interval_days: customer.contactIntervalDays ?? null,
    completeness: completenessOf(customer, contactCount).percent,
  };
};

const contactFactsOf = (customer: SparseCustomer, addedOn: string) => ({
  class: customer.class ?? null,
  status: customer.status ?? ('active' as const),
  contactIntervalDays: customer.contactIntervalDays ?? null,
  addedOn,
});

const INSERT_PHONE = 'INSERT OR IGNORE INTO customer_phone (phone, customer_id) VALUES (?, ?)';

const dropPhones = (db: WritableDb, customerId: string): void => {
  const old = read<{ phone_keys: string }>(
    db,
    'SELECT phone_keys FROM customer_fact WHERE customer_id = ?',
  ).get(customerId);
  for (const phone of JSON.parse(old?.phone_keys ?? '[]') as string[])
    write(db, 'DELETE FROM customer_phone WHERE phone = ? AND customer_id = ?').run(phone, customerId);
};

/** The statement for one set of columns; made once, not once per customer. */
const upsertText = (names: readonly string[]): string =>
  `INSERT INTO customer_fact (customer_id, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})
   ON CONFLICT (customer_id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
const texts = new Map<'new' | 'known', string>();

const upsert = (
  db: WritableDb,
  as: 'new' | 'known',
  customerId: string,
  columns: Record<string, Value>,
): void => {
  const text = texts.get(as) ?? upsertText(Object.keys(columns));
  texts.set(as, text);
  write(db, text).run(customerId, ...Object.values(columns));
  if (columns.phone_keys === '[]') return;
  for (const phone of JSON.parse(columns.phone_keys as string) as string[])
    write(db, INSERT_PHONE).run(phone, customerId);
};

/** Writes the facts of a customer that did not exist before; its contact interval starts today. */
export const insertProfile = (db: WritableDb, customer: SparseCustomer): void => {
  const columns = profileColumns(customer, 0);
  const facts = contactFactsOf(customer, columns.added_on as string);
  upsert(db, 'new', customer.id, { ...columns, ...contactColumns(facts, NEVER_CONTACTED) });
};

/** Computes the profile columns of living customers anew; makes their row if it is missing. */
export const refreshProfiles = (db: WritableDb, ids: string): void => {
  const rows = read<Record<string, unknown> & { contact_count: number }>(
    db,
    `SELECT c.*, (SELECT count(*) FROM company_contact p
        WHERE p.customer_id = c.id AND p.deleted = 0 AND p.left_on IS NULL) AS contact_count
     FROM customer c WHERE c.id IN (SELECT value FROM json_each(?)) AND c.deleted = 0 ORDER BY c.rowid`,
  ).all(ids);
  for (const row of rows) {
    const customer = codecs.customer.decode(row) as unknown as Customer;
    dropPhones(db, customer.id);
    upsert(db, 'known', customer.id, profileColumns(customer, row.contact_count));
  }
};

/** Forgets customers that went. */
export const removeProfile = (db: WritableDb, customerId: string): void => {
  dropPhones(db, customerId);
  for (const table of ['customer_fact', 'customer_risk', 'yearly_date'])
    write(db, `DELETE FROM ${table} WHERE customer_id = ?`).run(customerId);
};
