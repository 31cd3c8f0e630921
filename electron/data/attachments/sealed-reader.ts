import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '#shared/contracts/errors.ts';
import { CHUNK_BYTES, chunkCount, HEADER_BYTES, keyOfHeader, openChunk, SEALED_BYTES } from './format.ts';

const damaged = (): AppError => new AppError('attachment_damaged');

/** Plain bytes of a sealed file from `start` on, a chunk at a time. @throws attachment_damaged */
export async function* readSealed(file: string, bookKey: Uint8Array, start = 0): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const header = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
    const key = keyOfHeader(bookKey, header.subarray(0, bytesRead));
    if (!key) throw damaged();
    const count = chunkCount(size);
    const sealed = Buffer.alloc(SEALED_BYTES);
    for (let index = Math.floor(start / CHUNK_BYTES); index < count; index += 1) {
      const { bytesRead: length } = await handle.read(
        sealed,
        0,
        SEALED_BYTES,
        HEADER_BYTES + index * SEALED_BYTES,
      );
      const plain = openChunk(key, index, index === count - 1, sealed.subarray(0, length));
      if (!plain) throw damaged();
      const skip = Math.max(0, start - index * CHUNK_BYTES);
      if (skip < plain.length) yield plain.subarray(skip);
    }
  } finally {
    await handle.close();
  }
}

/** The whole content; the end is only reached when it is what its hash says. @throws attachment_damaged */
export async function* readVerified(
  file: string,
  bookKey: Uint8Array,
  sha256: string,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of readSealed(file, bookKey)) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw damaged();
}
