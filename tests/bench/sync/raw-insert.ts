import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codecs } from '../../../electron/data/database/codec.ts';
import { write } from '../../../electron/data/database/connection.ts';
import { migrate } from '../../../electron/data/database/migrate.ts';
import { openDatabase } from '../../../electron/data/database/open.ts';
import { inLists, MADE_STAMP, makeRecords } from './made-records.ts';

const ROWS_PER_TRANSACTION = 1_000;
const STAMPS = JSON.stringify({ '*': MADE_STAMP });

/**
 * The same rows as a first sync brings, inserted as fast as this encrypted database takes them: the same tables, indexes and
 * durability, values ready beforehand, no sync, no facts, no search index. Answers rows per second.
 */
export const rawInsert = (customers: number, ownerId: string): number => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-raw-'));
  const db = openDatabase({ file: join(folder, 'raw.db'), key: randomBytes(32) });
  try {
    migrate(db);
    db.pragma('synchronous = NORMAL');
    let rows = 0;
    let milliseconds = 0;
    for (const list of inLists(makeRecords(customers, ownerId), ROWS_PER_TRANSACTION)) {
      const ready = list.map(({ entity, id, data }) => ({
        statement: write(db, codecs[entity].insertSql),
        values: [id, ...codecs[entity].encode(data), STAMPS],
      }));
      const begun = performance.now();
      db.exec('BEGIN IMMEDIATE');
      for (const { statement, values } of ready) statement.run(...values);
      db.exec('COMMIT');
      milliseconds += performance.now() - begun;
      rows += list.length;
    }
    return (rows / milliseconds) * 1_000;
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
