import type { JournalEntry } from './commit.ts';
import { type WritableDb, write } from './connection.ts';

/** Settles what the server refused, in the transaction of the command; an undo of that command opens it again. */
export const settleRefused = (db: WritableDb, entry: JournalEntry): void => {
  if (entry.settles)
    write(db, 'UPDATE refused SET settled_as = ?, settled_at = ? WHERE id = ? AND settled_as IS NULL').run(
      entry.settles.how,
      entry.at,
      entry.settles.id,
    );
  if (entry.undoes)
    write(
      db,
      `UPDATE refused SET settled_as = NULL, settled_at = NULL
       WHERE id = (SELECT json_extract(result, '$.id') FROM command WHERE id = ? AND name GLOB 'sync.*Refused')`,
    ).run(entry.undoes);
};
