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

/** User behind each client whose stamps the records carry. */
export const authorsOfPage = async (
  sql: Sql,
  bookId: string,
  records: readonly Pick<StoredRecord, 'stamps'>[],
): Promise<Record<string, string>> => {
  const clients = new Set(records.flatMap(({ stamps }) => Object.values(stamps).map(clientOf)));
  const asked = [...clients].filter((id) => !isServerClient(id));
  if (asked.length === 0) return {};
  const rows = await sql.query<{ client_id: string; account_id: string }>(
    'SELECT client_id, account_id FROM client WHERE book_id = $1 AND client_id = ANY($2::text[])',
    [bookId, asked],
  );
  return Object.fromEntries(rows.map(({ client_id, account_id }) => [client_id, account_id]));
};
