import type { CustomerRow } from '#shared/contracts/customers.ts';
import { daysBetween } from '#shared/domain/dates.ts';
import type { CustomerColumn } from '#shared/domain/filter.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { columnValue, customValue } from './columns.ts';
import type { Day } from './day.ts';
import { join, type Sql, sql } from './sql.ts';

type Raw = Record<string, string | number | null>;
const CUSTOM = 'custom:';
type Computed = Exclude<CustomerColumn, 'daysSinceContact'>;

/** Columns every row carries. */
const ALWAYS: readonly Computed[] = [
  'kind',
  'name',
  'class',
  'status',
  'tags',
  'phone',
  'contactState',
  'dueOn',
  'lastContactAt',
  'nextVisitAt',
  'nextMaturityOn',
  'openPromises',
  'openTasks',
  'riskCount',
  'completeness',
  'doNotCall',
];
/** Columns that travel in `more` when a view asks for them. */
const MORE: readonly Computed[] = [
  'area',
  'address',
  'occupation',
  'employer',
  'industry',
  'companySize',
  'age',
  'birthDate',
  'riskLevel',
  'marketingConsent',
  'customerNo',
  'createdAt',
];

const named = (value: Sql, name: string): Sql => sql(`${value.text} AS "${name}"`, ...value.params);

const toRow = (raw: Raw, more: CustomerRow['more']): CustomerRow => {
  const row: Raw = {};
  for (const name of ALWAYS) row[name] = raw[name] ?? null;
  return {
    ...(row as unknown as CustomerRow),
    id: raw.id as string,
    tags: JSON.parse(raw.tags as string) as string[],
    doNotCall: raw.doNotCall === 1,
    lastContactKind: raw.lastContactKind as CustomerRow['lastContactKind'],
    balanceMinor: raw.balanceMinor as number | null,
    currency: raw.currency as string | null,
    more,
  };
};

/** Which column of the facts a list of keys names. */
type Key = 'n' | 'customer_id';

/**
 * The rows of some customers, in the order of their keys; keys of nobody are left out.
 * `columns` adds what only some views show; without it, all but custom fields.
 */
export const rowsOf = (
  db: ReadableDb,
  key: Key,
  keys: readonly (string | number)[],
  day: Day,
  columns?: readonly string[],
): CustomerRow[] => {
  const custom = columns?.filter((name) => name.startsWith(CUSTOM)) ?? [];
  const more = MORE.filter((name) => !columns || columns.includes(name));
  const select = join(
    [
      sql('f.customer_id AS id, f.last_contact_on AS lastContactOn, f.last_contact_kind AS lastContactKind'),
      sql('f.balance_minor AS balanceMinor, f.currency'),
      ...[...ALWAYS, ...more].map((name) => named(columnValue(name, day), name)),
      ...custom.map((name, n) => named(customValue(name.slice(CUSTOM.length)), `custom${n}`)),
    ],
    ', ',
  );
  const raws = read<Raw>(
    db,
    `SELECT ${select.text} FROM json_each(?) j JOIN customer_fact f ON f.${key} = j.value ORDER BY j.key`,
  ).all(...select.params, JSON.stringify(keys));
  const withDays = !columns || columns.includes('daysSinceContact');
  return raws.map((raw) => {
    const extra: CustomerRow['more'] = {};
    for (const name of more) extra[name] = raw[name] ?? null;
    custom.forEach((name, n) => {
      extra[name] = raw[`custom${n}`] ?? null;
    });
    const lastOn = raw.lastContactOn as string | null;
    if (withDays) extra.daysSinceContact = lastOn === null ? null : daysBetween(lastOn, day.today);
    return toRow(raw, extra);
  });
};
