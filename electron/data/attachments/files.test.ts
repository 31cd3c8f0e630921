import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { type AttachmentFiles, type Kept, openAttachmentFiles } from './files.ts';
import { CHUNK_BYTES } from './format.ts';

const key = randomBytes(32);
let folder: string;
let files: AttachmentFiles;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'visitbook-attachments-')), 'attachments');
  files = openAttachmentFiles(folder, key);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const sha = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const keep = async (content: Uint8Array): Promise<Kept> => {
  const intake = await files.intake();
  await intake.write(content);
  return intake.keep();
};
const all = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const onlyFile = (): string => join(folder, readdirSync(folder)[0] ?? '');

describe('contents of attachments', () => {
  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7])(
    '%i bytes come back as they were, whole and from any place',
    async (length) => {
      const content = randomBytes(length);
      const { sha256, bytes } = await keep(content);
      expect([sha256, bytes]).toEqual([sha(content), length]);
      expect(await all(files.readWhole(sha256))).toEqual(content);
      for (const start of [0, 1, CHUNK_BYTES, length - 1, length].filter((at) => at >= 0))
        expect(await all(files.read(sha256, start))).toEqual(content.subarray(start));
    },
  );

  test('nothing of name, hash or content can be read on the disk', async () => {
    const content = Buffer.from('a secret of the customer '.repeat(20));
    const { sha256 } = await keep(content);
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(name).not.toBe(sha256);
    expect(readFileSync(onlyFile()).includes('secret')).toBe(false);
    const stranger = openAttachmentFiles(folder, randomBytes(32));
    expect(() => stranger.readWhole(sha256)).toThrow('attachment_not_here');
  });

  test('the same content lies there once, sealed differently in another book', async () => {
    const content = randomBytes(1_000);
    await keep(content);
    await keep(content);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('every kind of damage is found', async () => {
    const content = randomBytes(CHUNK_BYTES * 2 + 100);
    const { sha256 } = await keep(content);
    const good = readFileSync(onlyFile());
    const file = onlyFile();
    const damaged = async (bytes: Buffer): Promise<void> => {
      writeFileSync(file, bytes);
      await expect(all(files.readWhole(sha256))).rejects.toMatchObject({ code: 'attachment_damaged' });
    };
    for (const at of [0, 9, 24, 60_000, good.length - 1]) {
      const flipped = Buffer.from(good);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await damaged(flipped);
    }
    // cut off, also exactly between two chunks
    for (const length of [0, 10, 24, 24 + CHUNK_BYTES + 16, good.length - 1])
      await damaged(good.subarray(0, length));
    // another good file in its place
    const other = await keep(randomBytes(50));
    rmSync(file);
    const [otherName = ''] = readdirSync(folder);
    await damaged(readFileSync(join(folder, otherName)));
    expect(other.bytes).toBe(50);
    // added again, it is whole again
    await keep(content);
    expect(await all(files.readWhole(sha256))).toEqual(content);
  });

  test('what is too large is refused and leaves nothing behind', async () => {
    const intake = await files.intake();
    const piece = Buffer.alloc(1024 * 1024);
    for (let n = 0; n < MOST_ATTACHMENT_BYTES / piece.length; n += 1) await intake.write(piece);
    await expect(intake.write(Buffer.from('x'))).rejects.toMatchObject({
      code: 'attachment_too_large',
      params: { megabytes: 50 },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a fetched content goes on where it was cut, wherever that was', async () => {
    const content = randomBytes(CHUNK_BYTES * 3 + 5);
    const name = sha(content);
    const first = await files.part(name);
    await first.write(content.subarray(0, CHUNK_BYTES * 2 + 9));
    await first.close();
    // the crash came in the middle of writing a chunk
    truncateSync(onlyFile(), 24 + (CHUNK_BYTES + 16) * 2 - 30);
    const second = await files.part(name);
    expect(second.bytes).toBe(CHUNK_BYTES);
    await second.write(content.subarray(second.bytes));
    expect(files.has(name)).toBe(false);
    expect(await files.keepPart(name, second)).toBe(true);
    expect(await all(files.readWhole(name))).toEqual(content);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('a crash before the rename is resumed as well; other content than asked for is thrown away', async () => {
    const content = randomBytes(100);
    const part = await files.part(sha(content));
    await part.write(content);
    await part.finish();
    const again = await files.part(sha(content));
    expect(again.bytes).toBe(0);
    await again.write(randomBytes(100));
    expect(await files.keepPart(sha(content), again)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('sweeping leaves what is named and what is new', async () => {
    const [named, orphan, fresh] = [
      await keep(randomBytes(3)),
      await keep(randomBytes(4)),
      await keep(randomBytes(5)),
    ];
    await files.intake();
    const yesterday = new Date(Date.now() - 86_400_000);
    const freshFile = openAttachmentFiles(folder, key);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), yesterday, yesterday);
    await keep(randomBytes(6));
    expect(freshFile.sweep([named.sha256, fresh.sha256], new Date(Date.now() - 3_600_000))).toBe(2);
    expect([named, orphan, fresh].map(({ sha256 }) => files.has(sha256))).toEqual([true, false, true]);
    expect(existsSync(folder)).toBe(true);
  });
});
