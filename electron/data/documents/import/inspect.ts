import { createHash } from 'node:crypto';
import { type ImportDialect, type ImportMapping, importMapping } from '#shared/contracts/book.ts';
import type { Output } from '#shared/contracts/registry.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { guessTarget, kindOfValues } from './columns.ts';
import { detectDialect } from './dialect.ts';
import { readHead, readRows } from './reader.ts';

const SAMPLE_ROWS = 200;
const SHOWN_ROWS = 20;
const SHOWN_CHARACTERS = 120;

/** Where the mapping of files with these columns is remembered. */
export const mappingKey = (names: readonly string[]): string =>
  `import.mapping.${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 24)}`;

/** Names of the columns: those of the header, numbered where they are missing or repeated. */
export const columnNames = (first: readonly string[], hasHeader: boolean): string[] => {
  const used = new Map<string, number>();
  return first.map((cell, index) => {
    const base = (hasHeader ? cell.trim() : '') || `#${index + 1}`;
    const times = (used.get(base) ?? 0) + 1;
    used.set(base, times);
    return times === 1 ? base : `${base} (${times})`;
  });
};

/** The first rows of a file, the header included. */
export const firstRows = async (path: string, name: string, dialect: ImportDialect): Promise<string[][]> => {
  const rows: string[][] = [];
  for await (const row of readRows(path, name, { ...dialect, hasHeader: false })) {
    rows.push(row.cells);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows;
};

const guessMapping = (names: readonly string[], isEuro: boolean): ImportMapping => {
  const taken = new Set<string>();
  const columns = names.map((name) => {
    const target = guessTarget(name, taken);
    taken.add(target);
    return target;
  });
  return importMapping.parse({ columns, ...(isEuro && { currency: 'EUR' }) });
};

const remembered = (db: ReadableDb, names: readonly string[]): ImportMapping | null => {
  const row = read<{ value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(mappingKey(names));
  const parsed = row ? importMapping.safeParse(JSON.parse(row.value)) : null;
  return parsed?.success && parsed.data.columns.length === names.length ? parsed.data : null;
};

/** The columns of the Bank Marketing data set, whose balances are in euros. */
const isBankMarketing = (names: readonly string[]): boolean =>
  ['poutcome', 'pdays', 'campaign', 'balance'].every((name) => names.includes(name));

/** Looks at a file without reading all of it: dialect, columns, kinds of values, first rows and where each column goes. */
export const inspectFile = async (
  db: ReadableDb,
  path: string,
  name: string,
  given: Partial<ImportDialect> | undefined,
): Promise<Output<'import.inspect'>> => {
  const { head, bytes, whole } = await readHead(path, name);
  const dialect = detectDialect(head, whole, given);
  const rows = await firstRows(path, name, dialect);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const names = columnNames(
    Array.from({ length: Math.min(width, 500) }, (_, index) => rows[0]?.[index] ?? ''),
    dialect.hasHeader,
  );
  const data = dialect.hasHeader ? rows.slice(1) : rows;
  const known = remembered(db, names);
  const mapping = known ?? guessMapping(names, isBankMarketing(names));
  return {
    fileName: name,
    bytes,
    dialect,
    columns: names.map((column, index) => {
      const cells = data.map((row) => row[index] ?? '');
      const samples = [...new Set(cells.filter((cell) => cell.trim() !== ''))]
        .slice(0, 6)
        .map((cell) => cell.slice(0, SHOWN_CHARACTERS));
      return {
        name: column,
        valueKind: kindOfValues(cells),
        samples,
        target: mapping.columns[index] ?? 'skip',
      };
    }),
    rows: data.slice(0, SHOWN_ROWS).map((row) => row.map((cell) => cell.slice(0, SHOWN_CHARACTERS))),
    mapping,
    remembered: known !== null,
  };
};
