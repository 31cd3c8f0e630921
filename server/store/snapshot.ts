import { z } from 'zod';
import type { SnapshotAnswer } from '#shared/sync/protocol.ts';
import { Fault } from '../http/fault.ts';
import { endOf, writeCursor } from './cursor.ts';
import type { Sql } from './database.ts';
import { authorsOfTextPage, fitTextPage, jsonOf, PAGE_LIMIT, TEXT_COLUMNS, type TextRecord } from './page.ts';
import { type Viewer, visibleSql } from './scope.ts';
import { type BookRow, readBook } from './seq.ts';

const PHASES = ['today', 'customers', 'rest'] as const;
type Phase = (typeof PHASES)[number];

/** Where a snapshot goes on: phase, the head when it began, the seq of the last record sent. */
const place = z.strictObject({
  epoch: z.string(),
  head: z.number().int().min(0),
  phase: z.enum(PHASES),
  below: z.number().int().min(0).nullable(),
});
type Place = z.infer<typeof place>;

const writePlace = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

const readPlace = (text: string, book: BookRow): Place => {
  let parsed: Place;
  try {
    parsed = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new Fault('invalid', { detail: 'from: not a place in a snapshot' });
  }
  if (parsed.epoch !== book.epoch) throw new Fault('resnapshot', { detail: 'another epoch' });
  return parsed;
};

/** The viewer's customers something is due for: a visit around today first, an open task or promise due by tomorrow. */
const MOST_TODAY = 60;
const todaySql = (viewer: Viewer): string => `
  SELECT r.customer_id FROM record r WHERE r.book_id = $1 AND r.customer_id IS NOT NULL AND NOT r.deleted
    AND (r.entity = 'visit' AND left(r.data->>'startsAt', 10) BETWEEN ($5::date - 1)::text AND ($5::date + 1)::text
      OR r.entity IN ('task', 'promise') AND coalesce(r.data->>'status', 'open') = 'open'
        AND r.data->>'dueOn' <= ($5::date + 1)::text)
    AND ${visibleSql(viewer)}
  GROUP BY r.customer_id ORDER BY bool_or(r.entity = 'visit') DESC, max(r.seq) DESC LIMIT ${MOST_TODAY}`;

const CONDITION: Record<Phase, (viewer: Viewer) => string> = {
  today: (viewer) => `r.customer_id IN (${todaySql(viewer)})`,
  customers: () => "r.entity IN ('customer', 'user', 'assignment') AND $5::date IS NOT NULL",
  rest: () => "r.entity NOT IN ('customer', 'user', 'assignment') AND $5::date IS NOT NULL",
};

const countScope = async (sql: Sql, viewer: Viewer): Promise<number> => {
  const [row] = await sql.query<{ total: number }>(
    `SELECT count(*) AS total FROM record r WHERE r.book_id = $1 AND NOT r.deleted AND ${visibleSql(viewer)}`,
    [viewer.bookId, viewer.accountId],
  );
  return row?.total ?? 0;
};

const after = (at: Place, page: readonly TextRecord[], more: boolean): Place | null => {
  const last = page.at(-1);
  if (more && last) return { ...at, below: last.seq };
  const phase = PHASES[PHASES.indexOf(at.phase) + 1];
  return phase ? { ...at, phase, below: null } : null;
};

/** The JSON of a {@link SnapshotAnswer}: a book of records goes through here unread. */
export interface SnapshotPage {
  rows: number;
  json: string;
}

/**
 * One page of everything in the user's scope, newest first: today's customers, all customers, the rest. What changes while
 * it runs gets a seq beyond `cursor` and comes with the next pull. @throws Fault resnapshot, invalid
 */
export const snapshot = async (
  sql: Sql,
  viewer: Viewer,
  { from, today }: { from?: string | undefined; today: string },
  now: () => number = Date.now,
): Promise<SnapshotPage> => {
  const book = await readBook(sql, viewer.bookId);
  const at: Place = from
    ? readPlace(from, book)
    : { epoch: book.epoch, head: book.seq, phase: 'today', below: null };
  const rows = await sql.query<TextRecord>(
    `SELECT ${TEXT_COLUMNS} FROM record r WHERE r.book_id = $1 AND NOT r.deleted AND ($3::bigint IS NULL OR r.seq < $3)
       AND ${visibleSql(viewer)} AND ${CONDITION[at.phase](viewer)} ORDER BY r.seq DESC LIMIT $4`,
    [viewer.bookId, viewer.accountId, at.below, PAGE_LIMIT, today],
  );
  const page = fitTextPage(rows);
  const next = after(at, page, page.length < rows.length);
  const rest: Omit<SnapshotAnswer, 'records'> = {
    phase: at.phase,
    authors: await authorsOfTextPage(sql, viewer.bookId, page),
    ...(from === undefined && { total: await countScope(sql, viewer) }),
    next: next && writePlace(next),
    cursor: writeCursor(book, viewer, endOf(at.head)),
    time: new Date(now()).toISOString(),
  };
  const records = page.map(jsonOf).join(',');
  return { rows: page.length, json: `{"records":[${records}],${JSON.stringify(rest).slice(1)}` };
};
