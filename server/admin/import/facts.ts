import { derivedId } from '#shared/domain/derived-id.ts';
import { entities } from '#shared/domain/entities/index.ts';
import { holdingKindOf } from '#shared/domain/import/words.ts';
import { Fault } from '../../http/fault.ts';
import { keyOf } from '../../store/record.ts';
import { loadRecords } from '../../store/save.ts';
import { lockBook } from '../../store/seq.ts';
import { type ServerWrite, writeRecords } from '../../store/write.ts';
import { type AdminContext, instantOf } from '../context.ts';
import { customersByNumber } from '../customers.ts';
import type { ReadRow } from './rows.ts';
import { type Importer, reject } from './run.ts';

export interface FactImport {
  bookId: string;
  /** What the file does not name is gone: it is the whole of the book. */
  complete: boolean;
  /** Removes however much that is. */
  force: boolean;
}

/** More than this share of what is there is not removed by a file unless it is forced: the file may be cut off. */
const MOST_REMOVED = 0.2;
const REMOVED_AT_ONCE = 1_000;

/** A blank of a field that cannot be unknown says nothing; fields left out stay as they are. */
const valuesOf = (entity: 'holding' | 'facility', said: Record<string, unknown>): Record<string, unknown> => {
  const shape = entities[entity].schema.shape as Record<
    string,
    { safeParse(v: unknown): { success: boolean } }
  >;
  return Object.fromEntries(
    Object.entries(said).filter(([field, value]) => value !== null || shape[field]?.safeParse(null).success),
  );
};

/** Holdings and facilities, by customer number and the bank's reference, of which no more than the tail is kept. */
export const factImporter = (
  context: AdminContext,
  entity: 'holding' | 'facility',
  { bookId, complete, force }: FactImport,
): Importer => {
  const at = instantOf(context);
  const seen = new Set<string>();
  const idOf = ({ fields }: ReadRow): string =>
    derivedId('bank-fact', entity, bookId, String(fields.customerNo), String(fields.reference));

  const writeOf = (row: ReadRow, customerId: string, isNew: boolean): ServerWrite => {
    const { customerNo: _, reference, removed: gone, ...said } = row.fields;
    const fields = valuesOf(entity, said);
    if (entity === 'holding') {
      fields.accountTail ??= String(reference).slice(-4);
      if (isNew) fields.kind ??= holdingKindOf(String(fields.productName ?? ''));
    }
    return {
      entity,
      id: idOf(row),
      fields: { ...fields, customerId, ...(isNew && { createdAt: at }) },
      deleted: gone === true,
    };
  };

  return {
    kind: entity === 'holding' ? 'holdings' : 'facilities',
    keyOf: ({ fields }) => `${String(fields.customerNo)}/${String(fields.reference)}`,
    async apply(sql, rows, report) {
      await lockBook(sql, bookId);
      const customers = await customersByNumber(
        sql,
        bookId,
        rows.map(({ fields }) => String(fields.customerNo)),
      );
      const names = rows.map((row) => ({ entity, id: idOf(row) }));
      const held = new Map((await loadRecords(sql, bookId, names)).map((record) => [keyOf(record), record]));
      const writes: ServerWrite[] = [];
      for (const row of rows) {
        const customerId = customers.get(String(row.fields.customerNo));
        const record = held.get(keyOf({ entity, id: idOf(row) }));
        const isNew = !record || record.deleted;
        if (!customerId) reject(report, row, 'customerNo', 'no such customer in this book');
        else if (row.fields.removed === true && isNew) continue;
        else if (entity === 'holding' && isNew && !row.fields.productName)
          reject(report, row, 'productName', 'empty, and the holding is new');
        else {
          if (row.fields.removed === true) report.removed += 1;
          writes.push(writeOf(row, customerId, isNew));
          seen.add(idOf(row));
        }
      }
      report.changed += await writeRecords(sql, bookId, writes, context.clock);
    },
    async finish(sql, report) {
      if (!complete) return;
      await lockBook(sql, bookId);
      const all = await sql.query<{ id: string }>(
        'SELECT id FROM record WHERE book_id = $1 AND entity = $2 AND NOT deleted',
        [bookId, entity],
      );
      const gone = all.filter(({ id }) => !seen.has(id));
      if (!force && gone.length > Math.max(10, all.length * MOST_REMOVED))
        throw new Fault('conflict', {
          detail: `the file leaves out ${gone.length} of ${all.length}; what it names was imported, nothing was removed. If it is whole, say force`,
        });
      for (let from = 0; from < gone.length; from += REMOVED_AT_ONCE)
        report.changed += await writeRecords(
          sql,
          bookId,
          gone
            .slice(from, from + REMOVED_AT_ONCE)
            .map(({ id }) => ({ entity, id, fields: {}, deleted: true })),
          context.clock,
        );
      report.removed += gone.length;
    },
  };
};
