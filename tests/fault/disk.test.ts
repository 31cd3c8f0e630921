import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asAppError } from '../../electron/data/database/errors.ts';
import { addCustomer, countIn, makeStoreFolder, namesIn, type StoreFolder } from '../support/store.ts';
import { type Disk, mountDisk } from './mount.ts';
import { checkBook } from './verify.ts';

const disk: Disk | null = mountDisk(12);
let at: StoreFolder;
beforeEach(() => {
  const folder = join(disk?.folder ?? '', 'book');
  if (disk) mkdirSync(folder);
  at = makeStoreFolder(disk ? folder : undefined);
});
afterEach(async () => {
  await at.remove();
  for (const name of disk ? readdirSync(disk.folder) : [])
    rmSync(join(disk?.folder ?? '', name), { recursive: true });
});
afterAll(() => disk?.remove());

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return asAppError(error).code;
  }
};

/** Takes all the space there is. */
const fillDisk = (): string => {
  const file = join(disk?.folder ?? '', 'ballast');
  for (let piece = 1 << 20; piece >= 512; piece >>= 1)
    try {
      for (;;) writeFileSync(file, Buffer.alloc(piece), { flag: 'a' });
    } catch {
      // this much does not fit any more
    }
  return file;
};

describe.skipIf(!disk)('a disk that fills up', () => {
  test('refuses the command, leaves nothing half written, and works again when there is room', async () => {
    const first = at.open();
    const acknowledged = ['before'];
    addCustomer(first.book, 'before');
    const ballast = fillDisk();
    let refused = 0;
    for (let n = 0; n < 2_000 && refused < 50; n += 1) {
      const name = `n${n} ${'x'.repeat(150)}`;
      const code = codeOf(() => addCustomer(first.book, name));
      if (code === 'nothing') acknowledged.push(name);
      else {
        expect(code).toBe('disk_full');
        refused += 1;
      }
    }
    expect(refused).toBe(50);
    expect(namesIn(first.book)).toEqual(acknowledged.toSorted());
    rmSync(ballast);
    addCustomer(first.book, 'with room');
    acknowledged.push('with room');
    await at.cut(first);

    const second = at.open();
    expect(namesIn(second.book)).toEqual(acknowledged.toSorted());
    expect(checkBook(second.book)).toEqual([]);
    await at.cut(second);
    // and the journal agrees with the database to the last entry
    await second.book.backups.settled();
    rmSync(at.files.database);
    rmSync(at.files.backups, { recursive: true, force: true });
    for (const suffix of ['-wal', '-shm']) rmSync(at.files.database + suffix, { force: true });
    const third = at.open();
    expect(namesIn(third.book)).toEqual(acknowledged.toSorted());
    expect(third.recovery?.params.lost).toBe(0);
  });

  test('makes a backup fail without leaving a piece of it', async () => {
    const { book } = at.open();
    for (let n = 0; n < 300; n += 1) addCustomer(book, `${n} ${'x'.repeat(190)}`);
    const ballast = fillDisk();
    await expect(book.backups.make('manual')).rejects.toThrow();
    rmSync(ballast);
    expect(book.backups.list()).toEqual([]);
    expect(existsSync(at.files.backups) ? readdirSync(at.files.backups) : []).toEqual([]);
    await expect(book.backups.make('manual')).resolves.toMatchObject({ reason: 'manual' });
  });

  test('that is full at the start says so, and the book opens once there is room', async () => {
    const first = at.open();
    addCustomer(first.book, 'kept');
    await first.close();
    rmSync(at.files.backups, { recursive: true, force: true });
    const ballast = fillDisk();
    const code = codeOf(() => at.open());
    expect(['disk_full', 'nothing']).toContain(code);
    rmSync(ballast);
    expect(namesIn(at.open().book)).toEqual(['kept']);
  });
});

describe.skipIf(!disk)('a folder that cannot be written to', () => {
  test.each(['closed in order', 'cut off'])(
    'shows a book that was %s, and refuses every change',
    async (how) => {
      const first = at.open();
      addCustomer(first.book, 'kept');
      if (how === 'cut off') await at.cut(first);
      else await first.close();
      await disk?.readOnly(async (view) => {
        const second = at.open({ folder: join(view, 'book') });
        expect(second.recovery?.key).toBe('recovery.readOnly');
        expect(namesIn(second.book)).toEqual(['kept']);
        expect(codeOf(() => addCustomer(second.book, 'no'))).toBe('read_only');
        expect(codeOf(() => second.book.local.put('draft', 'a', '1', ''))).toBe('read_only');
        expect(codeOf(() => second.book.writable.exec('DELETE FROM customer'))).toBe('read_only');
        await second.close();
      });
      const third = at.open();
      addCustomer(third.book, 'later');
      expect(namesIn(third.book)).toEqual(['kept', 'later']);
      expect(countIn(third.book, 'command')).toBe(2);
    },
  );
});
