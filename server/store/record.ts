import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import type { FieldStamps } from '#shared/sync/mutation.ts';
import type { WireRecord } from '#shared/sync/protocol.ts';

/** A record as the table holds it. */
export interface StoredRecord {
  entity: string;
  id: string;
  customer_id: string | null;
  owner_id: string | null;
  /** Customers it lay under before. */
  moved_from?: string[] | null;
  data: Record<string, unknown>;
  stamps: FieldStamps;
  deleted: boolean;
  seq: number;
}

export const RECORD_COLUMNS = 'entity, id, customer_id, owner_id, moved_from, data, stamps, deleted, seq';

export const isKnownEntity = (entity: string): entity is EntityName => Object.hasOwn(entities, entity);

/** Names a record among others of a book. */
export const keyOf = ({ entity, id }: { entity: string; id: string }): string => `${entity}/${id}`;

/** What a client is told of a record. */
export const wireOf = ({ entity, id, data, stamps, deleted, seq }: StoredRecord): WireRecord => ({
  entity,
  id,
  data,
  stamps,
  deleted,
  seq,
});

/** The record that a viewer may no longer see, as they are told: that it is gone, and nothing of what it says. */
export const goneOf = ({ entity, id, seq }: StoredRecord): WireRecord => ({
  entity,
  id,
  data: {},
  stamps: {},
  deleted: true,
  gone: true,
  seq,
});

/** Where a record lay before, with the customer it leaves now. */
export const movedFrom = (held: StoredRecord | undefined, customerId: string | null): string[] | null => {
  const before = held?.moved_from ?? [];
  const left = held?.customer_id ?? null;
  const all = left !== null && left !== customerId ? [...before, left] : before;
  return all.length > 0 ? [...new Set(all)] : null;
};

/** The customer a record falls under by its entity's scope path; null where it falls under none. */
export const customerOf = (entity: EntityName, id: string, data: Record<string, unknown>): string | null => {
  const { scope } = entities[entity];
  if (scope === 'self') return id;
  if (scope !== 'customerId') return null;
  return typeof data.customerId === 'string' ? data.customerId : null;
};

/** Whose a record is alone: what is scoped to its owner, and what could name a customer and names none. */
export const ownerOf = (entity: EntityName, customerId: string | null, accountId: string): string | null =>
  entities[entity].scope === 'book' || customerId !== null ? null : accountId;
