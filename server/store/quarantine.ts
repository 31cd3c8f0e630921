import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Sql } from './database.ts';
import type { QuarantineEntry } from './push.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what lies in quarantine with the server's own key. `place` binds it to its row. */
export interface Seal {
  seal(content: unknown, place: string): Buffer;
  /** @throws when it was changed, moved to another row or sealed with another key */
  open(sealed: Uint8Array, place: string): unknown;
}

export const createSeal = (key: Buffer): Seal => ({
  seal(content, place) {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  },
  open(sealed, place) {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  },
});

/** Where a sealed content belongs. */
export const placeOf = ({ bookId, id }: { bookId: string; id: string }): string => `${bookId}/${id}`;

/** Keeps content in quarantine in the transaction of the caller; the same mutation sent again is kept once. */
export const createQuarantine =
  ({ seal }: Seal) =>
  async (sql: Sql, entry: QuarantineEntry): Promise<void> => {
    const id = uuid();
    await sql.query(
      `INSERT INTO quarantine (book_id, id, account_id, device_id, client_id, n, customer_id, entity, reason, typed_at, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (book_id, client_id, n, reason) DO NOTHING`,
      [
        entry.bookId,
        id,
        entry.accountId,
        entry.deviceId,
        entry.clientId,
        entry.n,
        entry.customerId,
        entry.entity,
        entry.reason,
        entry.typedAt,
        seal(entry.content, placeOf({ bookId: entry.bookId, id })),
      ],
    );
  };
