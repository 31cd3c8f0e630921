import { z } from 'zod';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';
import { type Applied, erase, markErased, nothingApplied } from './apply.ts';
import type { RoundContext } from './context.ts';
import { noteEvent } from './events.ts';
import type { AttachmentSync } from './parts.ts';

/** Entities that lie under a customer. */
const BELOW = (Object.keys(entities) as EntityName[]).filter((name) => entities[name].scope === 'customerId');

const recordsOf = (db: ReadableDb, customerId: string): { entity: EntityName; id: string }[] => [
  ...BELOW.flatMap((entity) =>
    read<{ id: string }>(db, `SELECT id FROM ${codecs[entity].table} WHERE customer_id = ?`)
      .all(customerId)
      .map(({ id }) => ({ entity, id })),
  ),
  ...(read(db, 'SELECT 1 FROM customer WHERE id = ?').get(customerId)
    ? [{ entity: 'customer' as const, id: customerId }]
    : []),
];

const somethingWaits = (db: ReadableDb, records: readonly { id: string }[]): boolean =>
  records.some(
    ({ id }) =>
      read(
        db,
        'SELECT 1 FROM change c JOIN outbox o ON o.change_seq = c.seq WHERE c.record_id = ? LIMIT 1',
      ).get(id) !== undefined,
  );

/** What is left of a record in this device's own tables. */
const eraseTraces = (db: WritableDb, customerId: string, records: readonly { id: string }[]): void => {
  for (const { id } of records) {
    write(db, 'DELETE FROM pushed WHERE change_seq IN (SELECT seq FROM change WHERE record_id = ?)').run(id);
    // the newest line stays, emptied: its number must not be given again
    write(
      db,
      `UPDATE change SET record_id = '', fields = '{}', before = NULL, base = '{}'
       WHERE record_id = ? AND seq = (SELECT max(seq) FROM change)`,
    ).run(id);
    write(db, 'DELETE FROM change WHERE record_id = ?').run(id);
    write(db, 'DELETE FROM parked WHERE id = ?').run(id);
  }
  // what only this laptop holds of a refused change stays in its list; what the server keeps goes
  write(db, 'DELETE FROM refused WHERE customer_id = ? AND quarantined = 1').run(customerId);
  write(db, "DELETE FROM draft WHERE key LIKE '%' || ? || '%'").run(customerId);
};

/** Customers that were taken away, whose last edits have been pushed. */
export const purgeable = (db: ReadableDb): string[] =>
  read<{ customer_id: string }>(db, 'SELECT customer_id FROM revoked_customer ORDER BY seq')
    .all()
    .map(({ customer_id }) => customer_id)
    .filter((customerId) => !somethingWaits(db, recordsOf(db, customerId)));

/**
 * Removes a customer and all below, with index, facts and history, in one transaction.
 * @returns how many records went; null when something was typed meanwhile, which is pushed first.
 */
export const purgeCustomer = ({ book }: Pick<RoundContext, 'book'>, customerId: string): number | null =>
  book.absorb((db) => {
    const applied: Applied = nothingApplied();
    const records = recordsOf(db, customerId);
    if (somethingWaits(db, records)) return { value: null, ...applied };
    for (const { entity, id } of records) erase(entity, id, applied);
    markErased(db, applied);
    eraseTraces(db, customerId, records);
    write(db, 'DELETE FROM revoked_customer WHERE customer_id = ?').run(customerId);
    return { value: records.length, ...applied };
  });

/** Purges every customer that left the scope and for which nothing waits, and confirms it with counts. */
export const purgeRevoked = async (
  context: RoundContext,
  purgeAttachments: AttachmentSync['purge'],
): Promise<void> => {
  const { db, book, server, report, signal } = context;
  const purged: { customerId: string; records: number }[] = [];
  for (const customerId of purgeable(db)) {
    await purgeAttachments(customerId, server);
    const records = purgeCustomer(context, customerId);
    if (records !== null) purged.push({ customerId, records });
    await context.breathe();
  }
  if (purged.length === 0) return;
  report.purged += purged.length;
  const records = purged.reduce((sum, one) => sum + one.records, 0);
  noteEvent(db, context.now().toISOString(), 'purged', { customers: purged.length, records });
  await server.call(
    { method: 'POST', path: '/v1/sync/purged', body: { clientId: book.clock.clientId, purged } },
    z.object({}),
    signal,
  );
};
