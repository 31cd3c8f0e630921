import type { WritableDb } from '../database/connection.ts';

/** Runs a piece of the store's own work in one transaction. */
export const inTransaction = <T>(db: WritableDb, work: () => T): T => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
};
