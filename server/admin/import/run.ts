import { Fault } from '../../http/fault.ts';
import type { Sql } from '../../store/database.ts';
import { type AdminContext, noteEvent } from '../context.ts';
import type { ImportKind } from './columns.ts';
import { createReport, type ImportReport, noteProblems } from './report.ts';
import { createRowReader, type ReadRow } from './rows.ts';
import { readCsv, type Source } from './source.ts';

/** Rows of one transaction: it holds the lock of the book. */
const CHUNK = 1_000;

export interface ImportOptions {
  encoding?: string;
  dryRun?: boolean;
  ignoreUnknown?: boolean;
  /** Told after each piece. */
  onProgress?(report: ImportReport): void;
}

/** One kind of file: how a row is named, and what becomes of a piece of them in a transaction. */
export interface Importer {
  kind: ImportKind;
  /** Names what a row is about; two rows of one name are a mistake of the file. */
  keyOf(row: ReadRow): string;
  apply(sql: Sql, rows: readonly ReadRow[], report: ImportReport): Promise<void>;
  /** After the last row, when none was bad. */
  finish?(sql: Sql, report: ImportReport): Promise<void>;
}

/** Thrown at the end of a transaction that was only tried. */
class DryRun extends Error {}

const inTransaction = async (
  { db }: AdminContext,
  dryRun: boolean,
  work: (sql: Sql) => Promise<void>,
): Promise<void> => {
  try {
    await db.transaction(async (sql) => {
      await work(sql);
      if (dryRun) throw new DryRun();
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
};

/**
 * Reads a CSV of the bank's systems piece by piece, each in one transaction. The same file twice changes nothing; a dry run
 * does everything and takes it back. A bad row is told and left out, the others are taken.
 */
export const runImport = async (
  context: AdminContext,
  importer: Importer,
  source: Source,
  { encoding, dryRun = false, ignoreUnknown = false, onProgress }: ImportOptions,
): Promise<ImportReport> => {
  const report = createReport(dryRun);
  const lines = readCsv(source, encoding);
  const first = await lines.next();
  if (first.done) throw new Fault('invalid', { detail: 'the file is empty' });
  const read = createRowReader(importer.kind, first.value, ignoreUnknown);
  const seen = new Map<string, number>();
  let chunk: ReadRow[] = [];
  const flush = async (): Promise<void> => {
    const rows = chunk;
    chunk = [];
    report.taken += rows.length;
    await inTransaction(context, dryRun, (sql) => importer.apply(sql, rows, report));
    onProgress?.(report);
  };
  for await (const line of lines) {
    report.rows += 1;
    const row = read(line);
    if (Array.isArray(row)) {
      noteProblems(report, row);
      continue;
    }
    const key = importer.keyOf(row);
    const before = seen.get(key);
    if (before !== undefined) {
      noteProblems(report, [{ line: row.line, column: '', reason: `the same as line ${before}` }]);
      continue;
    }
    seen.set(key, row.line);
    if (chunk.push(row) === CHUNK) await flush();
  }
  if (chunk.length > 0) await flush();
  if (report.bad === 0 && importer.finish)
    await inTransaction(context, dryRun, (sql) => importer.finish?.(sql, report) ?? Promise.resolve());
  const { rows, changed, removed, bad } = report;
  if (!dryRun)
    await noteEvent(context.db, context, `import-${importer.kind}`, importer.kind, {
      rows,
      changed,
      removed,
      bad,
    });
  return report;
};

/** A row that turned out bad only when it met the database. */
export const reject = (report: ImportReport, { line }: ReadRow, column: string, reason: string): void => {
  report.taken -= 1;
  noteProblems(report, [{ line, column, reason }]);
};
