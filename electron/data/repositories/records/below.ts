import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

/** Entities whose records lie below a customer. */
const CHILDREN = (Object.keys(entities) as EntityName[]).filter(
  (name) => 'customerId' in entities[name].schema.shape,
);

const deletion = (entity: EntityName, id: string): Change => ({ entity, id, op: 'delete', fields: {} });

const idsOf = (db: ReadableDb, sql: string, id: string): string[] =>
  read<{ id: string }>(db, sql)
    .all(id)
    .map((row) => row.id);

/** What goes with a customer: everything below it, and relations of others to it. */
const belowCustomer = (db: ReadableDb, id: string): Change[] => [
  ...CHILDREN.flatMap((entity) =>
    idsOf(db, `SELECT id FROM ${codecs[entity].table} WHERE customer_id = ? AND deleted = 0`, id).map(
      (child) => deletion(entity, child),
    ),
  ),
  ...idsOf(db, 'SELECT id FROM relation WHERE other_customer_id = ? AND deleted = 0', id).map((relation) =>
    deletion('relation', relation),
  ),
];

/** Customers who carry a tag lose it with the tag. */
const withoutTag = (db: ReadableDb, tag: string, tags: Map<string, string[]>): void => {
  const rows = read<{ id: string; tags: string }>(
    db,
    `SELECT c.id, c.tags FROM customer c, json_each(c.tags) t WHERE t.value = ? AND c.deleted = 0`,
  ).all(tag);
  for (const row of rows) {
    const kept = tags.get(row.id) ?? (JSON.parse(row.tags) as string[]);
    tags.set(
      row.id,
      kept.filter((one) => one !== tag),
    );
  }
};

/** Removes records with all that makes no sense without them, as one command that one undo takes back. */
export const removalOf = (db: ReadableDb, entity: EntityName, ids: readonly string[]): Change[] => {
  const changes = new Map<string, Change>();
  const tags = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const living = read<{ id: string }>(
      db,
      `SELECT id FROM ${codecs[entity].table} WHERE id = ? AND deleted = 0`,
    ).get(id);
    if (!living) continue;
    if (entity === 'customer') for (const change of belowCustomer(db, id)) changes.set(change.id, change);
    if (entity === 'tag') withoutTag(db, id, tags);
    changes.set(id, deletion(entity, id));
  }
  for (const [id, left] of tags)
    changes.set(id, { entity: 'customer', id, op: 'update', fields: { tags: left } });
  return [...changes.values()];
};
