import type { Output } from '#shared/contracts/registry.ts';
import type { Instant } from '#shared/domain/dates.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

type Changed = Output<'today.get'>['changed'];
type Row = Changed['rows'][number];

const DAYS = 7;
const DAY_MS = 86_400_000;
/** So many of the newest changes are looked through; a list that long is read by nobody. */
const LOOKED_AT = 300;

interface NewCustomer {
  id: string;
  name: string;
  at: Instant;
}

const newCustomers = (db: ReadableDb, since: Instant): Row[] =>
  read<NewCustomer>(
    db,
    `SELECT customer_id AS id, name, created_at AS at FROM (
       SELECT customer_id, name, created_at FROM customer_fact ORDER BY n DESC LIMIT ${LOOKED_AT})
     WHERE created_at >= ?`,
  )
    .all(since)
    .map(({ id, name, at }) => ({
      customerId: id,
      name,
      at,
      entity: 'customer',
      recordId: id,
      key: 'changed.customerNew',
      params: {},
    }));

interface ChangeRow {
  entity: 'customer' | 'companyContact' | 'holding' | 'facility';
  record_id: string;
  fields: string;
  before: string;
  at: Instant;
  customer_id: string;
  name: string;
  label: string | null;
}

/** What a change of a field is called under `changed.*` of the locale; other fields are not news. */
const NEWS: Record<ChangeRow['entity'], Record<string, string>> = {
  customer: { class: 'class', status: 'status', phones: 'phones', employer: 'employer' },
  companyContact: { leftOn: 'contactLeft', jobTitle: 'jobTitle' },
  holding: { balanceMinor: 'balance', maturesOn: 'maturity' },
  facility: { limitMinor: 'limit', usedMinor: 'usage', expiresOn: 'expiry' },
};

const plain = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : '–';

const AMOUNTS: readonly string[] = ['balance', 'limit', 'usage'];

/** Amounts are told by how much they moved, `+12` or `-30`; one that came from nothing or hardly moved is not news. */
const movement = (from: unknown, to: unknown): string | undefined => {
  if (typeof from !== 'number' || typeof to !== 'number' || from === 0) return undefined;
  const percent = Math.round(((to - from) / Math.abs(from)) * 100);
  if (percent === 0) return undefined;
  return percent > 0 ? `+${percent}` : String(percent);
};

/** The values of one piece of news, or nothing when it is none. */
const paramsOf = (news: string, from: unknown, to: unknown): Row['params'] | undefined => {
  if (!AMOUNTS.includes(news))
    return news === 'contactLeft' && !to ? undefined : { from: plain(from), to: plain(to) };
  const percent = movement(from, to);
  return percent === undefined ? undefined : { percent };
};

const newsOf = (row: ChangeRow): Row[] => {
  const fields = JSON.parse(row.fields) as Record<string, unknown>;
  const before = JSON.parse(row.before) as Record<string, unknown>;
  return Object.entries(NEWS[row.entity]).flatMap(([field, news]) => {
    const params = field in fields ? paramsOf(news, before[field], fields[field]) : undefined;
    if (!params) return [];
    return {
      customerId: row.customer_id,
      name: row.name,
      at: row.at,
      entity: row.entity,
      recordId: row.record_id,
      key: `changed.${news}`,
      params: { ...params, label: row.label ?? '' },
    };
  });
};

const changedFacts = (db: ReadableDb, since: Instant): Row[] =>
  read<ChangeRow>(
    db,
    `SELECT c.entity, c.record_id, c.fields, c.before, c.typed_at AS at, f.customer_id, f.name,
       coalesce(p.name, h.product_name, l.name) AS label
     FROM (SELECT * FROM change
       WHERE op = 'update' AND entity IN ('customer', 'companyContact', 'holding', 'facility')
       ORDER BY seq DESC LIMIT ${LOOKED_AT}) c
     LEFT JOIN company_contact p ON c.entity = 'companyContact' AND p.id = c.record_id
     LEFT JOIN holding h ON c.entity = 'holding' AND h.id = c.record_id
     LEFT JOIN facility l ON c.entity = 'facility' AND l.id = c.record_id
     JOIN customer_fact f ON f.customer_id = coalesce(p.customer_id, h.customer_id, l.customer_id, c.record_id)
     WHERE c.typed_at >= ? ORDER BY c.seq DESC`,
  )
    .all(since)
    .flatMap(newsOf);

/** S0-01 "what changed": new customers and moved facts of the last seven days, the newest of each kind per record. */
export const recentChanges = (db: ReadableDb, now: Date, limit: number): Changed => {
  const since = new Date(now.getTime() - DAYS * DAY_MS).toISOString();
  const newest = new Map<string, Row>();
  for (const row of [...changedFacts(db, since), ...newCustomers(db, since)]) {
    const key = `${row.key}${row.recordId}`;
    if (!newest.has(key)) newest.set(key, row);
  }
  const rows = [...newest.values()].toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
  return { total: rows.length, rows: rows.slice(0, limit) };
};
