import { AppError } from '#shared/contracts/errors.ts';
import { type Customer, type EntityName, entities } from '#shared/domain/entities/index.ts';
import { mergedCustomer } from '#shared/domain/rules/merge-customers.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { livingRecord } from './outlook.ts';

/** Everything that lies below a customer. */
const CHILDREN = (Object.keys(entities) as EntityName[]).filter(
  (name) => name !== 'relation' && 'customerId' in entities[name].schema.shape,
);

const movedChildren = (db: ReadableDb, intoId: string, fromId: string): Change[] =>
  CHILDREN.flatMap((entity) =>
    read<{ id: string }>(db, `SELECT id FROM ${codecs[entity].table} WHERE customer_id = ? AND deleted = 0`)
      .all(fromId)
      .map(({ id }) => ({ entity, op: 'update' as const, id, fields: { customerId: intoId } })),
  );

/** Relations are re-tied at both ends; one between the two customers has no meaning any more. */
const movedRelations = (db: ReadableDb, intoId: string, fromId: string): Change[] =>
  read<{ id: string; customer_id: string; other_customer_id: string | null }>(
    db,
    `SELECT id, customer_id, other_customer_id FROM relation
     WHERE (customer_id = @fromId OR other_customer_id = @fromId) AND deleted = 0`,
  )
    .all({ fromId })
    .map(({ id, customer_id, other_customer_id }) => {
      const customerId = customer_id === fromId ? intoId : customer_id;
      const otherCustomerId = other_customer_id === fromId ? intoId : other_customer_id;
      if (customerId === otherCustomerId) return { entity: 'relation', op: 'delete', id, fields: {} };
      return { entity: 'relation', op: 'update', id, fields: { customerId, otherCustomerId } };
    });

/** Moves everything of one customer to another and removes it; the surviving one takes over what it did not know. */
export const mergeChanges = (db: ReadableDb, intoId: string, fromId: string): Change[] => {
  if (intoId === fromId)
    throw new AppError('invalid_input', { fields: [{ path: 'fromId', rule: 'validation.value' }] });
  const into = livingRecord<Customer>(db, 'customer', intoId);
  const from = livingRecord<Customer>(db, 'customer', fromId);
  return [
    ...movedChildren(db, intoId, fromId),
    ...movedRelations(db, intoId, fromId),
    { entity: 'customer', op: 'update', id: intoId, fields: mergedCustomer(into, from) },
    { entity: 'customer', op: 'delete', id: fromId, fields: {} },
  ];
};
