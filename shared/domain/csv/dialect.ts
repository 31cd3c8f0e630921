import { type CsvForm, type CsvRow, parseCsv } from './parser.ts';

const SEPARATORS = [',', ';', '\t', '|'];
const QUOTES = ['"', "'"];
const ROWS = 200;

/** How well rows fit together: most of them as wide as the usual one, and wider is better. */
const fitOf = (rows: readonly CsvRow[]): number => {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [usual = 0, count = 0] = [...widths].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  if (usual < 2) return 0;
  const open = rows.filter((row) => row.openQuote).length / rows.length;
  return (count / rows.length) * (1 - open) * (1 + Math.log(usual) / 10);
};

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

/** Which quote a text uses with a separator: the one that stands around cells. */
const quoteOf = (text: string, separator: string): string => {
  const around = (quote: string): number =>
    countOf(text, separator + quote) + countOf(text, quote + separator) + countOf(text, `\n${quote}`);
  const [double = 0, single = 0] = QUOTES.map(around);
  return single > 2 * double && single > 2 ? "'" : '"';
};

/** Finds separator and quote from the beginning of a file. Text of a single column has a comma that never comes. */
export const detectForm = (sample: string): CsvForm => {
  const best = SEPARATORS.map((separator) => {
    const form = { separator, quote: quoteOf(sample, separator) };
    return { form, fit: fitOf(parseCsv(sample, form).slice(0, ROWS)) };
  }).reduce((a, b) => (b.fit > a.fit ? b : a));
  return best.form;
};
