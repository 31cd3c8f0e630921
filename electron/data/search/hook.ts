import type { SearchKind } from '#shared/contracts/book.ts';
import { documentOf, searchedFields } from '#shared/domain/search/document.ts';
import type { Mutation } from '#shared/sync/mutation.ts';
import type { CommitHook } from '../database/commit.ts';
import { read, type WritableDb } from '../database/connection.ts';
import { isSearchKind, placeOf } from './places.ts';
import { type IndexedRow, isEmpty, putDocument, refreshRow, rowNumber, selectIndexed } from './write.ts';

/** A record to index: new, with its fields; or to be read again. */
interface Touched {
  kind: SearchKind;
  id: string;
  created: Record<string, unknown> | null;
}

const isSearched = (kind: SearchKind, mutation: Mutation): boolean =>
  mutation.op !== 'update' ||
  'customerId' in mutation.fields ||
  searchedFields(kind).some((field) => field in mutation.fields);

/** A card is found by its tail under the customer who holds it. */
const holdersOf = (db: WritableDb, mutation: Mutation): unknown[] => {
  if (mutation.op === 'create') return mutation.fields.accountTail ? [mutation.fields.customerId] : [];
  if (mutation.op === 'update' && !('accountTail' in mutation.fields) && !('customerId' in mutation.fields))
    return [];
  const row = read<{ customer_id: string }>(db, 'SELECT customer_id FROM holding WHERE id = ?').get(
    mutation.id,
  );
  return [row?.customer_id, mutation.before?.customerId];
};

const touchedBy = (db: WritableDb, mutations: readonly Mutation[]): Iterable<Touched> => {
  const touched = new Map<string, Touched>();
  for (const mutation of mutations) {
    const { entity, id, op } = mutation;
    if (entity === 'holding')
      for (const holder of holdersOf(db, mutation))
        if (typeof holder === 'string') touched.set(holder, { kind: 'customer', id: holder, created: null });
    if (!isSearchKind(entity) || !isSearched(entity, mutation)) continue;
    const isNew = op === 'create' && !touched.has(id);
    touched.set(id, { kind: entity, id, created: isNew ? mutation.fields : null });
  }
  return touched.values();
};

const index = (db: WritableDb, mutations: readonly Mutation[]): void => {
  const customerRows = new Map<string, number | null>();
  const customerRow = (id: unknown): number | null => {
    if (typeof id !== 'string') return null;
    let row = customerRows.get(id);
    if (row === undefined) {
      row = rowNumber(db, 'customer', id) ?? null;
      customerRows.set(id, row);
    }
    return row;
  };
  for (const { kind, id, created } of touchedBy(db, mutations)) {
    if (!created) {
      const row = read<IndexedRow>(db, `${selectIndexed(kind)} WHERE t.id = ?`).get(id);
      if (row) refreshRow(db, kind, row);
      continue;
    }
    const document = documentOf(kind, created);
    if (isEmpty(document)) continue;
    const row = rowNumber(db, kind, id);
    if (row !== undefined) putDocument(db, placeOf(kind, row), document, customerRow(created.customerId));
  }
};

/** Keeps the search index in step with the records, inside each commit. */
export const searchHook: CommitHook = { name: 'search', afterWrite: index };
