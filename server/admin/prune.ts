import { dropUnnamed } from '../attachments/chunks.ts';
import { lockBook } from '../store/seq.ts';
import { findBook } from './books.ts';
import { type AdminContext, noteEvent } from './context.ts';

export interface Pruned {
  horizon: number;
  tombstones: number;
  assignments: number;
}

/**
 * Removes the tombstones that every laptop knows: up to the lowest cursor of those that synced in the last `days`. A laptop
 * that was away for longer finds its cursor older than the horizon and takes a new snapshot. Contents of
 * attachments that no record names any more go along.
 */
export const prune = (
  { db, ...context }: AdminContext,
  { book, days, dryRun = false }: { book: string; days: number; dryRun?: boolean },
): Promise<Pruned> =>
  db.transaction(async (sql) => {
    const { id, name } = await findBook(sql, book);
    const { seq, horizon: before } = await lockBook(sql, id);
    const [row] = await sql.query<{ horizon: number | null }>(
      `SELECT min(c.cursor_seq) AS horizon FROM client c JOIN device d ON d.id = c.device_id
       WHERE c.book_id = $1 AND d.revoked_at IS NULL AND c.last_sync_at > now() - $2::int * interval '1 day'`,
      [id, days],
    );
    const horizon = Math.max(before, Math.min(row?.horizon ?? seq, seq));
    const count = async (table: string, which: string): Promise<number> => {
      const condition = `book_id = $1 AND ${which}`;
      const rows = await sql.query<{ count: number }>(
        `SELECT count(*) AS count FROM ${table} WHERE ${condition}`,
        [id, horizon],
      );
      if (!dryRun) await sql.query(`DELETE FROM ${table} WHERE ${condition}`, [id, horizon]);
      return rows[0]?.count ?? 0;
    };
    const tombstones = await count('record', 'deleted AND seq <= $2');
    const assignments = await count('assignment', 'ended_seq <= $2');
    if (!dryRun) {
      const contents = await dropUnnamed(sql, id);
      await sql.query('UPDATE book SET horizon = $2 WHERE id = $1', [id, horizon]);
      await noteEvent(sql, context, 'prune', name, { horizon, tombstones, assignments, contents });
    }
    return { horizon, tombstones, assignments };
  });
