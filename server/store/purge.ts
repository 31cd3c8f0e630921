import type { z } from 'zod';
import type { escrowRequest, purgedRequest } from '#shared/sync/protocol.ts';
import type { Sql } from './database.ts';
import type { Pusher, StoreParts } from './push.ts';

/** Notes what a laptop says it has removed. */
export const notePurged = async (
  sql: Sql,
  bookId: string,
  { clientId, purged }: z.infer<typeof purgedRequest>,
): Promise<void> => {
  await sql.query(
    `INSERT INTO purge (book_id, client_id, customer_id, records)
     SELECT $1, $2, customer_id, records FROM jsonb_to_recordset($3::jsonb) AS row (customer_id uuid, records integer)`,
    [
      bookId,
      clientId,
      JSON.stringify(purged.map(({ customerId, records }) => ({ customer_id: customerId, records }))),
    ],
  );
};

/** Takes into quarantine what a device that was cut off still holds. */
export const escrow = (
  { db, quarantine }: StoreParts,
  pusher: Pusher,
  { clientId, mutations, last }: z.infer<typeof escrowRequest>,
): Promise<void> =>
  db.transaction(async (sql) => {
    for (const mutation of mutations)
      await quarantine(sql, {
        bookId: pusher.bookId,
        accountId: pusher.accountId,
        deviceId: pusher.deviceId,
        clientId,
        n: mutation.n,
        customerId:
          mutation.entity === 'customer'
            ? mutation.id
            : ((mutation.fields.customerId as string | undefined) ?? null),
        entity: mutation.entity,
        reason: 'device_revoked',
        typedAt: mutation.typedAt,
        content: mutation,
      });
    if (last) await sql.query('UPDATE device SET purged_at = now() WHERE id = $1', [pusher.deviceId]);
  });
