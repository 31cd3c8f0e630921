import { v5 as uuidOf } from 'uuid';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { type Clock, clientOf, type Stamp, timeOf } from '#shared/sync/clock.ts';
import { type Dispute, mergeChange } from '#shared/sync/merge.ts';
import { MOST_AHEAD_MS, type PushResult, type WireMutation } from '#shared/sync/protocol.ts';
import { checkMutation, type Refused } from './check.ts';
import { isServerClient } from './clock.ts';
import { customerOf, keyOf, movedFrom, ownerOf, type StoredRecord, wireOf } from './record.ts';
import type { Viewer } from './scope.ts';

const NAMESPACE = 'b6d2a6a0-2f0e-4a43-8f0a-6d3f2a9f7a55';

/** What the decisions of one push stand on and what they lead to; kept in memory, written at the end. */
export interface Desk {
  viewer: Viewer;
  clientId: string;
  records: Map<string, StoredRecord>;
  /** Names of records that differ from what the database holds, in the order they first changed. */
  changed: Set<string>;
  /** Customers the user may write to. */
  writable: Set<string>;
  /** Customers created here: their writer becomes the owner. */
  founded: string[];
  /** Stamps that were decided before, under another number or client. */
  decided: Set<Stamp>;
  /** Users behind the clients of disputed stamps. */
  authors: Map<string, string>;
  clock: Clock;
  now: number;
  batch: readonly WireMutation[];
}

const refuse = (refused: Refused): Refused => refused;

/** The customers a mutation is about: where the record lies and where it would lie. */
const customersOf = (mutation: WireMutation, held: StoredRecord | undefined): (string | null)[] => {
  const entity = mutation.entity as EntityName;
  const after = customerOf(entity, mutation.id, { ...held?.data, ...mutation.fields });
  return held ? [held.customer_id, after] : [after];
};

const checkScope = (desk: Desk, mutation: WireMutation, held: StoredRecord | undefined): Refused | null => {
  const { viewer } = desk;
  if (viewer.role !== 'manager' && viewer.role !== 'leader') return refuse({ reason: 'not_allowed' });
  if (held && held.owner_id !== null && held.owner_id !== viewer.accountId)
    return refuse({ reason: 'not_allowed' });
  if (mutation.entity === 'customer' && mutation.op === 'create' && !held) return null;
  const outside = customersOf(mutation, held).some((id) => id !== null && !desk.writable.has(id));
  return outside ? refuse({ reason: 'out_of_scope' }) : null;
};

const restamped = (desk: Desk, stamp: Stamp): Stamp => {
  if (timeOf(stamp) <= desk.now + MOST_AHEAD_MS) return stamp;
  const own = desk.clock.next();
  // the writer's own client stays in it: what they type next is not a dispute with themselves
  return `${own.slice(0, own.length - clientOf(own).length)}${clientOf(stamp)}`;
};

const instantOf = (stamp: Stamp): string => new Date(timeOf(stamp)).toISOString();

const noteDispute = (desk: Desk, mutation: WireMutation, record: StoredRecord, dispute: Dispute): void => {
  const by = (stamp: Stamp): string | null => desk.authors.get(clientOf(stamp)) ?? null;
  const id = uuidOf(`${desk.viewer.bookId}/${desk.clientId}/${mutation.n}/${dispute.field}`, NAMESPACE);
  const createdAt = new Date(desk.now).toISOString();
  const conflict: StoredRecord = {
    entity: 'fieldConflict',
    id,
    customer_id: record.customer_id,
    owner_id: record.owner_id,
    data: {
      customerId: record.customer_id,
      entity: record.entity,
      recordId: record.id,
      field: dispute.field,
      kept: JSON.stringify(dispute.kept.value ?? null),
      keptBy: by(dispute.kept.stamp),
      keptAt: instantOf(dispute.kept.stamp),
      lost: JSON.stringify(dispute.lost.value ?? null),
      lostBy: by(dispute.lost.stamp),
      lostAt: instantOf(dispute.lost.stamp),
      before: JSON.stringify(dispute.before ?? null),
      createdAt,
    },
    stamps: { '*': desk.clock.next() },
    deleted: false,
    seq: 0,
  };
  desk.records.set(keyOf(conflict), conflict);
  desk.changed.add(keyOf(conflict));
};

const apply = (desk: Desk, mutation: WireMutation, held: StoredRecord | undefined): PushResult => {
  const entity = mutation.entity as EntityName;
  const merged = mergeChange(
    held ? { data: held.data, stamps: held.stamps, deleted: held.deleted } : null,
    { ...mutation, stamp: restamped(desk, mutation.stamp) },
    { texts: entities[entity].texts, ownStamp: () => desk.clock.next() },
  );
  const customer_id = customerOf(entity, mutation.id, merged.held.data);
  const record: StoredRecord = {
    entity,
    id: mutation.id,
    customer_id,
    owner_id: held?.owner_id ?? ownerOf(entity, customer_id, desk.viewer.accountId),
    moved_from: movedFrom(held, customer_id),
    ...merged.held,
    seq: held?.seq ?? 0,
  };
  if (merged.changed) {
    desk.records.set(keyOf(mutation), record);
    desk.changed.add(keyOf(mutation));
    if (!held && entity === 'customer') {
      desk.writable.add(mutation.id);
      desk.founded.push(mutation.id);
    }
  }
  for (const dispute of merged.disputes) noteDispute(desk, mutation, record, dispute);
  return { n: mutation.n, status: merged.together ? 'merged' : 'applied' };
};

/** Decides one mutation on the desk. Never throws for what a client sent: it is applied, merged or refused with a reason. */
export const decide = (desk: Desk, mutation: WireMutation): PushResult => {
  const { n } = mutation;
  if (desk.decided.has(mutation.stamp)) return { n, status: 'applied' };
  const held = desk.records.get(keyOf(mutation));
  const known = checkMutation(mutation, held, desk.batch);
  const refused = known?.reason === 'unknown_entity' ? known : (checkScope(desk, mutation, held) ?? known);
  if (!refused) return apply(desk, mutation, held);
  // what the user may not see is not shown in the answer either
  const shown =
    held && refused.reason !== 'out_of_scope' && refused.reason !== 'not_allowed' ? wireOf(held) : null;
  return {
    n,
    status: 'refused',
    ...refused,
    current: shown,
    ...(refused.reason === 'out_of_scope' && { quarantined: true }),
  };
};

/** Clients whose stamps may be named in a dispute: those of the records a push touches. */
export const clientsOf = (records: Iterable<StoredRecord>): string[] => [
  ...new Set(
    [...records]
      .flatMap(({ stamps }) => Object.values(stamps).map(clientOf))
      .filter((id) => !isServerClient(id)),
  ),
];
