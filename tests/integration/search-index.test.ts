import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/data/database/open.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { buildIndex, forgetIndex, isIndexBuilt } from '../../electron/data/search/rebuild.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'visitbook-test-'));
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('the search index', () => {
  let test: TestBook;
  beforeEach(async () => {
    test = openTestBook(features, { hooks: commitHooks });
    for (let n = 0; n < 600; n++)
      await test.call('customer.create', { id: uuid(n), fields: { kind: 'person', name: `张三${n}` } });
  });
  afterEach(() => test.close());
  const found = async (text: string): Promise<number> => {
    await test.jobs.settled();
    return (await test.call('search.query', { text, limit: 100 })).hits.length;
  };

  it('is built anew beside the work when it is missing, and goes on where it was interrupted', async () => {
    const db = test.book.writable;
    await buildIndex(db);
    expect(await found('三599')).toBe(1);
    forgetIndex(db);
    expect(isIndexBuilt(db)).toBe(false);
    let chunks = 0;
    const interrupted = {
      progress: () => undefined,
      breathe: async () => {
        if (++chunks === 1) throw new Error('stopped');
      },
    };
    await expect(buildIndex(db, interrupted)).rejects.toThrow('stopped');
    const part = db.prepare('SELECT count(*) AS n FROM search_index_docsize').get() as { n: number };
    expect(part.n).toBe(500);
    // the first question starts the build, the next one finds everything
    await found('张三1');
    expect(await found('三599')).toBe(1);
    expect(isIndexBuilt(db)).toBe(true);
  });

  it('tells a customer merged into another by the one that is left', async () => {
    await test.call('note.create', {
      id: uuid(9_001),
      fields: {
        customerId: uuid(2),
        body: '谈了信托',
        takenAt: '2026-03-01T02:00:00.000Z',
        zone: 'Asia/Shanghai',
      },
    });
    expect(await found('三2 信托')).toBe(1);
    await test.call('customer.merge', { intoId: uuid(7), fromId: uuid(2) });
    const { hits } = await test.call('search.query', { text: '三7 信托' });
    expect(hits.map((hit) => hit.customerId)).toEqual([uuid(7)]);
    expect(await found('三2 信托')).toBe(0);
  });
});

describe('a backup', () => {
  it('keeps the rows of records where they are: the index knows records by them', () => {
    const folder = makeFolder();
    const key = randomBytes(32);
    const db = openDatabase({ file: join(folder, 'book.db'), key });
    db.exec(
      `CREATE TABLE record (id TEXT PRIMARY KEY) STRICT;
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
       INSERT INTO record SELECT printf('%03d', 101 - i) FROM n;
       DELETE FROM record WHERE rowid % 3 = 0`,
    );
    const target = join(folder, 'copy.db');
    db.prepare('VACUUM INTO ?').run(target);
    const copy = openDatabase({ file: target, key });
    const rows = (from: typeof db) => from.prepare('SELECT rowid AS n, id FROM record ORDER BY rowid').all();
    expect(rows(copy)).toEqual(rows(db));
    copy.close();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
