import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../electron/data/database/store.ts';
import { commitHooks } from '../../electron/data/features.ts';
import { buildIndex } from '../../electron/data/search/rebuild.ts';
import { fillBook } from './fill.ts';

/** A data folder with a filled book, as the app finds it at its start. Its key lies in the open, like the demo's. */
export const makeBook = async (customers: number, interactions: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-bench-'));
  const book = join(folder, 'data', 'books', 'demo');
  mkdirSync(book, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  writeFileSync(
    join(book, 'keys.json'),
    JSON.stringify({ version: 1, none: { key: key.toString('base64') } }),
    { mode: 0o600 },
  );
  writeFileSync(join(folder, 'data', 'state.json'), JSON.stringify({ activeBook: 'demo' }), { mode: 0o600 });
  const store = openStore({ folder: book, key, demo: true, hooks: commitHooks });
  const db = store.book.writable;
  db.pragma('synchronous = OFF');
  fillBook(db, { customers, interactions, today: new Date().toISOString().slice(0, 10) });
  await buildIndex(db);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('synchronous = FULL');
  await store.close();
  return folder;
};
