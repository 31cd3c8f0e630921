import { v7 as uuid } from 'uuid';
import type { ImportMapping, ImportResult } from '#shared/contracts/book.ts';
import { instantAt } from '#shared/domain/dates.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { findDuplicate, keysOf } from './find-duplicate.ts';
import { type Fields, type MappedRow, mapRow, nameOf } from './map-row.ts';
import type { CsvRow } from './reader.ts';

export type Counts = ImportResult['counts'];
export type BadRow = ImportResult['badRows'][number];

export interface PlanOptions {
  db: ReadableDb;
  importId: string;
  mapping: ImportMapping;
  columns: readonly string[];
  zone: string;
  today: string;
  at: string;
}

export const noCounts = (): Counts => ({
  rows: 0,
  created: 0,
  updated: 0,
  skipped: 0,
  bad: 0,
  interactions: 0,
  holdings: 0,
});

type Phones = { number: string; label: string }[];

/** What an update changes: known values of the file over what is here; lists and own fields are added to. */
const updateOf = (db: ReadableDb, id: string, row: MappedRow): Fields => {
  const stored = read(db, 'SELECT * FROM customer WHERE id = ?').get(id);
  if (!stored) return {};
  const current = codecs.customer.decode(stored);
  const { phones, ...fields } = row.customer;
  const known = (current.phones as Phones) ?? [];
  const added = ((phones as Phones | undefined) ?? []).filter(
    (phone) => !known.some((one) => one.number === phone.number),
  );
  return {
    ...fields,
    ...(added.length > 0 && { phones: [...known, ...added] }),
    ...(Object.keys(row.custom).length > 0 && { custom: { ...(current.custom as Fields), ...row.custom } }),
  };
};

/** Turns rows into changes, counting as it goes; the same code for the dry run and the run. */
export const createPlanner = (options: PlanOptions) => {
  const { db, mapping, importId, at, zone, today } = options;
  const counts = noCounts();
  const badRows: BadRow[] = [];
  /** Customers of this file, by their keys: a file may name somebody twice. */
  const seen = new Map<string, string>();

  const existing = (fields: Fields): string | null => {
    for (const key of keysOf(fields)) {
      const id = seen.get(key);
      if (id) return id;
    }
    return findDuplicate(db, fields);
  };

  const belowOf = (customerId: string, row: MappedRow): Change[] => {
    const changes: Change[] = [];
    if (row.holding.balanceMinor !== undefined || row.holding.productName !== undefined) {
      counts.holdings += 1;
      changes.push({
        entity: 'holding',
        id: uuid(),
        op: 'create',
        fields: {
          kind: 'current',
          productName: 'Balance',
          currency: mapping.currency,
          asOf: today,
          ...row.holding,
          customerId,
          importId,
          createdAt: at,
        },
      });
    }
    if (row.interaction.at !== undefined) {
      counts.interactions += 1;
      changes.push({
        entity: 'interaction',
        id: uuid(),
        op: 'create',
        fields: {
          kind: 'call',
          channel: 'phone',
          ...row.interaction,
          at: instantAt(String(row.interaction.at), '10:00', zone),
          zone,
          customerId,
          importId,
          createdAt: at,
        },
      });
    }
    return changes;
  };

  const plan = (csv: CsvRow): Change[] => {
    counts.rows += 1;
    const row = mapRow(csv.cells, options.columns, mapping, today);
    if (row.bad.length > 0) {
      counts.bad += 1;
      badRows.push(...row.bad.map((one) => ({ line: csv.line, ...one })));
      return [];
    }
    const { name, made } = nameOf(row.customer, mapping, counts.rows);
    const fields: Fields = { ...row.customer, name };
    const duplicate = mapping.duplicates === 'create' || made ? null : existing(fields);
    if (duplicate && mapping.duplicates === 'skip') {
      counts.skipped += 1;
      return [];
    }
    if (duplicate) {
      counts.updated += 1;
      const patch = updateOf(db, duplicate, { ...row, customer: fields });
      const changes: Change[] =
        Object.keys(patch).length > 0
          ? [{ entity: 'customer', id: duplicate, op: 'update', fields: patch }]
          : [];
      return [...changes, ...belowOf(duplicate, row)];
    }
    const id = uuid();
    counts.created += 1;
    for (const key of keysOf(fields)) seen.set(key, id);
    return [
      {
        entity: 'customer',
        id,
        op: 'create',
        fields: { kind: mapping.kind, ...fields, custom: row.custom, importId, createdAt: at },
      },
      ...belowOf(id, row),
    ];
  };
  return { plan, counts, badRows };
};
