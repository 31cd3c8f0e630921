import { type ImportDialect, type ImportMapping, importMapping } from '#shared/contracts/book.ts';
import type { Output } from '#shared/contracts/registry.ts';
import { kindOf } from '#shared/domain/import/kinds.ts';
import {
  type Column,
  guessCurrency,
  guessKind,
  guessOrder,
  guessTargets,
} from '#shared/domain/import/mapping.ts';
import type { ReadableDb } from '../../database/connection.ts';
import { detectDialect } from './dialect.ts';
import { readHead, readRows } from './reader.ts';
import { rememberedMapping } from './remembered.ts';

const SAMPLE_ROWS = 200;
const SHOWN_ROWS = 20;
const SHOWN_SAMPLES = 6;
const SHOWN_CHARACTERS = 120;
export const MOST_COLUMNS = 500;
const LONGEST_NAME = 75;

/** Names of the columns: those of the header, numbered where they are missing or repeated. */
export const columnNames = (first: readonly string[], hasHeader: boolean): string[] => {
  const used = new Set<string>();
  return first.map((cell, index) => {
    const base =
      (hasHeader ? cell.replace(/\s+/gu, ' ').trim().slice(0, LONGEST_NAME) : '') || `#${index + 1}`;
    let name = base.toWellFormed();
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    return name;
  });
};

/** The first rows of a file, the header included. */
const firstRows = async (
  path: string,
  name: string,
  dialect: ImportDialect,
  count: number,
): Promise<string[][]> => {
  const rows: string[][] = [];
  for await (const batch of readRows(path, name, dialect)) {
    rows.push(...batch.slice(0, count - rows.length).map((row) => row.cells));
    if (rows.length >= count) break;
  }
  return rows;
};

/** Names of the columns of a file: as many as its widest row among the first. */
const namesOf = (rows: readonly string[][], dialect: ImportDialect): string[] => {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const first = Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, n) => rows[0]?.[n] ?? '');
  return columnNames(first, dialect.hasHeader);
};

/** The names of the columns, read anew for a run. */
export const readNames = async (path: string, name: string, dialect: ImportDialect): Promise<string[]> =>
  namesOf(await firstRows(path, name, dialect, SAMPLE_ROWS), dialect);

const columnOf = (name: string, cells: readonly string[]): Column => ({
  name,
  kind: kindOf(cells),
  samples: [...new Set(cells.filter((cell) => cell.trim() !== ''))],
});

/** The last whole year: a file without years is about the past. */
const lastYear = (today: string): number => Number(today.slice(0, 4)) - 1;

const guess = (columns: readonly Column[], today: string): ImportMapping => {
  const targets = guessTargets(columns);
  return importMapping.parse({
    columns: targets,
    kind: guessKind(columns, targets),
    currency: guessCurrency(columns),
    dateOrder: guessOrder(columns),
    assumeYear: targets.includes('interaction.month') ? lastYear(today) : null,
  });
};

/** Looks at a file without reading all of it: dialect, columns, kinds of values, first rows and where each column goes. */
export const inspectFile = async (
  db: ReadableDb,
  file: { path: string; name: string },
  given: Partial<ImportDialect> | undefined,
  today: string,
): Promise<Output<'import.inspect'>> => {
  const head = await readHead(file.path, file.name);
  const dialect = detectDialect(head, given);
  const rows = await firstRows(file.path, file.name, dialect, SAMPLE_ROWS);
  const names = namesOf(rows, dialect);
  const data = dialect.hasHeader ? rows.slice(1) : rows;
  const columns = names.map((name, n) =>
    columnOf(
      name,
      data.map((row) => (row[n] ?? '').toWellFormed()),
    ),
  );
  const known = rememberedMapping(db, names);
  const mapping = known ?? guess(columns, today);
  return {
    fileName: file.name,
    bytes: head.bytes,
    dialect,
    columns: columns.map(({ name, kind, samples }, n) => ({
      name,
      valueKind: kind,
      samples: samples.slice(0, SHOWN_SAMPLES).map((sample) => sample.slice(0, SHOWN_CHARACTERS)),
      target: mapping.columns[n] ?? 'skip',
    })),
    rows: data.slice(0, SHOWN_ROWS).map((row) => row.map((cell) => cell.slice(0, SHOWN_CHARACTERS))),
    mapping,
    remembered: known !== null,
  };
};
