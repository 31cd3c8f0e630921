import type { ImportMapping, ImportResult } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { CsvRow } from '#shared/domain/csv/parser.ts';
import { parseTarget } from '#shared/domain/import/fields.ts';
import { createRowReader, type ImportColumn, type ImportedRow } from '#shared/domain/import/row.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { createIdMaker } from '../../new-ids.ts';
import { customerFields, holdingFields, type ImportFrame, interactionFields } from './changes-of-row.ts';
import { findCustomer, type Identity, identityOf, isAnother, keysOf } from './find-customer.ts';
import { labelsOf } from './labels.ts';

export type Counts = ImportResult['counts'];
export type BadRow = ImportResult['badRows'][number];
type Fields = Record<string, unknown>;

interface Seen {
  id: string;
  who: Identity;
}
/** A dry run remembers so many keys twice over: rows of one customer further apart count as two there. */
const MOST_SEEN = 100_000;

export interface PlanOptions extends Pick<ImportFrame, 'importId' | 'at' | 'zone' | 'mapping'> {
  db: ReadableDb;
  names: readonly string[];
  today: string;
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

/** The columns of a file with their targets. @throws invalid_input for a target that does not exist. */
const columnsOf = (names: readonly string[], mapping: ImportMapping): ImportColumn[] =>
  Array.from({ length: Math.max(names.length, mapping.columns.length) }, (_, n) => {
    const target = parseTarget(mapping.columns[n] ?? 'skip');
    if (!target)
      throw new AppError('invalid_input', {
        fields: [{ path: `mapping.columns.${n}`, rule: 'badRow.unknownTarget' }],
      });
    return { name: names[n] ?? `#${n + 1}`, target };
  });

const balanceNameOf = (columns: readonly ImportColumn[]): string =>
  columns.find(({ target }) => target.to === 'holding' && target.field === 'balanceMinor')?.name ?? '#';

/** Turns rows into changes, counting as it goes; the same code for the dry run and the run. */
export const createPlanner = (options: PlanOptions) => {
  const { db, mapping, names } = options;
  const columns = columnsOf(names, mapping);
  const frame: ImportFrame = { ...options, balanceName: balanceNameOf(columns) };
  const reader = createRowReader({
    columns,
    currency: mapping.currency,
    dateOrder: mapping.dateOrder,
    assumeYear: mapping.assumeYear,
    today: options.today,
    labels: labelsOf,
  });
  const nobody = names.some((name) => /\p{Script=Han}/u.test(name)) ? '客户' : 'Customer';
  const newId = createIdMaker();
  let counts = noCounts();
  let badRows: BadRow[] = [];
  let changes: Change[] = [];
  /** Changes of customers that wait in `changes`: a file may name somebody twice. */
  let waiting = new Map<string, Change>();
  /** Customers of this file that the book does not have yet: the newest, and those before them. */
  let seen = new Map<string, Seen>();
  let seenBefore = new Map<string, Seen>();

  const remember = (one: Seen): void => {
    if (seen.size > MOST_SEEN) {
      seenBefore = seen;
      seen = new Map();
    }
    for (const key of keysOf(one.who)) seen.set(key, one);
  };

  const known = (who: Identity): string | null => {
    for (const key of keysOf(who)) {
      const other = seen.get(key) ?? seenBefore.get(key);
      if (other && !isAnother(who, other.who)) return other.id;
    }
    return findCustomer(db, who);
  };

  /** What people without a name are called: by what they do, and the number of the row. */
  const madeName = ({ customer }: ImportedRow): string => {
    const about = customer.occupation ?? customer.employer ?? customer.customerNo ?? nobody;
    return `${String(about).slice(0, 150)} ${String(counts.rows).padStart(5, '0')}`;
  };

  const push = (entity: Change['entity'], id: string, op: Change['op'], fields: Fields): Change => {
    const change: Change = { entity, id, op, fields };
    changes.push(change);
    return change;
  };

  const storedCustomer = (id: string): Fields => {
    const row = read(db, 'SELECT * FROM customer WHERE id = ?').get(id);
    return row ? codecs.customer.decode(row) : {};
  };

  const update = (id: string, row: ImportedRow): void => {
    const change = waiting.get(id);
    const current = change?.op === 'create' ? change.fields : { ...storedCustomer(id), ...change?.fields };
    const fields = customerFields(row, current);
    if (change) Object.assign(change.fields, fields);
    else if (Object.keys(fields).length > 0) waiting.set(id, push('customer', id, 'update', fields));
  };

  /** The holding that is meant when the file comes again: the same account, or the same product without one. */
  const sameHolding = (fields: Fields): string | null =>
    read<{ id: string }>(
      db,
      `SELECT id FROM holding WHERE customer_id = ? AND deleted = 0 AND currency = ?
       AND CASE WHEN ? IS NULL THEN account_tail IS NULL AND product_name = ? ELSE account_tail = ? END LIMIT 1`,
    ).get(
      fields.customerId,
      fields.currency,
      fields.accountTail ?? null,
      fields.productName,
      fields.accountTail ?? null,
    )?.id ?? null;

  const isLogged = (fields: Fields): boolean =>
    read(
      db,
      `SELECT 1 FROM interaction WHERE customer_id = ? AND at = ? AND kind = ? AND deleted = 0
       AND summary IS ? LIMIT 1`,
    ).get(fields.customerId, fields.at, fields.kind, fields.summary ?? null) !== undefined;

  const writeBelow = (customerId: string, row: ImportedRow, isNew: boolean): void => {
    const holding = holdingFields(row, customerId, frame);
    if (holding) {
      counts.holdings += 1;
      const same = isNew ? null : sameHolding(holding);
      if (same) {
        const { customerId: _customer, importId: _import, createdAt: _created, ...fields } = holding;
        push('holding', same, 'update', fields);
      } else push('holding', newId(), 'create', holding);
    }
    const interaction = interactionFields(row, customerId, frame);
    if (interaction && (isNew || !isLogged(interaction))) {
      counts.interactions += 1;
      push('interaction', newId(), 'create', interaction);
    }
  };

  const create = (row: ImportedRow, who: Identity): void => {
    const id = newId();
    counts.created += 1;
    const fields = {
      kind: mapping.kind,
      ...customerFields(row, {}),
      name: row.customer.name ?? madeName(row),
      importId: frame.importId,
      createdAt: frame.at,
    };
    waiting.set(id, push('customer', id, 'create', fields));
    if (mapping.duplicates !== 'create') remember({ id, who });
    writeBelow(id, row, true);
  };

  /** Reads a row. Null when something in it does not fit: that is counted, and the row is left out. */
  const readRow = (csv: CsvRow): ImportedRow | null => {
    counts.rows += 1;
    const row = reader.read(csv.cells);
    if (csv.openQuote)
      row.problems.unshift({
        column: '',
        value: csv.cells.join(' ').slice(0, 200),
        rule: 'badRow.openQuote',
      });
    if (row.problems.length === 0) return row;
    counts.bad += 1;
    badRows.push(...row.problems.map((problem) => ({ line: csv.line, ...problem })));
    return null;
  };

  return {
    get counts(): Counts {
      return { ...counts };
    },
    /** Plans what a row changes. */
    plan(csv: CsvRow): void {
      const row = readRow(csv);
      if (!row) return;
      const who = identityOf(row.customer, row.phones, mapping.kind);
      const same = mapping.duplicates === 'create' ? null : known(who);
      if (same === null) create(row, who);
      else if (mapping.duplicates === 'skip') counts.skipped += 1;
      else {
        counts.updated += 1;
        update(same, row);
        writeBelow(same, row, false);
      }
    },
    /** Goes over a row that an earlier try has written: only what is wrong with it is wanted again. */
    pass(csv: CsvRow): void {
      readRow(csv);
    },
    /** Goes on from counts that an earlier try came to. */
    resumeFrom(earlier: Counts): void {
      counts = { ...earlier };
    },
    /** What was planned and found wrong since the last time. */
    take(): { changes: Change[]; badRows: BadRow[] } {
      const taken = { changes, badRows };
      changes = [];
      badRows = [];
      waiting = new Map();
      return taken;
    },
    /** What was planned is in the database: the next rows find it there. */
    committed(): void {
      seen.clear();
      seenBefore.clear();
    },
  };
};
export type Planner = ReturnType<typeof createPlanner>;
