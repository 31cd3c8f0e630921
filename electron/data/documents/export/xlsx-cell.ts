import { looksLikeFormula } from '../csv-safe.ts';
import type { Cell } from './table.ts';
import { type CellStyle, styleOf } from './xlsx-styles.ts';

/** Excel refuses a workbook with a longer text in a cell. */
const LONGEST = 32_767;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
/** Before it, Excel's day numbers are off by one: it believes in 29 February 1900. */
const FIRST_SERIAL = 61;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot carry
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in XML: signs XML cannot carry are left out, `_x0041_` is kept from being read as a sign. */
export const xmlText = (words: string): string =>
  words
    .replace(/\r\n?/g, '\n')
    .replace(NOT_IN_XML, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const shortened = (words: string): string =>
  words.length > LONGEST ? `${words.slice(0, LONGEST - 1).toWellFormed()}…` : words;

/** The number Excel has for a wall clock: days since 1899-12-30; null for what it cannot count. */
export const serialOf = (wall: string): number | null => {
  const iso = wall.length === 10 ? `${wall}T00:00` : wall;
  const serial = (Date.parse(`${iso}:00.000Z`) - EPOCH) / DAY_MS;
  return serial >= FIRST_SERIAL ? serial : null;
};

const textXml = (at: string, words: string, style: CellStyle): string =>
  `<c r="${at}" t="inlineStr" s="${styleOf(style)}"><is><t xml:space="preserve">${xmlText(shortened(words))}</t></is></c>`;

const numberXml = (at: string, value: number, style: CellStyle): string =>
  `<c r="${at}" s="${styleOf(style)}"><v>${value}</v></c>`;

const wallXml = (at: string, wall: string, style: CellStyle): string => {
  const serial = serialOf(wall);
  return serial === null ? textXml(at, wall.replace('T', ' '), 'text') : numberXml(at, serial, style);
};

const numberStyle = (decimals: number): CellStyle => {
  if (decimals === 0) return 'whole';
  return decimals > 2 ? 'three' : 'two';
};

/**
 * A cell of a sheet at `B7`. Texts are typed as texts and so are never formulas; those that look like one also carry the
 * quote prefix, so that they stay texts when somebody edits the cell.
 */
export const cellXml = (at: string, cell: Cell): string => {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return textXml(at, cell.text, looksLikeFormula(cell.text) ? 'quoted' : 'text');
    case 'number':
      return numberXml(at, cell.value, numberStyle(cell.decimals));
    case 'date':
      return wallXml(at, cell.date, 'date');
    case 'moment':
      return wallXml(at, cell.at, 'moment');
  }
};

/** A cell of the header row. */
export const headerXml = (at: string, words: string): string => textXml(at, words, 'header');
