import type { SearchKind } from '#shared/contracts/book.ts';
import type { SearchDocument } from '#shared/domain/search/document.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { placesOf } from './lookup.ts';
import { hasCustomer, rowOf, searchedColumns, spanOf, tableOf } from './places.ts';
import { ACCOUNT_TAILS, documentOfRow } from './write.ts';

/** A record the index answered with, read back. */
export interface Candidate {
  kind: SearchKind;
  id: string;
  customerId: string | null;
  customerName: string | null;
  at: string | null;
  /** For customers: 1 is class A. */
  classRank: number;
  record: Record<string, unknown>;
  document: SearchDocument;
}

/** The moment by which records of a kind are new or old. */
const MOMENT: Record<SearchKind, string> = {
  customer: 'f.last_contact_at',
  companyContact: 't.created_at',
  note: 't.taken_at',
  visitReport: 't.visited_at',
  task: 't.created_at',
  promise: 't.created_at',
  visit: 't.starts_at',
  script: 't.created_at',
  interaction: 't.at',
};

const owner = (kind: SearchKind): string => {
  if (kind === 'customer') return `t.id AS owner, NULL AS owner_name, f.class_rank, ${ACCOUNT_TAILS}`;
  if (!hasCustomer(kind)) return 'NULL AS owner, NULL AS owner_name';
  return 't.customer_id AS owner, (SELECT c.name FROM customer c WHERE c.id = t.customer_id) AS owner_name';
};

const selectCandidates = (kind: SearchKind): string =>
  `SELECT t.id, ${MOMENT[kind]} AS moment, ${owner(kind)}, ${searchedColumns(kind, 't')}
   FROM ${tableOf(kind)} t ${kind === 'customer' ? 'LEFT JOIN customer_fact f ON f.customer_id = t.id' : ''}
   WHERE t.rowid IN (SELECT value FROM json_each(?)) AND t.deleted = 0 ORDER BY t.rowid DESC`;

const readCandidates = (db: ReadableDb, kind: SearchKind, places: readonly number[]): Candidate[] =>
  read(db, selectCandidates(kind))
    .all(JSON.stringify(places.map(rowOf)))
    .map((row) => ({
      kind,
      id: row.id as string,
      customerId: row.owner as string | null,
      customerName: row.owner_name as string | null,
      at: row.moment as string | null,
      classRank: (row.class_rank as number | null | undefined) ?? 9,
      record: codecs[kind].decode(row),
      document: documentOfRow(kind, row),
    }));

const BATCH = 48;
/** Most records that are read for one expression: what bounds the cost of a query that the index alone cannot decide. */
const MOST_READ = 240;

/** Asks the index one expression after the other until enough candidates pass the check. */
export const collect = (
  db: ReadableDb,
  kind: SearchKind,
  expressions: readonly string[],
  enough: number,
  check: (candidate: Candidate) => boolean,
): Candidate[] => {
  const found: Candidate[] = [];
  const seen = new Set<number>();
  const asked = new Set<string>();
  for (const expression of expressions) {
    if (asked.has(expression)) continue;
    asked.add(expression);
    let [first, last] = spanOf(kind);
    for (let looked = 0; looked < MOST_READ; looked += BATCH) {
      const places = placesOf(db, expression, [first, last], BATCH);
      const fresh = places.filter((place) => !seen.has(place));
      for (const place of fresh) seen.add(place);
      if (fresh.length > 0) found.push(...readCandidates(db, kind, fresh).filter(check));
      if (found.length >= enough) return found;
      if (places.length < BATCH) break;
      last = (places.at(-1) as number) - 1;
    }
  }
  return found;
};
