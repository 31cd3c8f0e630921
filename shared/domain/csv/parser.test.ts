import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectForm } from './dialect.ts';
import { createCsvParser, parseCsv } from './parser.ts';

const COMMA = { separator: ',', quote: '"' };
const cellsOf = (text: string, form = COMMA) => parseCsv(text, form).map((row) => row.cells);
const SPECTRUM = join(import.meta.dirname, '../../../../shared/data/csv/csv-spectrum');

describe('parseCsv', () => {
  test.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'every line end, blank lines left out',
      'a,b\r\n1,2\r\r3,4\n\n5,6',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'quotes',
      '"a ""q""","b,c"\n"two\nlines",2\n',
      [
        ['a "q"', 'b,c'],
        ['two\nlines', '2'],
      ],
    ],
    [
      'a quote inside nobody doubled',
      '"say "hi" now",2\n3,4"5\n',
      [
        ['say "hi" now', '2'],
        ['3', '4"5'],
      ],
    ],
    ['blanks behind a quote', '"a" ,b\n', [['a', 'b']]],
    ['ragged rows', 'a\n1,2,3\n', [['a'], ['1', '2', '3']]],
    ['NUL', 'a\u0000,b\n', [['a', 'b']]],
    [
      'empty rows',
      'a,b\n,\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_name, text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  test('a quote that is never closed costs its row alone', () => {
    const rows = parseCsv('a,b\n1,"open\n2,3\n4,5\n', COMMA);
    expect(rows.map((row) => [row.line, row.openQuote, ...row.cells])).toEqual([
      [1, false, 'a', 'b'],
      [2, true, '1', '"open'],
      [3, false, '2', '3'],
      [4, false, '4', '5'],
    ]);
  });

  test('lines are counted as an editor does', () => {
    expect(parseCsv('a\r\n\r\n"x\r\ny"\rz\n', COMMA).map((row) => row.line)).toEqual([1, 3, 5]);
  });

  test('reads what csv-parse reads, in whatever pieces it comes', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('a,b', 'a"b', 'x\ny', '\r\n', '', '"', ' '),
    );
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, size) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const expected = (
          parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }) as string[][]
        ).filter((row) => row.some((one) => one.trim() !== ''));
        const parser = createCsvParser(COMMA);
        const read = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        const got = [...read.flatMap((piece) => [...parser.push(piece)]), ...parser.end()];
        expect(got.map((row) => row.cells)).toEqual(
          expected.map((row) => row.map((one) => one.replaceAll('\u0000', ''))),
        );
      }),
    );
  });

  test.skipIf(!existsSync(SPECTRUM))(
    'reads csv-spectrum as its JSON says (skipped where it is absent)',
    () => {
      // its JSON has another telephone than its CSV
      const files = readdirSync(join(SPECTRUM, 'csvs')).filter((name) => name !== 'location_coordinates.csv');
      for (const name of files) {
        const text = readFileSync(join(SPECTRUM, 'csvs', name), 'utf8');
        const expected = JSON.parse(
          readFileSync(join(SPECTRUM, 'json', name.replace('.csv', '.json')), 'utf8'),
        );
        const [header = [], ...rows] = cellsOf(text, detectForm(text));
        const records = rows.map((row) => Object.fromEntries(header.map((key, n) => [key, row[n]])));
        expect(records, name).toEqual(expected);
      }
    },
  );
});

describe('detectForm', () => {
  test.each([
    ['a,b\n1,2\n', ',', '"'],
    ['a;b;c\n1,5;2;3\n', ';', '"'],
    ['a\tb, c\n1\t2\n', '\t', '"'],
    ['a|b\n1|2\n', '|', '"'],
    ["'a','b'\n'1','2,3'\n'4','5'\n", ',', "'"],
    ['name\nAnn\nBob\n', ',', '"'],
    ['"a;b","c"\n"1;2","3"\n', ',', '"'],
  ])('%j', (text, separator, quote) => {
    expect(detectForm(text)).toEqual({ separator, quote });
  });
});
