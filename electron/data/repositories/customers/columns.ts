import type { CustomerColumn } from '#shared/domain/filter.ts';
import { COMPANY_SIZES, CUSTOMER_STATUSES } from '#shared/domain/vocabulary.ts';
import { OPEN_VISITS } from '../customer-facts/sums.ts';
import type { Day } from './day.ts';
import { type Sql, sql } from './sql.ts';

const onDay = (text: string, count: number) => (day: Day) => sql(text, ...Array(count).fill(day.today));

const stored = (column: string) => () => sql(`f.${column}`);

/** Rank of a choice in its vocabulary, so that small sorts before large. */
const ranked = (column: string, words: readonly string[]) => () =>
  sql(`CASE f.${column} ${words.map((word, rank) => `WHEN '${word}' THEN ${rank}`).join(' ')} END`);

/**
 * How each column of the customer table is computed from its facts (`f`). What depends on the day is computed here, from
 * dates; a stored first visit or maturity that lies in the past gives way to the next one.
 */
const VALUES: Record<Exclude<CustomerColumn, 'daysSinceContact'>, (day: Day) => Sql> = {
  name: stored('name'),
  kind: stored('kind'),
  class: stored('class'),
  status: stored('status'),
  contactState: onDay(
    `CASE WHEN f.due_on IS NULL THEN 'none' WHEN f.due_on < ? THEN 'overdue' WHEN f.due_on = ? THEN 'due'
       WHEN f.soon_on <= ? THEN 'soon' ELSE 'ok' END`,
    3,
  ),
  dueOn: stored('due_on'),
  lastContactAt: stored('last_contact_at'),
  nextVisitAt: ({ now }) =>
    sql(
      `CASE WHEN f.next_visit_at IS NULL OR f.next_visit_at >= ? THEN f.next_visit_at ELSE
         (SELECT min(v.starts_at) FROM visit v WHERE v.customer_id = f.customer_id AND v.starts_at >= ?
            AND v.deleted = 0 AND v.state IN ${OPEN_VISITS}) END`,
      now,
      now,
    ),
  balance: stored('balance_minor'),
  nextMaturityOn: onDay(
    `CASE WHEN f.next_maturity_on IS NULL OR f.next_maturity_on >= ? THEN f.next_maturity_on ELSE
       (SELECT min(h.matures_on) FROM holding h WHERE h.customer_id = f.customer_id AND h.matures_on >= ?
          AND h.deleted = 0) END`,
    2,
  ),
  openPromises: stored('open_promises'),
  openTasks: stored('open_tasks'),
  completeness: stored('completeness'),
  riskCount: onDay(
    `(f.neglect_on IS NOT NULL AND f.neglect_on <= ?) + (SELECT count(*) FROM customer_risk r
       WHERE r.customer_id = f.customer_id AND r.from_on <= ? AND r.until_on >= ?)`,
    3,
  ),
  tags: stored('tags'),
  phone: stored('phone'),
  area: stored('area'),
  address: () => sql('(SELECT c.address FROM customer c WHERE c.id = f.customer_id)'),
  occupation: stored('occupation'),
  employer: stored('employer'),
  industry: stored('industry'),
  companySize: stored('company_size'),
  age: stored('age'),
  birthDate: stored('birth_date'),
  riskLevel: stored('risk_level'),
  doNotCall: stored('do_not_call'),
  marketingConsent: stored('marketing_consent'),
  customerNo: stored('customer_no'),
  createdAt: stored('created_at'),
};

/** The value of a column. */
export const columnValue = (column: Exclude<CustomerColumn, 'daysSinceContact'>, day: Day): Sql =>
  VALUES[column](day);

/** The value of a custom field; its name is data, never part of the statement. */
export const customValue = (name: string): Sql =>
  sql(
    "(SELECT e.value FROM customer c, json_each(c.custom) e WHERE c.id = f.customer_id AND e.key = ? AND c.custom <> '{}')",
    name,
  );

const SORT_KEYS: Partial<Record<CustomerColumn, (day: Day) => Sql>> = {
  name: stored('name_key'),
  status: ranked('status', CUSTOMER_STATUSES),
  companySize: ranked('company_size', COMPANY_SIZES),
  contactState: onDay(
    `CASE WHEN f.due_on IS NULL THEN NULL WHEN f.due_on < ? THEN 1 WHEN f.due_on = ? THEN 2
       WHEN f.soon_on <= ? THEN 3 ELSE 4 END`,
    3,
  ),
};

/** What a column sorts by. */
export const sortKeyOf = (column: CustomerColumn, day: Day): Sql =>
  SORT_KEYS[column]?.(day) ??
  // Days since a contact run against its date; the contract does not offer it for sorting, an old saved view might.
  columnValue(column === 'daysSinceContact' ? 'lastContactAt' : column, day);
