import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { checkDatabase } from '../../../electron/data/database/integrity.ts';
import type { Database } from '../../../server/store/database.ts';
import { openPglite } from '../../../server/store/pglite.ts';
import type { TestBook } from '../../support/book.ts';
import { addBook, addUser, startServer, type TestServer } from '../../support/server.ts';
import { type Disk, mountDisk } from '../mount.ts';
import { closeLaptop, connect, customerNames, openLaptop, settle, tryRound, typeCustomer } from './laptop.ts';

const CUSTOMERS = 4_000;
const disk: Disk | null = mountDisk(120);
let server: TestServer | null = null;
let laptop: TestBook | null = null;
const temporary = process.env.TMPDIR;

afterEach(async () => {
  if (laptop) await closeLaptop(laptop);
  await server?.stop();
});
afterAll(() => disk?.remove());

/** A book of the server that is larger than what is left on the disk. */
const fillServer = async (db: Database, bookId: string): Promise<void> => {
  await db.query('UPDATE book SET seq = $2 WHERE id = $1', [bookId, CUSTOMERS]);
  await db.query(
    `INSERT INTO record (book_id, entity, id, customer_id, data, stamps, seq)
     SELECT $1, 'customer', id, id, jsonb_build_object('kind', 'person', 'name', 'customer ' || n,
       'createdAt', '2026-01-01T00:00:00.000Z', 'about', repeat('x', 3000)), '{"*":"0abcdefgh-0000-server"}', n
     FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, ${CUSTOMERS}) n) made`,
    [bookId],
  );
};

/** Takes the disk but for so many bytes; answers the file that does. */
const leave = (folder: string, bytes: number): string => {
  const ballast = join(folder, 'ballast');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - bytes));
  return ballast;
};

describe.skipIf(!disk)('a disk that fills up in the middle of a first sync', () => {
  test('stops the sync with a reason, keeps what was typed, and goes on once there is room', async () => {
    const folder = disk?.folder ?? '';
    const db = await openPglite();
    server = await startServer({ db });
    const bookId = await addBook(db);
    await addUser(db, { username: 'lead', bookId, role: 'leader' });
    await fillServer(db, bookId);
    process.env.TMPDIR = folder;
    laptop = openLaptop();
    process.env.TMPDIR = temporary;
    const before = await typeCustomer(laptop, 'typed before');
    const ballast = leave(folder, 6 << 20);
    await connect(laptop, server.url, 'lead');
    expect(await tryRound(laptop)).toBe('disk_full');
    const some = customerNames(laptop).length;
    expect(some).toBeLessThan(CUSTOMERS);
    expect(customerNames(laptop)).toContain('typed before');
    checkDatabase(laptop.book.writable);
    // again and again it changes nothing
    expect(await tryRound(laptop)).toBe('disk_full');
    expect(await laptop.call('sync.state', {})).toMatchObject({ problem: { code: 'disk_full' } });

    rmSync(ballast);
    await typeCustomer(laptop, 'typed after');
    await settle(laptop);
    expect(customerNames(laptop)).toHaveLength(CUSTOMERS + 2);
    checkDatabase(laptop.book.writable);
    expect(await db.query('SELECT 1 FROM record WHERE id = $1', [before])).toHaveLength(1);
  }, 180_000);
});
