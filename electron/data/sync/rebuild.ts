import type { WritableDb } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';
import { noteAbsorbed } from '../database/version.ts';
import { rebuildFactsInChunks } from '../repositories/customer-facts/hook.ts';
import { buildIndex, forgetIndex } from '../search/rebuild.ts';
import { dropMeta } from './connection.ts';
import { inTransaction } from './transaction.ts';

/** Key that says that rows were written without what is derived from them. */
const OWED = 'sync.rebuildOwed';

/** Notes, in the transaction of such a write, that facts and index are owed. */
export const oweRebuild = (db: WritableDb): void => setMeta(db, OWED, '1');

/** Computes facts and index anew when they are owed, in small steps; an interrupted one is begun again. */
export const payRebuild = async (db: WritableDb, breathe: () => Promise<void>): Promise<boolean> => {
  if (metaOf(db, OWED) === undefined) return false;
  await rebuildFactsInChunks(db, (work) => inTransaction(db, work), breathe);
  noteAbsorbed(db);
  forgetIndex(db);
  dropMeta(db, OWED);
  await buildIndex(db, { breathe, progress: () => undefined });
  return true;
};
