import { z } from 'zod';
import type { Book } from '../database/book.ts';
import { connectionOf } from './connection.ts';
import { acknowledge, nextBatch } from './outbox.ts';
import { send, type TransportTo, understand } from './server-client.ts';
import { inTransaction } from './transaction.ts';

/**
 * Hands everything that waits to the server's quarantine: this device was cut off and may do nothing else.
 * @returns whether all of it is there; only then may anything be removed here
 */
export const escrowAll = async (book: Book, transportTo: TransportTo): Promise<boolean> => {
  const db = book.writable;
  const connection = connectionOf(db);
  if (!connection) return false;
  const transport = transportTo(connection.url);
  const hand = async (mutations: unknown[], last: boolean): Promise<void> => {
    const answer = await send(transport, {
      method: 'POST',
      path: '/v1/sync/escrow',
      headers: { authorization: `Refresh ${connection.deviceId}.${connection.refreshToken}` },
      body: { clientId: book.clock.clientId, mutations, last },
    });
    understand(answer, z.object({}));
  };
  try {
    for (let batch = nextBatch(db); batch.length > 0; batch = nextBatch(db)) {
      await hand(
        batch.map(({ wire }) => wire),
        false,
      );
      inTransaction(db, () => {
        for (const waiting of batch) acknowledge(db, waiting, book.clock.clientId);
      });
    }
    await hand([], true);
    return true;
  } catch {
    // tried again with the next round; until then everything stays here
    return false;
  }
};
