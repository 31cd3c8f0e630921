import { read } from '../../../electron/data/database/connection.ts';
import type { World } from '../../support/sync-world.ts';

/** Every value anybody typed: each must be found somewhere in the end. */
export interface Ledger {
  /** A value nobody has typed yet. */
  next(name: string): string;
  typed(value: string): true;
  /**
   * The server is about to forget: what no laptop holds any more, because it had to purge it, is as safe as the server's own
   * backups and no safer (docs/spec/sync.md, Guarantees).
   */
  forgiveUnheld(world: World): void;
  /** Values that are nowhere: not on the server, not in its history, not in quarantine, not in a list or outbox. */
  lost(world: World): Promise<string[]>;
}

const textOf = (rows: unknown): string => JSON.stringify(rows);

export const createLedger = (): Ledger => {
  const values = new Set<string>();
  let count = 0;
  return {
    next: (name) => `${name}${++count}_`,
    typed(value) {
      values.add(value);
      return true;
    },
    forgiveUnheld({ laptops }) {
      const held = laptops.map(({ book }) =>
        textOf([
          read(book.db, 'SELECT fields, before FROM change').all(),
          read(book.db, 'SELECT mutation FROM refused').all(),
          read(book.db, 'SELECT content FROM review').all(),
        ]),
      );
      for (const value of values) if (!held.some((text) => text.includes(value))) values.delete(value);
    },
    async lost({ server, bookId, laptops }) {
      const { db } = server;
      const places = [
        textOf(await db.query('SELECT data FROM record WHERE book_id = $1', [bookId])),
        textOf(
          await db.query(`SELECT fields FROM change_log WHERE book_id = $1 AND status <> 'refused'`, [
            bookId,
          ]),
        ),
        ...laptops.map(({ book }) =>
          textOf([
            read(book.db, 'SELECT mutation FROM refused').all(),
            read(book.db, 'SELECT content FROM review').all(),
            // the history of a field, where a person finds a value and brings it back
            read(book.db, 'SELECT fields, before FROM change').all(),
            read(book.db, 'SELECT c.fields FROM outbox o JOIN change c ON c.seq = o.change_seq').all(),
          ]),
        ),
      ];
      const quarantined = await db.query<{ client_id: string; n: number }>(
        'SELECT client_id, n FROM quarantine WHERE book_id = $1',
        [bookId],
      );
      const sealed = textOf(
        await db.query(
          `SELECT fields FROM change_log l WHERE book_id = $1 AND EXISTS (SELECT 1 FROM quarantine q
             WHERE q.book_id = l.book_id AND q.client_id = l.client_id AND q.n = l.n)`,
          [bookId],
        ),
      );
      if (quarantined.length > 0) places.push(sealed);
      return [...values].filter((value) => !places.some((place) => place.includes(value)));
    },
  };
};
