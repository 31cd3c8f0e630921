import { type ReadableDb, read } from './connection.ts';

const absorbed = new WeakMap<ReadableDb, number>();

/** Notes that the server's records were written: they leave no trace in this device's history. */
export const noteAbsorbed = (db: ReadableDb): void => {
  absorbed.set(db, absorptionsOf(db) + 1);
};

/** How often the server's records were written since the book was opened. */
export const absorptionsOf = (db: ReadableDb): number => absorbed.get(db) ?? 0;

/** Number of the newest change in this device's history. */
export const newestChange = (db: ReadableDb): number =>
  read<{ seq: number | null }>(db, 'SELECT max(seq) AS seq FROM change').get()?.seq ?? 0;

/** Differs after every write of records; an answer kept at one version stays true until the next. */
export const versionOf = (db: ReadableDb): string => `${newestChange(db)}.${absorptionsOf(db)}`;
