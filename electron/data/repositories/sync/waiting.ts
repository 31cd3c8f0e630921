import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Operation } from '#shared/sync/mutation.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { countWaiting } from '../../sync/outbox.ts';
import { type Fields, fieldsOf, subjectOf } from './subject.ts';

interface WaitingRow {
  n: number;
  entity: string;
  record_id: string;
  op: Operation;
  fields: string;
  before: string | null;
  typed_at: string;
}

/** What waits for the server, in the order in which it will be sent. */
export const waitingPage = (
  db: ReadableDb,
  { offset, limit }: Parsed<'sync.waiting'>,
): Output<'sync.waiting'> => ({
  total: countWaiting(db),
  items: read<WaitingRow>(
    db,
    `SELECT o.n, c.entity, c.record_id, c.op, c.fields, c.before, c.typed_at
     FROM outbox o JOIN change c ON c.seq = o.change_seq ORDER BY o.n LIMIT ? OFFSET ?`,
  )
    .all(limit, offset)
    .map((row) => {
      const fields = JSON.parse(row.fields) as Fields;
      const before = row.before === null ? null : (JSON.parse(row.before) as Fields);
      return {
        ...subjectOf(db, row.entity, row.record_id, fields),
        n: row.n,
        op: row.op,
        typedAt: row.typed_at,
        fields: fieldsOf(row.op, fields, before),
      };
    }),
});
