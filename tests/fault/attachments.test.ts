import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type AttachmentFiles, openAttachmentFiles } from '../../electron/data/attachments/files.ts';
import { type Disk, mountDisk } from './mount.ts';

const disk: Disk | null = mountDisk(3);
const folder = join(disk?.folder ?? '', 'attachments');
let files: AttachmentFiles;

beforeEach(() => {
  if (disk) rmSync(folder, { recursive: true, force: true });
  files = openAttachmentFiles(folder, randomBytes(32));
});
afterAll(() => disk?.remove());

const keep = async (content: Buffer): Promise<string> => {
  const intake = await files.intake();
  for (let at = 0; at < content.length; at += 100_000) await intake.write(content.subarray(at, at + 100_000));
  return (await intake.keep()).sha256;
};
const read = async (sha256: string): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of files.readWhole(sha256)) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe.skipIf(!disk)('a disk that fills up while a file is kept', () => {
  test('is said to be full, leaves nothing half written and what was there whole', async () => {
    const first = randomBytes(1_500_000);
    const kept = await keep(first);
    for (const length of [2_000_000, 1_700_000, 1_650_000])
      await expect(keep(randomBytes(length))).rejects.toMatchObject({ code: 'disk_full' });
    expect(readdirSync(folder)).toHaveLength(1);
    expect((await read(kept)).equals(first)).toBe(true);
    const second = randomBytes(1_200_000);
    expect((await read(await keep(second))).equals(second)).toBe(true);
  });

  test('a fetched file goes on where the disk was full', async () => {
    await keep(randomBytes(1_500_000));
    const ballast = readdirSync(folder)[0] ?? '';
    const content = randomBytes(2_000_000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const part = await files.part(sha256);
    await expect(part.write(content)).rejects.toMatchObject({ code: 'ENOSPC' });
    await part.close();
    rmSync(join(folder, ballast));
    const again = await files.part(sha256);
    expect(again.bytes).toBeGreaterThan(1_000_000);
    await again.write(content.subarray(again.bytes));
    expect(await files.keepPart(sha256, again)).toBe(true);
    expect((await read(sha256)).equals(content)).toBe(true);
    expect(statSync(join(folder, readdirSync(folder)[0] ?? '')).size).toBeGreaterThan(content.length);
  });
});
