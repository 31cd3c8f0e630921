import { type Instant, type PlainDate, plainDate } from '#shared/domain/dates.ts';
import type { Customer, Interaction } from '#shared/domain/entities/index.ts';
import { type ContactFacts, contactDates } from '#shared/domain/rules/contact-interval.ts';
import { neglectDates } from '#shared/domain/rules/risk-signals.ts';
import { read, type WritableDb, write } from '../../database/connection.ts';

/**
 * The interactions that count as a contact: nobody reached is none, and what was corrected is replaced by its correction.
 * `x` is the interaction's alias.
 */
export const COUNTED = `x.deleted = 0 AND (x.outcome IS NULL OR x.outcome NOT IN ('noAnswer', 'wrongNumber'))
  AND NOT EXISTS (SELECT 1 FROM interaction y WHERE y.corrects_id = x.id AND y.deleted = 0)`;

interface LastContact {
  at: Instant | null;
  on: PlainDate | null;
  kind: Interaction['kind'] | null;
}
export const NEVER_CONTACTED: LastContact = { at: null, on: null, kind: null };

/** The columns of the last and the next contact. */
export const contactColumns = (
  facts: Omit<ContactFacts, 'lastContactOn'>,
  last: LastContact,
): Record<string, string | null> => {
  const dates = contactDates({ ...facts, lastContactOn: last.on });
  return {
    last_contact_at: last.at,
    last_contact_on: last.on,
    last_contact_kind: last.kind,
    soon_on: dates.soonOn,
    due_on: dates.dueOn,
    neglect_on: neglectDates(facts.class, dates.intervalDays, dates.dueOn)?.from ?? null,
  };
};

interface Row {
  customer_id: string;
  class: Customer['class'];
  status: Customer['status'];
  interval_days: number | null;
  added_on: PlainDate;
  at: Instant | null;
  kind: Interaction['kind'] | null;
  zone: string | null;
}

const UPDATE = `UPDATE customer_fact SET ${Object.keys(
  contactColumns({ class: null, status: 'closed', contactIntervalDays: null, addedOn: '' }, NEVER_CONTACTED),
)
  .map((name) => `${name} = ?`)
  .join(', ')} WHERE customer_id = ?`;

/** Finds the last contact of each customer through the index and computes when the next is due. */
export const refreshContacts = (db: WritableDb, ids: string): void => {
  const rows = read<Row>(
    db,
    `SELECT f.customer_id, f.class, f.status, f.interval_days, f.added_on, i.at, i.kind, i.zone
     FROM json_each(?) j JOIN customer_fact f ON f.customer_id = j.value
     LEFT JOIN interaction i ON i.rowid = (
       SELECT x.rowid FROM interaction x WHERE x.customer_id = f.customer_id AND ${COUNTED}
       ORDER BY x.at DESC, x.rowid DESC LIMIT 1)`,
  ).all(ids);
  for (const row of rows) {
    const last: LastContact = {
      at: row.at,
      on: row.at && plainDate(row.at, row.zone ?? 'UTC'),
      kind: row.kind,
    };
    const columns = contactColumns(
      { ...row, contactIntervalDays: row.interval_days, addedOn: row.added_on },
      last,
    );
    write(db, UPDATE).run(...Object.values(columns), row.customer_id);
  }
};
