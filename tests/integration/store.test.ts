import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/contracts/errors.ts';
import { armFailPoint, FAIL_POINTS } from '../../electron/data/database/fail-points.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { metaOf } from '../../electron/data/database/recovery/meta.ts';
import {
  addCustomer,
  countIn,
  makeStoreFolder,
  namesIn,
  renameCustomer,
  type StoreFolder,
} from '../support/store.ts';

let at: StoreFolder;
beforeEach(() => {
  at = makeStoreFolder();
});
afterEach(async () => {
  for (const point of FAIL_POINTS) armFailPoint(point, null);
  await at.remove();
});

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return error instanceof AppError ? error.code : String((error as { code?: string }).code);
  }
};
const aside = (label: string) => readdirSync(at.folder).filter((name) => name.startsWith(`book.db.${label}`));

describe('a book that was closed', () => {
  test('opens with everything, as the same book and client, and nothing to report', async () => {
    const first = at.open();
    addCustomer(first.book, 'Wang');
    const identity = [metaOf(first.book.db, 'bookId'), metaOf(first.book.db, 'clientId')];
    await first.close();
    const second = at.open();
    expect(namesIn(second.book)).toEqual(['Wang']);
    expect(second.recovery).toBeNull();
    expect([metaOf(second.book.db, 'bookId'), metaOf(second.book.db, 'clientId')]).toEqual(identity);
  });

  test('goes on in the same journal segment, and after a cut in a new one', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    await first.close();
    const second = at.open();
    addCustomer(second.book, 'B');
    const segments = () => readdirSync(at.files.journal).filter((name) => name.endsWith('.vbj'));
    expect(segments()).toHaveLength(1);
    await at.cut(second);
    addCustomer(at.open().book, 'C');
    expect(segments()).toHaveLength(2);
  });

  test('makes stamps later than all before, even when the clock of the computer went back', async () => {
    const first = at.open({ now: () => new Date('2030-01-01T00:00:00Z') });
    const id = addCustomer(first.book, 'A');
    await first.close();
    const second = at.open({ now: () => new Date('2020-01-01T00:00:00Z') });
    renameCustomer(second.book, id, 'B');
    const stamps = second.book.writable.prepare('SELECT stamp FROM change ORDER BY seq').all() as {
      stamp: string;
    }[];
    expect(stamps.map((row) => row.stamp).toSorted()).toEqual(stamps.map((row) => row.stamp));
  });
});

describe('a database that cannot be used', () => {
  const ways: [string, (file: string) => void][] = [
    ['deleted', (file) => rmSync(file)],
    ['emptied', (file) => truncateSync(file, 0)],
    ['cut in half', (file) => truncateSync(file, statSync(file).size >> 1)],
    ['overwritten with zeros', (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
    ['cut to a few bytes', (file) => truncateSync(file, 100)],
    [
      'swapped for one of another key',
      (file) => {
        rmSync(file);
        const other = openDatabase({ file, key: randomBytes(32) });
        other.exec('CREATE TABLE customer (name TEXT)');
        other.close();
      },
    ],
    [
      'hit by a flipped bit in the middle',
      (file) => {
        const bytes = readFileSync(file);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
  ];

  for (const withBackup of [true, false])
    test.each(ways)(
      `%s: everything is there, ${withBackup ? 'from a backup and' : 'all from'} the journal`,
      async (_, damage) => {
        const first = at.open();
        const id = addCustomer(first.book, 'before');
        if (withBackup) await first.book.backups.make('manual');
        addCustomer(first.book, 'after');
        renameCustomer(first.book, id, 'renamed');
        first.book.local.put('draft', 'note', '"half a sentence"', '2026-01-01T00:00:00.000Z');
        const client = metaOf(first.book.db, 'clientId');
        const bookId = metaOf(first.book.db, 'bookId');
        await at.cut(first);
        if (!withBackup) rmSync(at.files.backups, { recursive: true, force: true });
        for (const suffix of ['-wal', '-shm']) rmSync(at.files.database + suffix, { force: true });
        damage(at.files.database);

        const second = at.open();
        expect(namesIn(second.book)).toEqual(['after', 'renamed']);
        expect(countIn(second.book, 'command')).toBe(3);
        expect(countIn(second.book, 'outbox')).toBe(3);
        expect(countIn(second.book, 'draft')).toBe(1);
        expect(second.recovery?.key).toBe(withBackup ? 'recovery.restored' : 'recovery.rebuilt');
        expect(second.recovery?.params).toMatchObject({ replayed: withBackup ? 2 : 3, review: 0, lost: 0 });
        expect(metaOf(second.book.db, 'bookId')).toBe(bookId);
        expect(metaOf(second.book.db, 'clientId')).not.toBe(client);
      },
    );

  test('is kept under another name', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    await first.close();
    writeFileSync(at.files.database, 'not a database, but somebody may want it back');
    at.open();
    expect(aside('damaged').map((name) => readFileSync(join(at.folder, name), 'utf8'))).toEqual([
      'not a database, but somebody may want it back',
    ]);
  });

  test('and a wrong key: nothing is touched', async () => {
    const first = at.open();
    addCustomer(first.book, 'A');
    await first.book.backups.make('manual');
    await first.close();
    const listing = () => readdirSync(at.folder, { recursive: true }).map(String).sort();
    const before = listing();
    expect(codeOf(() => at.open({ key: randomBytes(32) }))).toBe('not_a_database');
    rmSync(at.files.database);
    expect(codeOf(() => at.open({ key: randomBytes(32) }))).toBe('not_a_database');
    expect(listing()).toEqual(before.filter((name) => name !== 'book.db'));
    expect(namesIn(at.open().book)).toEqual(['A']);
  });
});

describe('an entry that the database missed', () => {
  const lose = async (): Promise<void> => {
    const first = at.open();
    addCustomer(first.book, 'kept');
    await first.close();
    copyFileSync(at.files.database, join(at.folder, 'old'));
    const second = at.open();
    addCustomer(second.book, 'missed');
    await second.close();
    copyFileSync(join(at.folder, 'old'), at.files.database);
  };

  test('is replayed once and said', async () => {
    await lose();
    const third = at.open();
    expect(namesIn(third.book)).toEqual(['kept', 'missed']);
    expect(third.recovery).toEqual({ key: 'recovery.replayed', params: { replayed: 1, review: 0, lost: 0 } });
    await third.close();
    expect(at.open().recovery).toBeNull();
  });

  test('that no longer fits is kept for review with its content, once', async () => {
    const first = at.open();
    const id = addCustomer(first.book, 'gone');
    await first.close();
    copyFileSync(at.files.database, join(at.folder, 'old'));
    const second = at.open();
    renameCustomer(second.book, id, 'a name worth keeping');
    await second.close();
    copyFileSync(join(at.folder, 'old'), at.files.database);
    const tampered = openDatabase({ file: at.files.database, key: at.key });
    tampered.exec('DELETE FROM customer');
    tampered.close();
    const third = at.open();
    expect(third.recovery?.key).toBe('recovery.replayedPartly');
    await third.close();
    const fourth = at.open();
    const rows = fourth.book.writable.prepare('SELECT reason, content FROM review').all() as {
      reason: string;
      content: string;
    }[];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.reason).toBe('not_found');
    expect(rows[0]?.content).toContain('a name worth keeping');
  });
});

describe('a commit that fails', () => {
  const fail = (point: (typeof FAIL_POINTS)[number]) =>
    armFailPoint(point, () => {
      armFailPoint(point, null);
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });

  test.each([
    'commit.afterRows',
    'journal.halfWritten',
    'journal.beforeFlush',
    'commit.beforeCommit',
    'journal.segmentCreated',
  ] as const)('at %s leaves nothing, now and after a restart, and the next one works', async (point) => {
    const first = at.open();
    if (point !== 'journal.segmentCreated') addCustomer(first.book, 'before');
    fail(point);
    const commandId = uuid();
    expect(codeOf(() => addCustomer(first.book, 'failed', commandId))).toBe('ENOSPC');
    expect(namesIn(first.book)).not.toContain('failed');
    addCustomer(first.book, 'next');
    await at.cut(first);
    rmSync(at.files.database);
    rmSync(at.files.backups, { recursive: true, force: true });
    const second = at.open();
    expect(namesIn(second.book)).toEqual(point === 'journal.segmentCreated' ? ['next'] : ['before', 'next']);
    expect(second.recovery?.params.lost).toBe(0);
  });

  test('and its revocation fails too: the entry is taken out of the journal', async () => {
    const first = at.open();
    addCustomer(first.book, 'before');
    armFailPoint('commit.beforeCommit', () => {
      armFailPoint('commit.beforeCommit', null);
      fail('journal.halfWritten');
      throw new Error('commit failed');
    });
    expect(() => addCustomer(first.book, 'failed')).toThrow('commit failed');
    addCustomer(first.book, 'next');
    await at.cut(first);
    rmSync(at.files.database);
    rmSync(at.files.backups, { recursive: true, force: true });
    expect(namesIn(at.open().book)).toEqual(['before', 'next']);
  });

  test('asked again with the same id applies, also after a rebuild', async () => {
    const first = at.open();
    fail('commit.beforeCommit');
    const commandId = uuid();
    expect(() => addCustomer(first.book, 'asked twice', commandId)).toThrow();
    addCustomer(first.book, 'asked twice', commandId);
    await at.cut(first);
    rmSync(at.files.database);
    const second = at.open();
    expect(namesIn(second.book)).toEqual(['asked twice']);
    expect(countIn(second.book, 'command')).toBe(1);
  });
});
