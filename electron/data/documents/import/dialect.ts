import type { ImportDialect } from '#shared/contracts/book.ts';
import { detectForm } from '#shared/domain/csv/dialect.ts';
import { parseCsv } from '#shared/domain/csv/parser.ts';
import { targetOfHeader } from '#shared/domain/import/headers.ts';
import { kindOf } from '#shared/domain/import/kinds.ts';
import { detectEncoding } from './encoding.ts';
import { type Head, headText } from './reader.ts';

const SAMPLE = 100;
const LONGEST_NAME = 100;

/** A first row of names: short, all different, none a value. */
const looksLikeHeader = (rows: readonly string[][]): boolean => {
  const filled = (rows[0] ?? []).map((cell) => cell.trim()).filter(Boolean);
  if (filled.length === 0) return false;
  if (filled.some((name) => targetOfHeader(name) !== null)) return true;
  const isName = (cell: string): boolean =>
    cell.length <= LONGEST_NAME && ['text', 'choice'].includes(kindOf([cell]));
  return filled.every(isName) && new Set(filled).size === filled.length;
};

/** Detects what is not given: encoding, separator, quote and whether the first row names the columns. */
export const detectDialect = (head: Head, given: Partial<ImportDialect> = {}): ImportDialect => {
  const encoding = given.encoding ?? detectEncoding(head.head);
  const text = headText(head, encoding);
  const detected = detectForm(text);
  const form = { separator: given.separator || detected.separator, quote: given.quote ?? detected.quote };
  const rows = parseCsv(text, form).slice(0, SAMPLE);
  return { encoding, ...form, hasHeader: given.hasHeader ?? looksLikeHeader(rows.map((row) => row.cells)) };
};
