import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { ImportDialect } from '#shared/contracts/book.ts';
import { looksLikePhone, parseDate, parseNumber } from '#shared/domain/csv/values.ts';
import { detectEncoding } from './encoding.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;

/** Reads the first rows of a text by a separator; null when it does not parse at all. */
const rowsBy = (text: string, separator: string, quote: string): string[][] | null => {
  try {
    return parse(text, {
      delimiter: separator,
      quote,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
      to: 60,
    }) as string[][];
  } catch {
    return null;
  }
};

/** How alike the rows are in width: 0 for one column, more for more columns that agree. */
const agreement = (rows: string[][] | null): number => {
  if (!rows || rows.length === 0) return 0;
  const widths = rows.map((row) => row.length);
  const common = [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1;
  if (common < 2) return 0;
  return (widths.filter((width) => width === common).length / widths.length) * (1 + Math.log(common));
};

const looksLikeValue = (cell: string): boolean =>
  parseNumber(cell) !== null || parseDate(cell, 'ymd') !== null || looksLikePhone(cell) || cell.includes('@');

/** A first row of names: all different, none a value, none empty. */
const looksLikeHeader = (rows: string[][]): boolean => {
  const [first = [], ...rest] = rows;
  if (first.length === 0 || rest.length === 0) return first.length > 0;
  const filled = first.filter((cell) => cell.trim() !== '');
  if (filled.length < first.length / 2 || filled.some(looksLikeValue)) return false;
  return new Set(filled).size === filled.length || filled.length < 3;
};

/** Lines up to the last whole one, so that a cut line does not count. */
export const headText = (head: Buffer, encoding: string, whole: boolean): string => {
  const text = iconv.decode(head, encoding).replace(/^\uFEFF/, '');
  if (whole) return text;
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end > 0 ? text.slice(0, end) : text;
};

/** Detects what is not given: encoding, separator, quote and whether the first row names the columns. */
export const detectDialect = (
  head: Buffer,
  whole: boolean,
  given: Partial<ImportDialect> = {},
): ImportDialect => {
  const encoding = given.encoding ?? detectEncoding(head);
  const text = headText(head, encoding, whole);
  const quote =
    given.quote ??
    ((text.match(/"/g)?.length ?? 0) === 0 && /(^|[,;\t|])'[^'\n]*'([,;\t|]|$)/m.test(text) ? "'" : '"');
  const scored = SEPARATORS.map((separator) => ({
    separator,
    score: agreement(rowsBy(text, separator, quote)),
  }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  const separator = given.separator ?? best.separator;
  return {
    encoding,
    separator,
    quote,
    hasHeader: given.hasHeader ?? looksLikeHeader(rowsBy(text, separator, quote) ?? []),
  };
};
