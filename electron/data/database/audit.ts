import { createHash } from 'node:crypto';
import type { JournalEntry } from './commit.ts';
import { type ReadableDb, read } from './connection.ts';

interface AuditRow {
  n: number;
  at: string;
  actor: string;
  command_id: string;
  name: string;
  digest: string;
  hash: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an audit row says of the records a command changed. */
export const digestOf = (mutations: JournalEntry['mutations']): string =>
  sha256(JSON.stringify(mutations.map((m) => [m.entity, m.id, m.op, m.stamp])));

/** Hash of an audit row: it covers the row before it, and through it all rows. */
export const chainHash = (
  former: string,
  row: Pick<AuditRow, 'at' | 'actor' | 'command_id' | 'name' | 'digest'>,
): string => sha256([former, row.at, row.actor, row.command_id, row.name, row.digest].join('\n'));

/** Number of the first audit row that does not follow from those before it; null when all do. */
export const brokenAuditRow = (db: ReadableDb): number | null => {
  let former = '';
  let expected = 1;
  for (const row of read<AuditRow>(db, 'SELECT * FROM audit_event ORDER BY n').iterate()) {
    if (row.n !== expected || row.hash !== chainHash(former, row)) return row.n;
    former = row.hash;
    expected += 1;
  }
  return null;
};
