import type { Mutation } from '#shared/sync/mutation.ts';
import { read, type WritableDb, write } from '../../database/connection.ts';

const keysOf = (custom: unknown): string[] =>
  typeof custom === 'object' && custom !== null ? Object.keys(custom) : [];

/** Counts the custom fields that a commit brought or took. */
export const countCustomFields = (db: WritableDb, mutations: readonly Mutation[]): void => {
  const delta = new Map<string, number>();
  const add = (custom: unknown, by: number): void => {
    for (const name of keysOf(custom)) delta.set(name, (delta.get(name) ?? 0) + by);
  };
  for (const { entity, op, id, fields, before } of mutations) {
    if (entity !== 'customer') continue;
    if (op === 'create' || op === 'update') {
      add(fields.custom, 1);
      add(before?.custom, -1);
    } else {
      const row = read<{ custom: string }>(db, 'SELECT custom FROM customer WHERE id = ?').get(id);
      add(JSON.parse(row?.custom ?? '{}'), op === 'delete' ? -1 : 1);
    }
  }
  for (const [name, by] of delta) {
    if (by === 0) continue;
    write(
      db,
      `INSERT INTO custom_field (name, customers) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET customers = customers + excluded.customers`,
    ).run(name, by);
  }
};

/** Counts them all anew. */
export const rebuildCustomFields = (db: WritableDb): void => {
  write(db, 'DELETE FROM custom_field').run();
  write(
    db,
    `INSERT INTO custom_field (name, customers)
     SELECT e.key, count(*) FROM customer c, json_each(c.custom) e
     WHERE c.deleted = 0 AND c.custom <> '{}' GROUP BY e.key`,
  ).run();
};
