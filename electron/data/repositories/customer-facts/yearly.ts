import type { Customer } from '#shared/domain/entities/index.ts';
import { yearlyKey } from '#shared/domain/rules/yearly-dates.ts';
import { read, type WritableDb, write } from '../../database/connection.ts';

interface Person {
  id: string;
  customer_id: string;
  birth_date: string | null;
  birthday_calendar: Customer['birthdayCalendar'] | null;
}

const insert = (
  db: WritableDb,
  key: string,
  kind: string,
  recordId: string,
  customerId: string,
  since: string,
) =>
  write(
    db,
    'INSERT OR REPLACE INTO yearly_date (key, kind, record_id, customer_id, since) VALUES (?,?,?,?,?)',
  ).run(key, kind, recordId, customerId, since);

const insertBirthday = (db: WritableDb, kind: 'birthday' | 'contactBirthday', person: Person): void => {
  if (!person.birth_date) return;
  const key = yearlyKey(person.birth_date, person.birthday_calendar ?? 'solar');
  insert(db, key, kind, person.id, person.customer_id, person.birth_date);
};

/** Writes the yearly dates of a customer's own record. */
export const insertYearly = (db: WritableDb, customer: Partial<Customer> & { id: string }): void => {
  insertBirthday(db, 'birthday', {
    id: customer.id,
    customer_id: customer.id,
    birth_date: customer.birthDate ?? null,
    birthday_calendar: customer.birthdayCalendar ?? null,
  });
  if (customer.openedOn)
    insert(
      db,
      yearlyKey(customer.openedOn, 'solar'),
      'anniversary',
      customer.id,
      customer.id,
      customer.openedOn,
    );
};

/** Computes birthdays, contacts' birthdays and anniversaries of some customers anew. */
export const refreshYearly = (db: WritableDb, ids: string): void => {
  write(db, 'DELETE FROM yearly_date WHERE customer_id IN (SELECT value FROM json_each(?))').run(ids);
  const customers = read<Person & { opened_on: string | null }>(
    db,
    `SELECT c.id, c.id AS customer_id, c.birth_date, c.birthday_calendar, c.opened_on
     FROM json_each(?) j JOIN customer c ON c.id = j.value AND c.deleted = 0 AND c.status <> 'closed'`,
  ).all(ids);
  const contacts = read<Person>(
    db,
    `SELECT p.id, p.customer_id, p.birth_date, p.birthday_calendar
     FROM json_each(?) j JOIN company_contact p ON p.customer_id = j.value AND p.deleted = 0
     JOIN customer c ON c.id = p.customer_id AND c.deleted = 0 AND c.status <> 'closed'
     WHERE p.birth_date IS NOT NULL AND p.left_on IS NULL`,
  ).all(ids);
  for (const row of customers)
    insertYearly(db, {
      id: row.id,
      birthDate: row.birth_date,
      ...(row.birthday_calendar && { birthdayCalendar: row.birthday_calendar }),
      openedOn: row.opened_on,
    });
  for (const row of contacts) insertBirthday(db, 'contactBirthday', row);
};
