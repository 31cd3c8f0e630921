import { AppError } from '#shared/contracts/errors.ts';
import type { Output } from '#shared/contracts/registry.ts';
import { knownCommand } from '../../database/commit.ts';
import { type ReadableDb, read, type WritableDb, write } from '../../database/connection.ts';
import { derivedId } from '../../derived-id.ts';
import { type BadRow, type Counts, noCounts } from './planner.ts';

export type ImportState = 'running' | 'done' | 'cancelled' | 'failed' | 'undone';
type ImportLine = Output<'import.list'>['imports'][number];

/** What the command of a chunk remembers: the book's journal brings an import back even without its own row. */
export interface ChunkResult {
  importId: string;
  chunk: number;
  fileName: string;
  counts: Counts;
}

/** Command of one chunk of an import: the same however often it is asked. */
export const chunkCommand = (importId: string, chunk: number): string => derivedId('import', importId, chunk);

/** What a chunk came to, when it was committed before. */
export const committedChunk = (db: WritableDb, importId: string, chunk: number): ChunkResult | null =>
  (knownCommand(db, chunkCommand(importId, chunk))?.result as ChunkResult | undefined) ?? null;

/** Opens an import, or opens it again after an interruption. */
export const startImport = (db: WritableDb, id: string, fileName: string, at: string): void => {
  write(db, 'DELETE FROM import_bad_row WHERE import_id = ?').run(id);
  write(
    db,
    `INSERT INTO import_run (id, file_name, at, state, counts) VALUES (?, ?, ?, 'running', ?)
     ON CONFLICT (id) DO UPDATE SET state = 'running'`,
  ).run(id, fileName.slice(0, 255), at, JSON.stringify(noCounts()));
};

/** Notes how far an import is: `chunks` of them, and the bad rows met since the last time. */
export const noteChunk = (
  db: WritableDb,
  id: string,
  chunks: number,
  counts: Counts,
  badRows: readonly BadRow[],
): void => {
  const insert = write(
    db,
    `INSERT INTO import_bad_row (import_id, n, line, column_name, value, rule)
     VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM import_bad_row WHERE import_id = ?), ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    write(db, 'UPDATE import_run SET chunks = ?, counts = ? WHERE id = ?').run(
      chunks,
      JSON.stringify(counts),
      id,
    );
    for (const row of badRows) insert.run(id, id, row.line, row.column, row.value, row.rule);
  })();
};

export const endImport = (db: WritableDb, id: string, state: ImportState): void => {
  write(db, 'UPDATE import_run SET state = ? WHERE id = ?').run(state, id);
};

interface Row {
  id: string;
  file_name: string;
  at: string;
  state: ImportState;
  counts: string;
  chunks: number;
}

/** Imports that only the commands remember, because a restore lost their rows. */
const FROM_COMMANDS = `SELECT json_extract(result, '$.importId') AS id, json_extract(result, '$.fileName') AS file_name,
  min(at) AS at, 'failed' AS state, json_extract(result, '$.counts') AS counts,
  max(json_extract(result, '$.chunk')) + 1 AS chunks
  FROM command WHERE name = 'import.run' AND json_extract(result, '$.importId') NOT IN (SELECT id FROM import_run)
  GROUP BY 1`;
const IMPORTS = `SELECT id, file_name, at, state, counts, chunks FROM import_run UNION ALL ${FROM_COMMANDS}`;

/** Imports at work in this process: any other that says it runs was interrupted. */
const atWork = new Set<string>();

/** Keeps an import marked as running while `work` goes on. */
export const whileRunning = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
  atWork.add(id);
  try {
    return await work();
  } finally {
    atWork.delete(id);
  }
};

const stateOf = (row: Row): ImportState =>
  row.state === 'running' && !atWork.has(row.id) ? 'failed' : row.state;

/** An import with the number of chunks that are noted; one more may have been committed. @throws not_found */
export const importOf = (
  db: ReadableDb,
  id: string,
): { state: ImportState; counts: Counts; chunks: number } => {
  const row = read<Row>(db, `SELECT * FROM (${IMPORTS}) WHERE id = ?`).get(id);
  if (!row) throw new AppError('not_found', { params: { entity: 'import' } });
  return { state: stateOf(row), counts: JSON.parse(row.counts) as Counts, chunks: row.chunks };
};

export const listImports = (db: ReadableDb): ImportLine[] =>
  read<Row>(db, `SELECT * FROM (${IMPORTS}) ORDER BY at DESC, id DESC LIMIT 200`)
    .all()
    .map((row) => ({
      id: row.id,
      fileName: row.file_name,
      at: row.at,
      state: stateOf(row),
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
