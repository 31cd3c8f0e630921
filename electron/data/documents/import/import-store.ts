import type { ImportResult } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { type ReadableDb, read, type WritableDb, write } from '../../database/connection.ts';
import { derivedId } from '../../derived-id.ts';
import type { BadRow, Counts } from './plan-rows.ts';

export type ImportState = 'running' | 'done' | 'cancelled' | 'failed' | 'undone';
interface Row {
  id: string;
  file_name: string;
  at: string;
  state: ImportState;
  counts: string;
  chunks: number;
}

/** Command of one chunk of an import: the same however often it is asked. */
export const chunkCommand = (importId: string, chunk: number): string => derivedId('import', importId, chunk);

export const startImport = (
  db: WritableDb,
  id: string,
  fileName: string,
  at: string,
  counts: Counts,
): void => {
  write(db, 'INSERT INTO import_run (id, file_name, at, state, counts) VALUES (?, ?, ?, ?, ?)').run(
    id,
    fileName.slice(0, 255),
    at,
    'running',
    JSON.stringify(counts),
  );
};

export const noteChunk = (db: WritableDb, id: string, chunks: number, counts: Counts): void => {
  write(db, 'UPDATE import_run SET chunks = ?, counts = ? WHERE id = ?').run(
    chunks,
    JSON.stringify(counts),
    id,
  );
};

export const endImport = (
  db: WritableDb,
  id: string,
  state: ImportState,
  counts?: Counts,
  badRows: readonly BadRow[] = [],
): void => {
  const insert = write(
    db,
    'INSERT OR REPLACE INTO import_bad_row (import_id, n, line, column_name, value, rule) VALUES (?, ?, ?, ?, ?, ?)',
  );
  db.transaction(() => {
    if (counts)
      write(db, 'UPDATE import_run SET state = ?, counts = ? WHERE id = ?').run(
        state,
        JSON.stringify(counts),
        id,
      );
    else write(db, 'UPDATE import_run SET state = ? WHERE id = ?').run(state, id);
    for (const [n, row] of badRows.entries()) insert.run(id, n, row.line, row.column, row.value, row.rule);
  })();
};

/** @throws not_found */
export const importOf = (
  db: ReadableDb,
  id: string,
): { state: ImportState; counts: ImportResult['counts']; chunks: number } => {
  const row = read<Row>(db, 'SELECT * FROM import_run WHERE id = ?').get(id);
  if (!row) throw new AppError('not_found', { params: { entity: 'import' } });
  return { state: row.state, counts: JSON.parse(row.counts) as Counts, chunks: row.chunks };
};

export const listImports = (db: ReadableDb) =>
  read<Row>(db, 'SELECT * FROM import_run ORDER BY at DESC, rowid DESC LIMIT 200')
    .all()
    .map((row) => ({
      id: row.id,
      fileName: row.file_name,
      at: row.at,
      state: row.state,
      counts: JSON.parse(row.counts) as Counts,
    }));

export const badRowsOf = (
  db: ReadableDb,
  id: string,
  offset: number,
  limit: number,
): { total: number; rows: BadRow[] } => ({
  total:
    read<{ n: number }>(db, 'SELECT count(*) AS n FROM import_bad_row WHERE import_id = ?').get(id)?.n ?? 0,
  rows: read<BadRow>(
    db,
    'SELECT line, column_name AS "column", value, rule FROM import_bad_row WHERE import_id = ? ORDER BY n LIMIT ? OFFSET ?',
  ).all(id, limit, offset),
});
