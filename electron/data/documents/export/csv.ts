import { Readable } from 'node:stream';
import { BOM, csvLines, neutralise } from '../csv-safe.ts';
import type { Cell, Table } from './table.ts';

/** What a cell says in a CSV file: dates as ISO, numbers with a point and without grouping, texts made harmless. */
export const csvCell = (cell: Cell): string => {
  switch (cell?.kind) {
    case undefined:
      return '';
    case 'text':
      return neutralise(cell.text);
    case 'number':
      return cell.value.toFixed(cell.decimals);
    case 'date':
      return cell.date;
    case 'moment':
      return cell.at.replace('T', ' ');
  }
};

async function* lines(table: Table, bom: boolean): AsyncGenerator<string> {
  const header = table.columns.map((column) => neutralise(column.header));
  yield (bom ? BOM : '') + csvLines([header]);
  for await (const rows of table.rows()) yield csvLines(rows.map((row) => row.map(csvCell)));
}

/** A table as CSV in UTF-8. */
export const csvStream = (table: Table, bom: boolean): Readable => Readable.from(lines(table, bom));
