import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
const DRAWN = 512;

/**
 * Ids (UUIDv7) for many records at once. Random bytes are drawn for hundreds of ids together: drawn one by one they cost
 * more than writing the record. Ids of one maker follow each other, as rows do that are inserted in order.
 */
export const createIdMaker = (): (() => string) => {
  const random = new Uint8Array(BYTES * DRAWN);
  let used = DRAWN;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === DRAWN) {
      randomFillSync(random);
      used = 0;
    }
    const bytes = random.subarray(used * BYTES, ++used * BYTES);
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      seq = 0;
    } else seq += 1;
    return v7({ random: bytes, msecs, seq });
  };
};
