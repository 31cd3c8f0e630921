import { derivedId } from '#shared/domain/derived-id.ts';
import { entities } from '#shared/domain/entities/index.ts';
import { clientOf } from '#shared/sync/clock.ts';
import { stampOf } from '#shared/sync/mutation.ts';
import { sameValue } from '#shared/sync/same.ts';
import { Fault } from '../../http/fault.ts';
import { assign } from '../../store/assignments.ts';
import { isServerClient } from '../../store/clock.ts';
import type { Sql } from '../../store/database.ts';
import { keyOf, type StoredRecord } from '../../store/record.ts';
import { loadRecords } from '../../store/save.ts';
import { lockBook } from '../../store/seq.ts';
import { type ServerWrite, writeRecords } from '../../store/write.ts';
import { type AdminContext, instantOf } from '../context.ts';
import { customersByNumber, findKeeper } from '../customers.ts';
import type { ImportReport } from './report.ts';
import type { ReadRow } from './rows.ts';
import { type Importer, reject } from './run.ts';

export interface CustomerImport {
  bookId: string;
  /** What customers are whose row does not say. */
  kind: 'person' | 'company';
  /** The file wins over what a person typed. */
  overwrite: boolean;
}

const isTyped = (record: StoredRecord, field: string): boolean => {
  const stamp = stampOf(record.stamps, field);
  return stamp !== undefined && !isServerClient(clientOf(stamp));
};

/** What a file says of a customer who is there: without what a person typed since, unless the file is to win. */
const updateOf = (
  record: StoredRecord,
  fields: Record<string, unknown>,
  overwrite: boolean,
  report: ImportReport,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => {
      if (overwrite || !isTyped(record, field) || sameValue(record.data[field], value)) return true;
      report.kept += 1;
      return false;
    }),
  );

/** An unknown of a field that has another default is that default. */
const withoutNulls = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) =>
        value !== null ||
        (entities.customer.schema.shape as Record<string, { safeParse(v: unknown): { success: boolean } }>)[
          field
        ]?.safeParse(null).success,
    ),
  );

/** Customers by their number; their owner's user name assigns them. */
export const customerImporter = (
  context: AdminContext,
  { bookId, kind, overwrite }: CustomerImport,
): Importer => {
  const at = instantOf(context);
  const keepers = new Map<string, string | null>();
  const keeperId = async (sql: Sql, username: string): Promise<string | null> => {
    const known = keepers.get(username);
    if (known !== undefined) return known;
    const found = await findKeeper(sql, bookId, username).then(
      ({ id }) => id,
      (error: unknown) => {
        if (error instanceof Fault) return null;
        throw error;
      },
    );
    keepers.set(username, found);
    return found;
  };
  return {
    kind: 'customers',
    keyOf: ({ fields }) => String(fields.customerNo),
    async apply(sql, rows, report) {
      await lockBook(sql, bookId);
      const numberOf = ({ fields }: ReadRow): string => String(fields.customerNo);
      const known = await customersByNumber(sql, bookId, rows.map(numberOf));
      const idOf = (row: ReadRow): string =>
        known.get(numberOf(row)) ?? derivedId('bank-customer', bookId, numberOf(row));
      const names = rows.map((row) => ({ entity: 'customer', id: idOf(row) }));
      const held = new Map((await loadRecords(sql, bookId, names)).map((record) => [keyOf(record), record]));
      const writes: ServerWrite[] = [];
      const wanted: { customerId: string; accountId: string; role: 'owner' }[] = [];
      for (const row of rows) {
        const id = idOf(row);
        const { owner, ...said } = row.fields;
        const record = held.get(keyOf({ entity: 'customer', id }));
        const accountId = typeof owner === 'string' ? await keeperId(sql, owner) : undefined;
        if (accountId === null) reject(report, row, 'owner', 'no active manager or leader of this book');
        else if (record?.deleted) reject(report, row, 'customerNo', 'this customer was removed by a user');
        else if (!record && !said.name) reject(report, row, 'name', 'empty, and the customer is new');
        else {
          const fields = withoutNulls(said);
          writes.push({
            entity: 'customer',
            id,
            fields: record ? updateOf(record, fields, overwrite, report) : { kind, ...fields, createdAt: at },
          });
          if (accountId) wanted.push({ customerId: id, accountId, role: 'owner' });
        }
      }
      report.changed += await writeRecords(sql, bookId, writes, context.clock);
      report.changed += await assign(sql, bookId, wanted, { clock: context.clock, at });
    },
  };
};
