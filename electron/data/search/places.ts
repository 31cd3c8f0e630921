import { SEARCH_KINDS, type SearchKind } from '#shared/contracts/book.ts';
import { searchedFields } from '#shared/domain/search/document.ts';
import { codecs, snakeCase } from '../database/codec.ts';

/** Rows of one kind lie together in the index, so that a query can ask for one kind, newest first. Never renumber. */
const CODES: Record<SearchKind, number> = {
  interaction: 0,
  customer: 1,
  companyContact: 2,
  note: 3,
  visitReport: 4,
  task: 5,
  promise: 6,
  visit: 7,
  script: 8,
};
const SPAN = 2 ** 32;

/** Where in the index a record stands: its kind and the row of its table. */
export const placeOf = (kind: SearchKind, row: number): number => CODES[kind] * SPAN + row;

/** The row of the table that a place means. */
export const rowOf = (place: number): number => place % SPAN;

/** First and last place of a kind. */
export const spanOf = (kind: SearchKind): [first: number, last: number] => [
  placeOf(kind, 0),
  placeOf(kind, SPAN - 1),
];

/** Places of all texts but interactions. */
export const writtenSpan = (): [first: number, last: number] => [spanOf('note')[0], spanOf('script')[1]];

/** The token of everything that belongs to a customer, by the row of the customer. */
export const customerToken = (row: number): string => `@${row.toString(36)}`;

/** Whether records of a kind belong to a customer. */
export const hasCustomer = (kind: SearchKind): boolean => kind !== 'customer' && kind !== 'script';

export const isSearchKind = (entity: string): entity is SearchKind =>
  (SEARCH_KINDS as readonly string[]).includes(entity);

/** The columns that make records of a kind findable, as SQL. */
export const searchedColumns = (kind: SearchKind, table: string): string =>
  searchedFields(kind)
    .map((field) => `${table}."${snakeCase(field)}"`)
    .join(', ');

export const tableOf = (kind: SearchKind): string => codecs[kind].table;
