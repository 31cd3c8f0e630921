import { clientOf } from '#shared/sync/clock.ts';
import { PAGE_BYTES, PAGE_ROWS } from '#shared/sync/protocol.ts';
import { isServerClient } from './clock.ts';
import type { Sql } from './database.ts';
import type { StoredRecord } from './record.ts';

/** One more than a page holds: whether there is more. */
export const PAGE_LIMIT = PAGE_ROWS + 1;

/** As many of the rows as fit a page, at least one. */
export const fitPage = <Row extends Pick<StoredRecord, 'data' | 'stamps'>>(rows: readonly Row[]): Row[] => {
  const page: Row[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, PAGE_ROWS)) {
    bytes += JSON.stringify(row.data).length + JSON.stringify(row.stamps).length + 100;
    if (page.length > 0 && bytes > PAGE_BYTES) break;
    page.push(row);
  }
  return page;
};

/** A record whose JSON the database wrote: it goes over the wire as it is, without being read here. */
export interface TextRecord {
  entity: string;
  id: string;
  data: string;
  stamps: string;
  deleted: boolean;
  seq: number;
}

/** The columns of a {@link TextRecord} of a table `r`. */
export const TEXT_COLUMNS =
  'r.entity, r.id, r.data::text AS data, r.stamps::text AS stamps, r.deleted, r.seq';

/** As many of the rows as fit a page, at least one. */
export const fitTextPage = (rows: readonly TextRecord[]): TextRecord[] => {
  let bytes = 0;
  const end = rows.findIndex(({ data, stamps }, index) => {
    bytes += data.length + stamps.length + 100;
    return index >= PAGE_ROWS || (index > 0 && bytes > PAGE_BYTES);
  });
  return end < 0 ? [...rows] : rows.slice(0, end);
};

/** The JSON of a record as a client is told of it. */
export const jsonOf = ({ entity, id, data, stamps, deleted, seq }: TextRecord): string =>
  `{"entity":${JSON.stringify(entity)},"id":"${id}","data":${data},"stamps":${stamps},"deleted":${deleted},"seq":${seq}}`;

const STAMP_CLIENT = /"[0-9a-z]{9}-[0-9a-z]{4}-([\w-]{1,64})"/g;

/** Clients whose stamps a record carries, read off its text. */
const clientsOfText = ({ stamps }: TextRecord): string[] =>
  [...stamps.matchAll(STAMP_CLIENT)].map(([, client = '']) => client);

/** User behind each client whose stamps the records of a text page carry. */
export const authorsOfTextPage = (sql: Sql, bookId: string, page: readonly TextRecord[]) =>
  authorsOfClients(sql, bookId, new Set(page.flatMap(clientsOfText)));

/** User behind each client whose stamps the records carry. */
export const authorsOfPage = async (
  sql: Sql,
  bookId: string,
  records: readonly Pick<StoredRecord, 'stamps'>[],
): Promise<Record<string, string>> =>
  authorsOfClients(
    sql,
    bookId,
    new Set(records.flatMap(({ stamps }) => Object.values(stamps).map(clientOf))),
  );

const authorsOfClients = async (
  sql: Sql,
  bookId: string,
  clients: ReadonlySet<string>,
): Promise<Record<string, string>> => {
  const asked = [...clients].filter((id) => !isServerClient(id));
  if (asked.length === 0) return {};
  const rows = await sql.query<{ client_id: string; account_id: string }>(
    'SELECT client_id, account_id FROM client WHERE book_id = $1 AND client_id = ANY($2::text[])',
    [bookId, asked],
  );
  return Object.fromEntries(rows.map(({ client_id, account_id }) => [client_id, account_id]));
};
