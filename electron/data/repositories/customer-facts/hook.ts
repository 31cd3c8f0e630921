import type { Mutation } from '#shared/sync/mutation.ts';
import type { CommitHook } from '../../database/commit.ts';
import { read, type WritableDb, write } from '../../database/connection.ts';
import { refreshContacts } from './contact.ts';
import { countCustomFields, rebuildCustomFields } from './custom-fields.ts';
import { insertProfile, refreshProfiles, removeProfile, type SparseCustomer } from './profile.ts';
import { refreshRisks } from './risks.ts';
import { refreshBank, refreshPromises, refreshTasks, refreshVisits } from './sums.ts';
import { PARTS, type Part, type Touched, touchedBy } from './touched.ts';
import { insertYearly, refreshYearly } from './yearly.ts';

/** How each part is computed for a list of customers (as JSON); in the order of {@link PARTS}, risks need the others. */
const REFRESH: Record<Part, (db: WritableDb, ids: string) => void> = {
  profile: refreshProfiles,
  contact: refreshContacts,
  bank: refreshBank,
  visits: refreshVisits,
  promises: refreshPromises,
  tasks: refreshTasks,
  risks: refreshRisks,
  yearly: refreshYearly,
};

const CHUNK = 1_000;

const refreshStale = (db: WritableDb, { stale }: Touched): void => {
  for (const part of PARTS) {
    const ids = [...(stale.get(part) ?? [])];
    for (let at = 0; at < ids.length; at += CHUNK)
      REFRESH[part](db, JSON.stringify(ids.slice(at, at + CHUNK)));
  }
};

/** New customers are written from what the commit carries; those it also touched otherwise are read back. */
const insertCreated = (db: WritableDb, touched: Touched): void => {
  for (const [id, fields] of touched.created) {
    if (touched.removed.has(id)) continue;
    if (touched.stale.get('profile')?.has(id)) {
      for (const part of PARTS) touched.stale.get(part)?.add(id);
      continue;
    }
    const customer = { ...fields, id } as SparseCustomer;
    insertProfile(db, customer);
    if (customer.status !== 'closed') insertYearly(db, customer);
  }
};

const refresh = (db: WritableDb, mutations: readonly Mutation[]): void => {
  const touched = touchedBy(db, mutations);
  countCustomFields(db, mutations);
  for (const id of touched.removed) removeProfile(db, id);
  insertCreated(db, touched);
  refreshStale(db, touched);
};

/**
 * Keeps the facts of customers in step with their records, inside each commit. It relies on no record coming in an earlier
 * commit than its customer; whoever applies records in another order calls {@link rebuildFacts}.
 */
export const customerFactsHook: CommitHook = { name: 'customer-facts', afterWrite: refresh };

/** Computes every fact anew from the records, in a transaction of the caller. */
export const rebuildFacts = (db: WritableDb): void => {
  for (const table of ['customer_fact', 'customer_phone', 'customer_risk', 'yearly_date'])
    write(db, `DELETE FROM ${table}`).run();
  const ids = read<{ id: string }>(db, 'SELECT id FROM customer WHERE deleted = 0 ORDER BY rowid')
    .all()
    .map((row) => row.id);
  const all = new Set(ids);
  refreshStale(db, {
    created: new Map(),
    removed: new Set(),
    stale: new Map(PARTS.map((part) => [part, all])),
  });
  rebuildCustomFields(db);
};

const FACTS_CHUNK = 500;

/**
 * Computes every fact anew in chunks of customers, each in a transaction of its own, between which other requests run. For a
 * book that was filled from elsewhere; may be repeated when it was interrupted.
 */
export const rebuildFactsInChunks = async (
  db: WritableDb,
  inTransaction: (work: () => void) => void,
  breathe: () => Promise<void>,
): Promise<void> => {
  const ids = read<{ id: string }>(db, 'SELECT id FROM customer WHERE deleted = 0 ORDER BY rowid')
    .all()
    .map((row) => row.id);
  for (let at = 0; at < ids.length; at += FACTS_CHUNK) {
    const chunk = new Set(ids.slice(at, at + FACTS_CHUNK));
    inTransaction(() => {
      refreshStale(db, {
        created: new Map(),
        removed: new Set(),
        stale: new Map(PARTS.map((part) => [part, chunk])),
      });
    });
    await breathe();
  }
  inTransaction(() => {
    for (const table of ['customer_fact', 'customer_phone', 'customer_risk', 'yearly_date'])
      write(
        db,
        `DELETE FROM ${table} WHERE customer_id NOT IN (SELECT id FROM customer WHERE deleted = 0)`,
      ).run();
    rebuildCustomFields(db);
  });
};

/** Computes the facts anew when customers are missing there: after a migration that made the tables, or a repair. */
export const ensureFacts = (db: WritableDb): boolean => {
  const counts = read<{ records: number; facts: number }>(
    db,
    'SELECT (SELECT count(*) FROM customer WHERE deleted = 0) AS records, (SELECT count(*) FROM customer_fact) AS facts',
  ).get();
  if (!counts || counts.records === counts.facts) return false;
  db.exec('BEGIN IMMEDIATE');
  try {
    rebuildFacts(db);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return true;
};
