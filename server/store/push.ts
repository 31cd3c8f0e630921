import { type Clock, clientOf, type Stamp } from '#shared/sync/clock.ts';
import type { PushAnswer, PushRequest, PushResult, WireMutation } from '#shared/sync/protocol.ts';
import { Fault } from '../http/fault.ts';
import { assign } from './assignments.ts';
import type { Database, Sql } from './database.ts';
import { clientsOf, type Desk, decide } from './decide.ts';
import { keyOf, type StoredRecord } from './record.ts';
import { loadRecords, saveRecords } from './save.ts';
import { type Viewer, writableCustomers } from './scope.ts';
import { allocateSeq, lockBook } from './seq.ts';

/** A viewer on one of their devices. */
export interface Pusher extends Viewer {
  deviceId: string;
}

/** Content of a refused mutation on its way to quarantine. */
export interface QuarantineEntry {
  bookId: string;
  accountId: string;
  deviceId: string;
  clientId: string;
  n: number;
  customerId: string | null;
  entity: string;
  reason: string;
  typedAt: string;
  content: unknown;
}

export interface StoreParts {
  db: Database;
  clock: Clock;
  now?: () => number;
  /** Keeps what must not be lost and may not be applied, sealed, in the transaction of the caller. */
  quarantine(sql: Sql, entry: QuarantineEntry): Promise<void>;
}

export interface ClientRow {
  last_n: number;
  cursor_seq: number;
}

/** The client's row, locked; made when it is new. @throws Fault foreign_client when it belongs to another device. */
export const lockClient = async (sql: Sql, pusher: Pusher, clientId: string): Promise<ClientRow> => {
  await sql.query(
    `INSERT INTO client (book_id, client_id, account_id, device_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (book_id, client_id) DO NOTHING`,
    [pusher.bookId, clientId, pusher.accountId, pusher.deviceId],
  );
  const [row] = await sql.query<ClientRow & { device_id: string; account_id: string }>(
    `SELECT last_n, cursor_seq, device_id, account_id FROM client WHERE book_id = $1 AND client_id = $2 FOR UPDATE`,
    [pusher.bookId, clientId],
  );
  if (!row || row.device_id !== pusher.deviceId || row.account_id !== pusher.accountId)
    throw new Fault('foreign_client', { detail: 'this client id belongs to another device' });
  return row;
};

const checkNumbers = (mutations: readonly WireMutation[], lastN: number): void => {
  mutations.forEach(({ n }, index) => {
    const previous = mutations[index - 1]?.n ?? Math.min(n - 1, lastN);
    if (n !== previous + 1)
      throw new Fault('gap', { expected: lastN + 1, detail: `mutation ${n} does not follow ${previous}` });
  });
};

const oldAnswers = async (
  sql: Sql,
  bookId: string,
  clientId: string,
  known: readonly WireMutation[],
): Promise<PushResult[]> => {
  if (known.length === 0) return [];
  const rows = await sql.query<{ n: number; answer: PushResult }>(
    'SELECT n, answer FROM mutation_answer WHERE book_id = $1 AND client_id = $2 AND n = ANY($3::bigint[])',
    [bookId, clientId, known.map(({ n }) => n)],
  );
  const answers = new Map(rows.map(({ n, answer }) => [n, answer]));
  // forgotten: the client said it holds the answer, so what it asks again was applied or is in its own list
  return known.map(({ n }) => answers.get(n) ?? { n, status: 'applied' });
};

const mentioned = (mutations: readonly WireMutation[], records: readonly StoredRecord[]): string[] => {
  const ids = new Set<string>();
  const add = (id: unknown): void => {
    if (typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id)) ids.add(id);
  };
  for (const { entity, id, fields } of mutations) {
    if (entity === 'customer') add(id);
    add(fields.customerId);
  }
  for (const { customer_id } of records) add(customer_id);
  return [...ids];
};

const decidedBefore = async (sql: Sql, bookId: string, stamps: readonly Stamp[]): Promise<Set<Stamp>> => {
  const rows = await sql.query<{ stamp: string }>(
    `SELECT stamp FROM change_log WHERE book_id = $1 AND stamp = ANY($2::text[]) AND status <> 'refused'`,
    [bookId, stamps],
  );
  return new Set(rows.map(({ stamp }) => stamp));
};

const authorsOf = async (
  sql: Sql,
  bookId: string,
  clients: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await sql.query<{ client_id: string; account_id: string }>(
    'SELECT client_id, account_id FROM client WHERE book_id = $1 AND client_id = ANY($2::text[])',
    [bookId, clients],
  );
  return new Map(rows.map(({ client_id, account_id }) => [client_id, account_id]));
};

const openDesk = async (
  sql: Sql,
  pusher: Pusher,
  request: PushRequest,
  fresh: readonly WireMutation[],
  cursorSeq: number,
  { clock, now = Date.now }: StoreParts,
): Promise<Desk> => {
  const records = await loadRecords(sql, pusher.bookId, fresh);
  const clients = [...clientsOf(records), ...fresh.map(({ stamp }) => clientOf(stamp))];
  return {
    viewer: pusher,
    clientId: request.clientId,
    records: new Map(records.map((record) => [keyOf(record), record])),
    changed: new Set(),
    writable: await writableCustomers(sql, pusher, mentioned(fresh, records), cursorSeq),
    founded: [],
    decided: await decidedBefore(
      sql,
      pusher.bookId,
      fresh.map(({ stamp }) => stamp),
    ),
    authors: await authorsOf(sql, pusher.bookId, [...new Set(clients)]),
    clock,
    now: now(),
    batch: fresh,
  };
};

const writeDesk = async (sql: Sql, desk: Desk): Promise<void> => {
  const { bookId, accountId } = desk.viewer;
  if (desk.changed.size > 0) {
    let seq = await allocateSeq(sql, bookId, desk.changed.size);
    const records = [...desk.changed].map((key) => {
      const record = desk.records.get(key) as StoredRecord;
      record.seq = seq++;
      return record;
    });
    await saveRecords(sql, bookId, records);
  }
  const owned = desk.founded.map((customerId) => ({ customerId, accountId, role: 'owner' as const }));
  await assign(sql, bookId, owned, { clock: desk.clock, at: new Date(desk.now).toISOString() });
};

const logDecisions = async (
  sql: Sql,
  desk: Desk,
  fresh: readonly WireMutation[],
  results: readonly PushResult[],
): Promise<void> => {
  const { bookId, accountId } = desk.viewer;
  const rows = fresh.map((mutation, index) => ({
    n: mutation.n,
    entity: mutation.entity,
    record_id: mutation.id,
    op: mutation.op,
    fields: mutation.fields,
    stamp: mutation.stamp,
    typed_at: mutation.typedAt,
    status: results[index]?.status,
    seq: desk.changed.has(keyOf(mutation)) ? desk.records.get(keyOf(mutation))?.seq : null,
    answer: results[index],
  }));
  const json = JSON.stringify(rows);
  await sql.query(
    `INSERT INTO change_log (book_id, client_id, n, account_id, entity, record_id, op, fields, stamp, typed_at, status, seq)
     SELECT $1, $2, n, $3, entity, record_id, op, fields, stamp, typed_at, status, seq
     FROM jsonb_to_recordset($4::jsonb) AS row (n bigint, entity text, record_id uuid, op text, fields jsonb, stamp text,
       typed_at timestamptz, status text, seq bigint)`,
    [bookId, desk.clientId, accountId, json],
  );
  await sql.query(
    `INSERT INTO mutation_answer (book_id, client_id, n, answer)
     SELECT $1, $2, n, answer FROM jsonb_to_recordset($3::jsonb) AS row (n bigint, answer jsonb)`,
    [bookId, desk.clientId, json],
  );
};

/**
 * Takes a push: decides each mutation once, in order, in one transaction under the book's lock (docs/spec/sync.md, Push).
 * @throws Fault gap, foreign_client
 */
export const push = (parts: StoreParts, pusher: Pusher, request: PushRequest): Promise<PushAnswer> =>
  parts.db.transaction(async (sql) => {
    const { bookId, accountId, deviceId } = pusher;
    const { clientId, mutations } = request;
    const book = await lockBook(sql, bookId);
    const client = await lockClient(sql, pusher, clientId);
    checkNumbers(mutations, client.last_n);
    await sql.query('DELETE FROM mutation_answer WHERE book_id = $1 AND client_id = $2 AND n <= $3', [
      bookId,
      clientId,
      Math.min(request.stored, client.last_n),
    ]);
    const known = mutations.filter(({ n }) => n <= client.last_n);
    const fresh = mutations.slice(known.length);
    const results = await oldAnswers(sql, bookId, clientId, known);
    let head = book.seq;
    if (fresh.length > 0) {
      const desk = await openDesk(sql, pusher, request, fresh, client.cursor_seq, parts);
      const decisions = fresh.map((mutation) => decide(desk, mutation));
      await writeDesk(sql, desk);
      await logDecisions(sql, desk, fresh, decisions);
      for (const [index, { status, reason }] of decisions.entries()) {
        const mutation = fresh[index] as WireMutation;
        if (status !== 'refused' || reason !== 'out_of_scope') continue;
        await parts.quarantine(sql, {
          bookId,
          accountId,
          deviceId,
          clientId,
          n: mutation.n,
          customerId:
            mutation.entity === 'customer' ? mutation.id : ((mutation.fields.customerId as string) ?? null),
          entity: mutation.entity,
          reason,
          typedAt: mutation.typedAt,
          content: mutation,
        });
      }
      results.push(...decisions);
      await sql.query(
        'UPDATE client SET last_n = $3, last_sync_at = now() WHERE book_id = $1 AND client_id = $2',
        [bookId, clientId, fresh.at(-1)?.n],
      );
      head = (await lockBook(sql, bookId)).seq;
    }
    const time = new Date((parts.now ?? Date.now)()).toISOString();
    return { epoch: book.epoch, lastN: Math.max(client.last_n, fresh.at(-1)?.n ?? 0), head, time, results };
  });
