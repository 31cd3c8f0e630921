import { stringify } from 'csv-stringify/sync';

/** A byte order mark: Excel opens a CSV as UTF-8 only behind it. */
export const BOM = '\uFEFF';

/** Signs that make a spreadsheet take a text for a formula, the full-width ones of Chinese input included. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Whether a spreadsheet might take this text for a formula. */
export const looksLikeFormula = (text: string): boolean => FORMULA.test(text);

/** A text that no spreadsheet executes when it opens the file: an apostrophe goes before what looks like a formula. */
export const neutralise = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text);

/** Lines of CSV as RFC 4180 has them: comma, CRLF, quotes where needed. Give texts of people neutralised. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
