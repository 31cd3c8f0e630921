import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { DocumentLanguage } from '#shared/presentation/words.ts';
import type { Table } from './table.ts';
import { cellXml, headerXml, xmlText } from './xlsx-cell.ts';
import { stylesXml } from './xlsx-styles.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A, B, … Z, AA: the letters of the n-th column, the first being 1. */
const letters = (n: number): string =>
  n > 26 ? letters(Math.floor((n - 1) / 26)) + letters(((n - 1) % 26) + 1) : String.fromCharCode(64 + n);

const sheetPath = (index: number): string => `worksheets/sheet${index + 1}.xml`;

const rowXml = (n: number, cells: string[], attributes = ''): string =>
  `<row r="${n}"${attributes}>${cells.join('')}</row>`;

async function* sheet({ columns, rows }: Table, first: boolean): AsyncGenerator<string> {
  const names = columns.map((_, n) => letters(n + 1));
  const widths = columns.map(
    ({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map((column, n) => headerXml(`${names[n]}1`, column.header));
  yield [
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView ${first ? 'tabSelected="1" ' : ''}workbookViewId="0">`,
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`,
    rowXml(1, header, ' ht="20" customHeight="1"'),
  ].join('');
  let last = 1;
  for await (const piece of rows()) {
    yield piece
      .map((row) => {
        last += 1;
        return rowXml(
          last,
          row.map((cell, n) => cellXml(`${names[n]}${last}`, cell)),
        );
      })
      .join('');
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1) ?? 'A'}${last}"/></worksheet>`;
}

const contentTypes = (tables: readonly Table[]): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET}.styles+xml"/>${tables.map((_, n) => `<Override PartName="/xl/${sheetPath(n)}" ContentType="${SHEET}.worksheet+xml"/>`).join('')}</Types>`;

const workbook = (tables: readonly Table[]): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${tables.map(({ name }, n) => `<sheet name="${xmlText(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('')}</sheets></workbook>`;

const relations = (targets: readonly [kind: string, target: string][]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([kind, target], n) => `<Relationship Id="rId${n + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join('')}</Relationships>`;

/**
 * Tables as a workbook, one sheet each: frozen header, filter, widths, real numbers and dates. Rows are taken as they
 * are written, so that a large book neither fills the memory nor holds up what else goes on (docs/adr/0012).
 */
export const xlsxStream = (tables: readonly Table[], language: DocumentLanguage): Readable => {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  const add = (path: string, xml: string): void => zip.addBuffer(Buffer.from(xml), path);
  add('[Content_Types].xml', contentTypes(tables));
  add('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
  add('xl/workbook.xml', workbook(tables));
  const sheets = tables.map((_, n): [string, string] => ['worksheet', sheetPath(n)]);
  add('xl/_rels/workbook.xml.rels', relations([...sheets, ['styles', 'styles.xml']]));
  add('xl/styles.xml', stylesXml(language));
  tables.forEach((table, n) => {
    zip.addReadStreamLazy(`xl/${sheetPath(n)}`, { compressionLevel: 3 }, (give) => {
      const rows = Readable.from(sheet(table, n === 0));
      rows.on('error', (error) => zip.emit('error', error));
      give(null, rows);
    });
  });
  zip.end();
  return out;
};
