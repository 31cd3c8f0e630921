import type { ImportResult } from '#shared/contracts/book.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { EffectContext } from '../../feature.ts';
import type { Job } from '../../jobs/jobs.ts';
import { inverseOfCommand } from '../../repositories/records/inverse.ts';
import { chunkCommand, committedChunk, endImport, importOf, whileRunning } from './import-store.ts';

/** Entities whose records lie below a customer. */
const CHILDREN = (Object.keys(entities) as EntityName[]).filter(
  (name) => 'customerId' in entities[name].schema.shape,
);
const LIVING_BELOW = CHILDREN.map(
  (name) => `SELECT id FROM ${codecs[name].table} WHERE customer_id = @id AND deleted = 0`,
).join(' UNION ALL ');

/** Customers an import brought who have got something since (a note, a visit, a call): they stay, with all they have. */
const keptCustomers = (db: ReadableDb, changes: readonly Change[]): Set<string> => {
  const going = new Set(changes.filter((change) => change.op === 'delete').map((change) => change.id));
  const customers = changes.filter((change) => change.entity === 'customer' && change.op === 'delete');
  const hasMore = (id: string): boolean =>
    read<{ id: string }>(db, LIVING_BELOW)
      .all({ id })
      .some((row) => !going.has(row.id));
  return new Set(customers.map((change) => change.id).filter(hasMore));
};

const ownerOf = (db: ReadableDb, { entity, id }: Change): string =>
  entity === 'customer'
    ? id
    : (read<{ customer_id: string }>(db, `SELECT customer_id FROM ${codecs[entity].table} WHERE id = ?`).get(
        id,
      )?.customer_id ?? '');

/** What takes one chunk back; `skipped` counts what stays as it is. */
const inverseOfChunk = (db: ReadableDb, commandId: string): { changes: Change[]; skipped: number } => {
  const { changes, skipped } = inverseOfCommand(db, commandId);
  const kept = keptCustomers(db, changes);
  if (kept.size === 0) return { changes, skipped };
  const going = changes.filter((change) => change.op !== 'delete' || !kept.has(ownerOf(db, change)));
  return { changes: going, skipped: skipped + changes.length - going.length };
};

/** Takes an import back, newest chunk first; what somebody changed since is left alone and counted. */
export const undoImport = (importId: string, context: EffectContext, job: Job): Promise<ImportResult> =>
  whileRunning(importId, async () => {
    const { book, db, at } = context;
    const { chunks, counts } = importOf(db, importId);
    let skipped = 0;
    // A crash may have come between the last chunk and its note.
    for (let chunk = chunks; chunk >= 0; chunk--) {
      job.progress(chunks - chunk, chunks, 'undoing');
      if (!committedChunk(book.writable, importId, chunk)) continue;
      const commandId = chunkCommand(importId, chunk);
      const inverse = inverseOfChunk(db, commandId);
      skipped += inverse.skipped;
      book.commit({
        commandId: chunkCommand(`${importId} undo`, chunk),
        name: 'import.undo',
        changes: inverse.changes,
        result: null,
        at,
        actor: 'me',
        undoes: commandId,
      });
      await job.breathe();
    }
    endImport(book.writable, importId, 'undone');
    return { importId, counts: { ...counts, skipped }, badRows: [] };
  });
