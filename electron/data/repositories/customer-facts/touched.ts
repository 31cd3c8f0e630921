import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Mutation } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { read, type WritableDb } from '../../database/connection.ts';

/** Parts of a customer's facts that are computed together. */
export const PARTS = [
  'profile',
  'contact',
  'bank',
  'visits',
  'promises',
  'tasks',
  'risks',
  'yearly',
] as const;
export type Part = (typeof PARTS)[number];

/** Which parts a change of a record makes stale. */
const PARTS_OF: Partial<Record<EntityName, readonly Part[]>> = {
  customer: ['profile', 'contact', 'risks', 'yearly'],
  companyContact: ['profile', 'risks', 'yearly'],
  holding: ['bank', 'risks'],
  facility: ['risks'],
  collateral: ['risks'],
  visit: ['visits', 'risks'],
  interaction: ['contact', 'risks'],
  promise: ['promises', 'risks'],
  task: ['tasks'],
};

/** What a commit touched: new customers with their fields, customers that went, and the stale parts of the others. */
export interface Touched {
  created: Map<string, Record<string, unknown>>;
  removed: Set<string>;
  stale: Map<Part, Set<string>>;
}

const customerIdOf = (db: WritableDb, mutation: Mutation): unknown =>
  mutation.fields.customerId ??
  read<{ customer_id: string | null }>(
    db,
    `SELECT customer_id FROM ${codecs[mutation.entity].table} WHERE id = ?`,
  ).get(mutation.id)?.customer_id;

/** Reads off the mutations of a commit whose facts have to be computed anew. */
export const touchedBy = (db: WritableDb, mutations: readonly Mutation[]): Touched => {
  const touched: Touched = {
    created: new Map(),
    removed: new Set(),
    stale: new Map(PARTS.map((part) => [part, new Set()])),
  };
  const mark = (customerId: unknown, parts: readonly Part[]): void => {
    if (typeof customerId !== 'string') return;
    for (const part of parts) touched.stale.get(part)?.add(customerId);
  };
  for (const mutation of mutations) {
    const parts = PARTS_OF[mutation.entity];
    if (!parts) continue;
    if (mutation.entity !== 'customer') {
      mark(customerIdOf(db, mutation), parts);
      mark(mutation.before?.customerId, parts);
    } else if (mutation.op === 'create') touched.created.set(mutation.id, mutation.fields);
    else if (mutation.op === 'delete') touched.removed.add(mutation.id);
    else if (mutation.op === 'restore') mark(mutation.id, PARTS);
    else mark(mutation.id, parts);
  }
  return touched;
};
