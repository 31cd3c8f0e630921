import { plainDate } from '#shared/domain/dates.ts';
import type {
  Collateral,
  CompanyContact,
  Customer,
  EntityName,
  Facility,
  Holding,
  Promise_,
} from '#shared/domain/entities/index.ts';
import { contactDates } from '#shared/domain/rules/contact-interval.ts';
import { type RiskFacts, riskWindows } from '#shared/domain/rules/risk-signals.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../../database/connection.ts';
import { OPEN_VISITS } from './sums.ts';

interface Row {
  customer_id: string;
  name: string;
  kind: Customer['kind'];
  class: Customer['class'];
  class_rank: number;
  status: Customer['status'];
  interval_days: number | null;
  added_on: string;
  due_on: string | null;
  last_contact_on: string | null;
}

/** Living records of some customers, by customer. */
const childrenOf = <R extends { customerId: string }>(
  db: ReadableDb,
  entity: EntityName,
  ids: string,
  where = '',
): Map<string, R[]> => {
  const rows = read(
    db,
    `SELECT t.* FROM json_each(?) j JOIN ${codecs[entity].table} t ON t.customer_id = j.value AND t.deleted = 0 ${where}`,
  ).all(ids);
  return Map.groupBy(
    rows.map((row) => codecs[entity].decode(row) as unknown as R),
    (one) => one.customerId,
  );
};

/** Contact persons of the latest 50 interactions of a customer. */
const touchedContacts = (db: ReadableDb, customerId: string): string[] =>
  read<{ id: string }>(
    db,
    `SELECT id FROM (SELECT company_contact_id AS id FROM interaction
       WHERE customer_id = ? AND deleted = 0 ORDER BY at DESC, rowid DESC LIMIT 50) WHERE id IS NOT NULL`,
  )
    .all(customerId)
    .map((row) => row.id);

/** Loads what the risk rules look at, for some customers (ids as a JSON list). */
export const loadRiskFacts = (db: ReadableDb, ids: string): (RiskFacts & { classRank: number })[] => {
  const rows = read<Row>(
    db,
    `SELECT f.customer_id, f.name, f.kind, f.class, f.class_rank, f.status, f.interval_days, f.added_on, f.due_on,
       f.last_contact_on FROM json_each(?) j JOIN customer_fact f ON f.customer_id = j.value`,
  ).all(ids);
  const holdings = childrenOf<Holding>(db, 'holding', ids);
  const facilities = childrenOf<Facility>(db, 'facility', ids);
  const collaterals = childrenOf<Collateral>(db, 'collateral', ids);
  const contacts = childrenOf<CompanyContact>(db, 'companyContact', ids);
  const promises = childrenOf<Promise_>(db, 'promise', ids, "AND t.status = 'open' AND t.made_by = 'me'");
  const visits = childrenOf<{ customerId: string; startsAt: string; zone: string }>(
    db,
    'visit',
    ids,
    `AND t.state IN ${OPEN_VISITS}`,
  );
  return rows.map((row) => {
    const id = row.customer_id;
    const people = contacts.get(id) ?? [];
    return {
      customer: { id, name: row.name, kind: row.kind, class: row.class, status: row.status },
      classRank: row.class_rank,
      intervalDays: contactDates({
        ...row,
        contactIntervalDays: row.interval_days,
        addedOn: row.added_on,
        lastContactOn: row.last_contact_on,
      }).intervalDays,
      dueOn: row.due_on,
      lastContactOn: row.last_contact_on,
      plannedOn: (visits.get(id) ?? []).map((visit) => plainDate(visit.startsAt, visit.zone)),
      holdings: holdings.get(id) ?? [],
      facilities: facilities.get(id) ?? [],
      collaterals: collaterals.get(id) ?? [],
      promises: promises.get(id) ?? [],
      contacts: people,
      touchedContactIds: people.length > 0 ? touchedContacts(db, id) : [],
    };
  });
};

/** Computes the risks of some customers anew; neglect is a column of the facts and not among them. */
export const refreshRisks = (db: WritableDb, ids: string): void => {
  write(db, 'DELETE FROM customer_risk WHERE customer_id IN (SELECT value FROM json_each(?))').run(ids);
  const insert = write(
    db,
    `INSERT INTO customer_risk (customer_id, class_rank, kind, from_on, urgent_from, until_on, params, source)
     VALUES (?,?,?,?,?,?,?,?)`,
  );
  for (const facts of loadRiskFacts(db, ids))
    for (const window of riskWindows(facts)) {
      if (window.kind === 'contactOverdue') continue;
      insert.run(
        facts.customer.id,
        facts.classRank,
        window.kind,
        window.from,
        window.urgentFrom,
        window.until,
        JSON.stringify(window.params),
        JSON.stringify(window.source),
      );
    }
};
