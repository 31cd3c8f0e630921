import type { SearchKind } from '#shared/contracts/book.ts';
import { documentOf, type SearchDocument } from '#shared/domain/search/document.ts';
import { tokensOf } from '#shared/domain/search/tokens.ts';
import { codecs } from '../database/codec.ts';
import { read, type WritableDb, write } from '../database/connection.ts';
import { customerToken, hasCustomer, placeOf, searchedColumns, tableOf } from './places.ts';

/** Takes a record out of the index; one that is not there is no error. */
export const removePlace = (db: WritableDb, place: number): void => {
  write(db, 'DELETE FROM search_index WHERE rowid = ?').run(place);
};

/** Whether there is nothing to find a record by. */
export const isEmpty = (document: SearchDocument): boolean =>
  document.names.length + document.numbers.length + document.texts.length === 0;

/** Puts a record into the index. `customerRow` is the row of the customer it belongs to. */
export const putDocument = (
  db: WritableDb,
  place: number,
  document: SearchDocument,
  customerRow: number | null,
): void => {
  if (isEmpty(document)) return;
  const tokens = [...tokensOf(document)];
  if (customerRow !== null) tokens.push(customerToken(customerRow));
  write(db, 'INSERT INTO search_index (rowid, tokens) VALUES (?, ?)').run(place, tokens.join(' '));
};

export interface IndexedRow extends Record<string, unknown> {
  n: number;
  deleted: number;
  customer_row?: number | null;
}

/** Tails of the accounts and cards of a customer, as SQL. */
export const ACCOUNT_TAILS = `(SELECT json_group_array(h.account_tail) FROM holding h
  WHERE h.customer_id = t.id AND h.account_tail IS NOT NULL AND h.deleted = 0) AS account_tails`;
const CUSTOMER_ROW = '(SELECT c.rowid FROM customer c WHERE c.id = t.customer_id) AS customer_row';

/** What the index needs of rows of a kind; the caller adds the condition. */
export const selectIndexed = (kind: SearchKind): string => {
  const extra = kind === 'customer' ? `, ${ACCOUNT_TAILS}` : hasCustomer(kind) ? `, ${CUSTOMER_ROW}` : '';
  return `SELECT t.rowid AS n, t.deleted, ${searchedColumns(kind, 't')}${extra} FROM ${tableOf(kind)} t`;
};

/** The document of a row read by {@link selectIndexed}. */
export const documentOfRow = (kind: SearchKind, row: Record<string, unknown>): SearchDocument => {
  const record: Record<string, unknown> = codecs[kind].decode(row);
  if (kind === 'customer') record.accountTails = JSON.parse((row.account_tails as string | null) ?? '[]');
  return documentOf(kind, record);
};

/** Writes the entry of one record anew from its row. */
export const refreshRow = (db: WritableDb, kind: SearchKind, row: IndexedRow): void => {
  const place = placeOf(kind, row.n);
  const document = documentOfRow(kind, row);
  // Removing costs; a record that goes and had nothing to be found by was never there.
  if (row.deleted === 1 && isEmpty(document)) return;
  removePlace(db, place);
  if (row.deleted === 0) putDocument(db, place, document, row.customer_row ?? null);
};

/** The row of a record in its table. */
export const rowNumber = (db: WritableDb, kind: SearchKind, id: string): number | undefined =>
  read<{ n: number }>(db, `SELECT rowid AS n FROM ${tableOf(kind)} WHERE id = ?`).get(id)?.n;
