import type { Output } from '#shared/contracts/registry.ts';
import type { PlainDate } from '#shared/domain/dates.ts';
import type { Customer } from '#shared/domain/entities/index.ts';
import { contactDue } from '#shared/domain/rules/contact-interval.ts';
import { type RiskWindow, signalOn } from '#shared/domain/rules/risk-signals.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

type Today = Output<'today.get'>;
type Owed = Today['owed']['rows'][number];

interface Row {
  id: string;
  name: string;
  class: Customer['class'];
  class_rank: number;
  status: Customer['status'];
  phone: string | null;
  do_not_call: number;
  interval_days: number | null;
  added_on: PlainDate;
  last_contact_on: PlainDate | null;
  last_contact_at: string | null;
  due_on: PlainDate;
}

const RANKS = [1, 2, 3, 4, 5];

/** Contacts due by today of those who may be called or not: by class, the longest overdue first, straight from the index. */
const dueOf = (db: ReadableDb, callable: 0 | 1, today: PlainDate, limit: number): Row[] => {
  const rows: Row[] = [];
  for (const rank of RANKS) {
    rows.push(
      ...read<Row>(
        db,
        `SELECT customer_id AS id, name, class, class_rank, status, phone, do_not_call, interval_days, added_on,
           last_contact_on, last_contact_at, due_on FROM customer_fact
         WHERE callable = ? AND class_rank = ? AND due_on <= ? ORDER BY due_on LIMIT ?`,
      ).all(callable, rank, today, limit - rows.length),
    );
    if (rows.length >= limit) break;
  }
  return rows;
};

const countDue = (db: ReadableDb, callable: 0 | 1, today: PlainDate): number =>
  RANKS.reduce(
    (sum, rank) =>
      sum +
      (read<{ n: number }>(
        db,
        'SELECT count(*) AS n FROM customer_fact WHERE callable = ? AND class_rank = ? AND due_on <= ?',
      ).get(callable, rank, today)?.n ?? 0),
    0,
  );

const toOwed = (row: Row, today: PlainDate): Owed => ({
  customerId: row.id,
  name: row.name,
  class: row.class,
  phone: row.phone,
  doNotCall: row.do_not_call === 1,
  contact: contactDue(
    {
      class: row.class,
      status: row.status,
      contactIntervalDays: row.interval_days,
      addedOn: row.added_on,
      lastContactOn: row.last_contact_on,
    },
    row.last_contact_at,
    today,
  ),
});

/** S0-01 "whom do I owe contact", and of these the ones to call. */
export const owedContacts = (
  db: ReadableDb,
  today: PlainDate,
  limit: number,
): Pick<Today, 'owed' | 'calls'> => {
  const toCall = dueOf(db, 1, today, limit);
  const others = dueOf(db, 0, today, limit);
  const all = [...toCall, ...others].toSorted(
    (a, b) => a.class_rank - b.class_rank || (a.due_on < b.due_on ? -1 : a.due_on > b.due_on ? 1 : 0),
  );
  const calls = countDue(db, 1, today);
  return {
    calls: { total: calls, rows: toCall.map((row) => toOwed(row, today)) },
    owed: {
      total: calls + countDue(db, 0, today),
      rows: all.slice(0, limit).map((row) => toOwed(row, today)),
    },
  };
};

interface RiskRow {
  id: string;
  name: string;
  class: Customer['class'];
  kind: RiskWindow['kind'];
  from_on: PlainDate;
  urgent_from: PlainDate | null;
  until_on: PlainDate;
  params: string;
  source: string;
}

/** S0-01 "who is at risk": urgent first, then by class; an overdue contact alone is already under what is owed. */
export const standingRisks = (db: ReadableDb, today: PlainDate, limit: number): Today['risks'] => {
  const standing = 'FROM customer_risk r WHERE r.from_on <= @today AND r.until_on >= @today';
  const total = read<{ n: number }>(db, `SELECT count(*) AS n ${standing}`).get({ today })?.n ?? 0;
  const rows = read<RiskRow>(
    db,
    `SELECT f.customer_id AS id, f.name, f.class, r.kind, r.from_on, r.urgent_from, r.until_on, r.params, r.source
     FROM (SELECT r.rowid AS row ${standing}
       ORDER BY r.urgent_from IS NULL OR r.urgent_from > @today, r.class_rank, r.from_on DESC LIMIT @limit) top
     JOIN customer_risk r ON r.rowid = top.row JOIN customer_fact f ON f.customer_id = r.customer_id`,
  ).all({ today, limit });
  return {
    total,
    rows: rows.flatMap((row) => {
      const risk = signalOn(
        {
          kind: row.kind,
          from: row.from_on,
          urgentFrom: row.urgent_from,
          until: row.until_on,
          params: JSON.parse(row.params) as RiskWindow['params'],
          source: JSON.parse(row.source) as RiskWindow['source'],
        },
        today,
      );
      return risk ? [{ customerId: row.id, name: row.name, class: row.class, risk }] : [];
    }),
  };
};
