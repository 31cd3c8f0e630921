import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/** The bytes of an attachment on disk (docs/adr/0017-attachments.md). Nothing here touches a disk. */
export const HEADER_BYTES = 24;
/** Plain bytes of every chunk but the last. */
export const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
const MAGIC = Buffer.from('VBATT001', 'latin1');
const SALT_BYTES = HEADER_BYTES - MAGIC.length;

const derive = (bookKey: Uint8Array, salt: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', bookKey, salt, `visitbook attachment 1 ${purpose}`, 32));

/** Name of a file on disk: says neither what it holds nor, to who has no key, whether it is a file they know. */
export const diskName = (bookKey: Uint8Array, sha256: string): string =>
  createHmac('sha256', derive(bookKey, Buffer.alloc(0), 'name'))
    .update(sha256)
    .digest('hex');

export const makeHeader = (salt: Uint8Array): Buffer => Buffer.concat([MAGIC, salt]);
export const newSaltBytes = SALT_BYTES;

/** The key of one file, new for every file by its salt, so that counters never meet twice; null for no such header. */
export const keyOfHeader = (bookKey: Uint8Array, header: Buffer): KeyObject | null =>
  header.length === HEADER_BYTES && header.subarray(0, MAGIC.length).equals(MAGIC)
    ? createSecretKey(derive(bookKey, header.subarray(MAGIC.length), 'content'))
    : null;

const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(index, 0);
  return nonce;
};

/** Binds a chunk to its place, and the last one to being the last: nothing can be cut off or moved. */
const placeOf = (index: number, last: boolean): Buffer => Buffer.from(`${index} ${last ? 'last' : 'more'}`);

/** A chunk as it lies on disk: ciphertext and tag. */
export const sealChunk = (key: KeyObject, index: number, last: boolean, plain: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index)).setAAD(placeOf(index, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** The plain bytes of a chunk; null when it was damaged or belongs elsewhere. */
export const openChunk = (key: KeyObject, index: number, last: boolean, sealed: Buffer): Buffer | null => {
  if (sealed.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: TAG_BYTES })
    .setAAD(placeOf(index, last))
    .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
};

/** Chunks of a finished file of this size on disk; there is always one, be it empty. */
export const chunkCount = (fileBytes: number): number =>
  Math.max(1, Math.ceil((fileBytes - HEADER_BYTES) / SEALED_BYTES));
