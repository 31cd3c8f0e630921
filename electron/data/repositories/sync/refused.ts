import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Mutation, Operation } from '#shared/sync/mutation.ts';
import type { Refusal, WireRecord } from '#shared/sync/protocol.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { CommandContext, Plan } from '../../feature.ts';
import { fitted } from '../review/settle.ts';
import { checkFields } from './check-fields.ts';
import { fieldsOf, subjectOf } from './subject.ts';

interface RefusedRow {
  id: string;
  entity: string;
  record_id: string;
  customer_id: string | null;
  op: Operation;
  mutation: string;
  reason: Refusal;
  field: string | null;
  current: string | null;
  quarantined: number;
  refused_at: string;
  settled_as: 'retried' | 'discarded' | null;
  settled_at: string | null;
  typed_at: string | null;
}

const itemOf = (db: ReadableDb, row: RefusedRow): Output<'sync.refused'>['items'][number] => {
  const mutation = JSON.parse(row.mutation) as Mutation;
  const current = row.current === null ? null : (JSON.parse(row.current) as WireRecord);
  return {
    ...subjectOf(db, row.entity, row.record_id, { ...current?.data, ...mutation.fields }, row.customer_id),
    id: row.id,
    op: row.op,
    typedAt: row.typed_at ?? row.refused_at,
    refusedAt: row.refused_at,
    reason: row.reason,
    field: row.field,
    fields: fieldsOf(row.op, mutation.fields, mutation.before, current?.data ?? null),
    quarantined: row.quarantined === 1,
    settledAs: row.settled_as,
    settledAt: row.settled_at,
  };
};

/** What the server refused: what is open oldest first, what is settled newest first. */
export const refusedPage = (
  db: ReadableDb,
  { settled, offset, limit }: Parsed<'sync.refused'>,
): Output<'sync.refused'> => {
  const where = settled ? 'r.settled_as IS NOT NULL' : 'r.settled_as IS NULL';
  const order = settled ? 'r.settled_at DESC, r.id' : 'r.refused_at, r.change_seq, r.id';
  return {
    total: read<{ n: number }>(db, `SELECT count(*) AS n FROM refused r WHERE ${where}`).get()?.n ?? 0,
    items: read<RefusedRow>(
      db,
      `SELECT r.*, c.typed_at FROM refused r LEFT JOIN change c ON c.seq = r.change_seq
       WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
      .all(limit, offset)
      .map((row) => itemOf(db, row)),
  };
};

const openMutation = (db: ReadableDb, id: string): Mutation => {
  const row = read<{ mutation: string }>(
    db,
    'SELECT mutation FROM refused WHERE id = ? AND settled_as IS NULL',
  ).get(id);
  if (!row) throw new AppError('not_found');
  return JSON.parse(row.mutation) as Mutation;
};

/** Types it anew, now, with the edited values; the refused one is settled and stays in the list of what was. */
export const planRetry = (
  { id, fields }: Parsed<'sync.retryRefused'>,
  { db, commandId }: CommandContext,
): Plan<{ commandId: string; id: string }> => {
  const mutation = openMutation(db, id);
  const asked = { ...mutation.fields, ...fields };
  checkFields(mutation.entity, asked);
  return {
    changes: fitted(db, { ...mutation, fields: asked }),
    value: { commandId, id },
    settles: { id, how: 'retried' },
  };
};

/** Lets it go. The whole of it stays in the list of what was settled. */
export const planDiscard = (
  { id }: Parsed<'sync.discardRefused'>,
  { db, commandId }: CommandContext,
): Plan<{ commandId: string; id: string }> => {
  openMutation(db, id);
  return { changes: [], value: { commandId, id }, settles: { id, how: 'discarded' } };
};
