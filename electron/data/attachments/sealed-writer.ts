import { createHash, type Hash, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  keyOfHeader,
  makeHeader,
  newSaltBytes,
  openChunk,
  SEALED_BYTES,
  sealChunk,
} from './format.ts';

/** Writes bytes sealed to a file, chunk by chunk; at most one chunk is in memory. */
export interface SealedWriter {
  readonly file: string;
  /** Plain bytes taken so far. */
  readonly bytes: number;
  write(data: Uint8Array): Promise<void>;
  /** Seals the last chunk and makes the file last. The writer is closed. */
  finish(): Promise<{ sha256: string; bytes: number }>;
  /** Leaves the file as it is: {@link resumeWriter} goes on where the last whole chunk ended. */
  close(): Promise<void>;
}

interface Start {
  file: string;
  handle: FileHandle;
  header: Buffer;
  hash: Hash;
  chunks: number;
}

/** Writes all of it: on a disk that fills up a write may take a part and say nothing. */
const writeAll = async (handle: FileHandle, bytes: Buffer, position: number): Promise<void> => {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
};

const writerFrom = ({ file, handle, header, hash, chunks }: Start, bookKey: Uint8Array): SealedWriter => {
  const key = keyOfHeader(bookKey, header);
  if (!key) throw new Error('no header of ours');
  let index = chunks;
  let pending: Buffer = Buffer.alloc(0);
  let closed = false;

  const put = async (plain: Buffer, last: boolean): Promise<void> => {
    await writeAll(handle, sealChunk(key, index, last, plain), HEADER_BYTES + index * SEALED_BYTES);
    index += 1;
  };
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await handle.close();
  };

  return {
    file,
    get bytes() {
      return index * CHUNK_BYTES + pending.length;
    },
    async write(data) {
      hash.update(data);
      pending = pending.length === 0 ? Buffer.from(data) : Buffer.concat([pending, data]);
      // the last chunk is only known at the end, so a full one waits for what follows it
      while (pending.length > CHUNK_BYTES) {
        await put(pending.subarray(0, CHUNK_BYTES), false);
        pending = pending.subarray(CHUNK_BYTES);
      }
    },
    async finish() {
      const bytes = index * CHUNK_BYTES + pending.length;
      await put(pending, true);
      await handle.sync();
      await close();
      return { sha256: hash.digest('hex'), bytes };
    },
    close,
  };
};

/** Begins a file. @throws when one is there already */
export const createWriter = async (file: string, bookKey: Uint8Array): Promise<SealedWriter> => {
  const header = makeHeader(randomBytes(newSaltBytes));
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeAll(handle, header, 0);
    return writerFrom({ file, handle, header, hash: createHash('sha256'), chunks: 0 }, bookKey);
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** Goes on with a file that was cut off; null when nothing of it can be used. */
export const resumeWriter = async (file: string, bookKey: Uint8Array): Promise<SealedWriter | null> => {
  const handle = await open(file, 'r+');
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
  const key = keyOfHeader(bookKey, header.subarray(0, bytesRead));
  if (!key) {
    await handle.close();
    return null;
  }
  const hash = createHash('sha256');
  const sealed = Buffer.alloc(SEALED_BYTES);
  let chunks = 0;
  for (;;) {
    const place = HEADER_BYTES + chunks * SEALED_BYTES;
    const { bytesRead: length } = await handle.read(sealed, 0, SEALED_BYTES, place);
    const plain = length === SEALED_BYTES ? openChunk(key, chunks, false, sealed) : null;
    if (!plain) break;
    hash.update(plain);
    chunks += 1;
  }
  await handle.truncate(HEADER_BYTES + chunks * SEALED_BYTES);
  return writerFrom({ file, handle, header, hash, chunks }, bookKey);
};
