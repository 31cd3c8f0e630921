import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { asAppError } from '../database/errors.ts';
import { syncFolder } from '../database/files.ts';
import { diskName } from './format.ts';
import { readSealed, readVerified } from './sealed-reader.ts';
import { createWriter, resumeWriter, type SealedWriter } from './sealed-writer.ts';

/** First bytes of a content, to tell what it is. */
const HEAD_BYTES = 512;
const PART = '.part';
const NEW = '.new';

/** What was taken in. */
export interface Kept {
  sha256: string;
  bytes: number;
  head: Buffer;
}

/** A content that comes in pieces. */
export interface Intake {
  readonly bytes: number;
  write(data: Uint8Array): Promise<void>;
  /** Checks what was written and keeps it under its hash. */
  keep(): Promise<Kept>;
  drop(): Promise<void>;
}

/** The contents of attachments of one book, sealed, each under the hash of its plain bytes. */
export interface AttachmentFiles {
  has(sha256: string): boolean;
  /** Plain bytes from `start` on. @throws attachment_damaged, attachment_not_here */
  read(sha256: string, start?: number): AsyncGenerator<Buffer>;
  /** All of it, held against its hash. @throws attachment_damaged, attachment_not_here */
  readWhole(sha256: string): AsyncGenerator<Buffer>;
  /** @throws disk_full and the like; `write` throws attachment_too_large */
  intake(): Promise<Intake>;
  /** Goes on with a content that is being fetched, or begins it. */
  part(sha256: string): Promise<SealedWriter>;
  /** Keeps what was fetched, when it is what was asked for; otherwise throws it away. */
  keepPart(sha256: string, part: SealedWriter): Promise<boolean>;
  remove(sha256: string): void;
  /**
   * Removes what nothing names: contents but those of `named`, and beginnings. What was written after `before` stays: its
   * record may be on its way. Answers how many files went.
   */
  sweep(named: Iterable<string>, before: Date): number;
}

const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asAppError(error);
  }
};

/** Opens the folder of attachments of a book; it is made with the first file. */
export const openAttachmentFiles = (folder: string, bookKey: Uint8Array): AttachmentFiles => {
  const fileOf = (sha256: string): string => join(folder, diskName(bookKey, sha256));
  const makeFolder = (): void => void mkdirSync(folder, { recursive: true, mode: 0o700 });
  const here = (sha256: string): string => {
    const file = fileOf(sha256);
    if (!existsSync(file)) throw new AppError('attachment_not_here');
    return file;
  };
  const readBack = async (file: string, sha256: string): Promise<void> => {
    for await (const chunk of readVerified(file, bookKey, sha256)) void chunk;
  };
  /** Gives a finished file its name, over one of the same content that may have been damaged. */
  const settle = async (file: string, sha256: string): Promise<void> => {
    await readBack(file, sha256);
    await rename(file, fileOf(sha256));
    syncFolder(folder);
  };

  return {
    has: (sha256) => existsSync(fileOf(sha256)),
    read: (sha256, start = 0) => readSealed(here(sha256), bookKey, start),
    readWhole: (sha256) => readVerified(here(sha256), bookKey, sha256),

    intake: () =>
      guarded(async () => {
        makeFolder();
        const writer = await createWriter(join(folder, `${randomUUID()}${NEW}`), bookKey);
        const drop = async (): Promise<void> => {
          await writer.close();
          await rm(writer.file, { force: true });
        };
        let head: Buffer = Buffer.alloc(0);
        const orDrop = async <T>(work: () => Promise<T>): Promise<T> => {
          try {
            return await work();
          } catch (error) {
            await drop().catch(() => undefined);
            throw asAppError(error);
          }
        };
        return {
          get bytes() {
            return writer.bytes;
          },
          write: (data) =>
            orDrop(async () => {
              if (writer.bytes + data.length > MOST_ATTACHMENT_BYTES)
                throw new AppError('attachment_too_large', {
                  params: { megabytes: MOST_ATTACHMENT_BYTES / 1024 / 1024 },
                });
              if (head.length < HEAD_BYTES)
                head = Buffer.concat([head, data.subarray(0, HEAD_BYTES - head.length)]);
              await writer.write(data);
            }),
          keep: () =>
            orDrop(async () => {
              const { sha256, bytes } = await writer.finish();
              await settle(writer.file, sha256);
              return { sha256, bytes, head };
            }),
          drop,
        };
      }),

    part: (sha256) =>
      guarded(async () => {
        makeFolder();
        const file = fileOf(sha256) + PART;
        if (existsSync(file)) {
          const resumed = await resumeWriter(file, bookKey);
          if (resumed) return resumed;
          await rm(file, { force: true });
        }
        return createWriter(file, bookKey);
      }),
    keepPart: (sha256, part) =>
      guarded(async () => {
        const found = await part.finish();
        if (found.sha256 === sha256) {
          await settle(part.file, sha256);
          return true;
        }
        await rm(part.file, { force: true });
        return false;
      }),

    remove(sha256) {
      for (const suffix of ['', PART]) rmSync(fileOf(sha256) + suffix, { force: true });
    },
    sweep(named, before) {
      if (!existsSync(folder)) return 0;
      const keep = new Set([...named].map((sha256) => diskName(bookKey, sha256)));
      let removed = 0;
      for (const name of readdirSync(folder)) {
        const isNamed = keep.has(name.endsWith(PART) ? name.slice(0, -PART.length) : name);
        const file = join(folder, name);
        if (isNamed || statSync(file).mtime >= before) continue;
        rmSync(file, { force: true, recursive: true });
        removed += 1;
      }
      return removed;
    },
  };
};
