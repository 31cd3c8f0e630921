import type { DatedEvent } from '#shared/contracts/customers.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { addDays, addMonths, daysBetween, type PlainDate, yearOf } from '#shared/domain/dates.ts';
import {
  byDate,
  DATE_PARAMETERS,
  datedEvent,
  datedEventsOf,
  festivalEvents,
  maturityParams,
  type Span,
} from '#shared/domain/rules/dated-events.ts';
import { type YearlyKey, yearlyKeysBetween } from '#shared/domain/rules/yearly-dates.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { fileOf } from '../customers/outlook.ts';

/** Longest span that is listed: a calendar shows a month, a plan a year. */
const MAX_DAYS = 400;

interface Named {
  id: string;
  customer_id: string;
  customer_name: string;
}

const owner = (row: Named) => ({ id: row.customer_id, name: row.customer_name });

/** A kind of event that an index finds by its date. */
interface Finder {
  count(db: ReadableDb, span: Span): number;
  /** The first events of the span, in the order of their dates. */
  first(db: ReadableDb, span: Span, limit: number): DatedEvent[];
}

/** Makes a finder from a table with a date column; customers that are closed or gone have no dates ahead. */
const dated = <R extends Named>(
  table: string,
  column: string,
  select: string,
  bounds: (span: Span) => [PlainDate, PlainDate],
  toEvent: (row: R & { at: PlainDate }, span: Span) => DatedEvent,
): Finder => {
  const customerId = table === 'customer' ? 't.id' : 't.customer_id';
  const from = `FROM ${table} t CROSS JOIN customer_fact f ON f.customer_id = ${customerId} AND f.status <> 'closed'
    WHERE t.${column} BETWEEN ? AND ? AND t.deleted = 0 AND t.${column} IS NOT NULL`;
  return {
    count: (db, span) => read<{ n: number }>(db, `SELECT count(*) AS n ${from}`).get(...bounds(span))?.n ?? 0,
    first: (db, span, limit) =>
      read<R & { at: PlainDate }>(
        db,
        `SELECT t.id, ${customerId} AS customer_id, f.name AS customer_name, t.${column} AS at, ${select} ${from}
         ORDER BY t.${column} LIMIT ?`,
      )
        .all(...bounds(span), limit)
        .map((row) => toEvent(row, span)),
  };
};

const exact = ({ from, to }: Span): [PlainDate, PlainDate] => [from, to];

interface Holding extends Named {
  product_name: string;
  balance_minor: number | null;
  currency: string;
}

const maturities = dated<Holding>(
  'holding',
  'matures_on',
  't.product_name, t.balance_minor, t.currency',
  exact,
  (row, { today }) =>
    datedEvent(
      'maturity',
      row.at,
      today,
      owner(row),
      maturityParams({
        productName: row.product_name,
        balanceMinor: row.balance_minor,
        currency: row.currency,
      }),
      { entity: 'holding', id: row.id, label: row.product_name },
    ),
);

/** A facility is brought up on its reminders and on its day. */
const expiries = [...DATE_PARAMETERS.facilityReminders, 0].map((before) =>
  dated<Named & { name: string }>(
    'facility',
    'expires_on',
    't.name',
    ({ from, to }) => [addDays(from, before), addDays(to, before)],
    (row, { today }) =>
      datedEvent(
        'facilityExpiry',
        addDays(row.at, -before),
        today,
        owner(row),
        { name: row.name, expiresOn: row.at, before },
        { entity: 'facility', id: row.id, label: row.name },
      ),
  ),
);

const valuations = dated<Named & { name: string }>(
  'collateral',
  'valued_on',
  't.name',
  ({ from, to }) => [
    addMonths(from, -DATE_PARAMETERS.valuationMonths),
    addMonths(to, -DATE_PARAMETERS.valuationMonths),
  ],
  (row, { today }) =>
    datedEvent(
      'valuationDue',
      addMonths(row.at, DATE_PARAMETERS.valuationMonths),
      today,
      owner(row),
      { name: row.name, valuedOn: row.at },
      { entity: 'collateral', id: row.id, label: row.name },
    ),
);

const insurances = dated<Named & { name: string }>(
  'collateral',
  'insurance_expires_on',
  't.name',
  exact,
  (row, { today }) =>
    datedEvent(
      'insuranceExpiry',
      row.at,
      today,
      owner(row),
      { name: row.name },
      { entity: 'collateral', id: row.id, label: row.name },
    ),
);

const riskProfiles = dated<Named>('customer', 'risk_valid_until', 't.kind', exact, (row, { today }) =>
  datedEvent(
    'riskProfileExpiry',
    row.at,
    today,
    owner(row),
    {},
    {
      entity: 'customer',
      id: row.customer_id,
      label: row.customer_name,
    },
  ),
);

interface YearlyRow extends Named {
  kind: 'birthday' | 'contactBirthday' | 'anniversary';
  key: YearlyKey;
  since: PlainDate;
  contact: string | null;
}

const yearlyEvent = (row: YearlyRow, on: PlainDate, today: PlainDate): DatedEvent => {
  const years = yearOf(on) - yearOf(row.since);
  const calendar = /^\d/.test(row.key) ? 'solar' : 'lunar';
  const contact = row.contact ?? '';
  if (row.kind === 'contactBirthday')
    return datedEvent(
      row.kind,
      on,
      today,
      owner(row),
      { name: contact, turns: years, calendar },
      {
        entity: 'companyContact',
        id: row.id,
        label: contact,
      },
    );
  const source = { entity: 'customer', id: row.customer_id, label: row.customer_name };
  return row.kind === 'birthday'
    ? datedEvent(row.kind, on, today, owner(row), { turns: years, calendar }, source)
    : datedEvent(row.kind, on, today, owner(row), { years }, source);
};

/** Birthdays and anniversaries: the keys of the span are looked up day by day until there are enough. */
const yearly: Finder = {
  count: (db, { from, to }) =>
    read<{ n: number }>(
      db,
      'SELECT count(*) AS n FROM json_each(?) j JOIN yearly_date y ON y.key = j.value AND y.since < ?',
    ).get(JSON.stringify([...yearlyKeysBetween(from, to).keys()]), from)?.n ?? 0,
  first: (db, { from, to, today }, limit) => {
    const found: DatedEvent[] = [];
    const keysOfDay = Map.groupBy(yearlyKeysBetween(from, to), ([, on]) => on);
    for (const [on, entries] of [...keysOfDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const rows = read<YearlyRow>(
        db,
        `SELECT y.record_id AS id, y.customer_id, y.kind, y.key, y.since, f.name AS customer_name, p.name AS contact
         FROM json_each(?) j JOIN yearly_date y ON y.key = j.value AND y.since < ?
         JOIN customer_fact f ON f.customer_id = y.customer_id
         LEFT JOIN company_contact p ON y.kind = 'contactBirthday' AND p.id = y.record_id LIMIT ?`,
      ).all(JSON.stringify(entries.map(([key]) => key)), on, limit - found.length);
      found.push(...rows.map((row) => yearlyEvent(row, on, today)));
      if (found.length >= limit) break;
    }
    return found;
  },
};

const FINDERS: readonly Finder[] = [yearly, maturities, ...expiries, valuations, insurances, riskProfiles];

/** S1-05: the first dated events of a span over all customers, festivals among them, and how many there are. */
export const firstEvents = (
  db: ReadableDb,
  span: Span,
  limit: number,
): { total: number; rows: DatedEvent[] } => {
  const festivals = festivalEvents(span);
  const total = FINDERS.reduce((sum, finder) => sum + finder.count(db, span), festivals.length);
  const rows = [...festivals, ...FINDERS.flatMap((finder) => finder.first(db, span, limit))];
  return { total, rows: rows.toSorted(byDate).slice(0, limit) };
};

const EVERY = 100_000;

/** Every dated event of a span, of one customer or of all. */
export const eventsBetween = (db: ReadableDb, span: Span, customerId: string | undefined): DatedEvent[] => {
  if (daysBetween(span.from, span.to) > MAX_DAYS)
    throw new AppError('invalid_input', {
      fields: [{ path: 'to', rule: 'validation.tooBig', params: { maximum: MAX_DAYS } }],
    });
  if (customerId) return datedEventsOf(fileOf(db, customerId), span);
  return firstEvents(db, span, EVERY).rows;
};
