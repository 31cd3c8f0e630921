import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvLines, neutralise } from './csv-safe.ts';

describe('neutralise', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
    ['+86 138 0013 8000', "'+86 138 0013 8000"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
  ])('%j becomes %j', (words, safe) => expect(neutralise(words)).toBe(safe));

  test.each(['', 'a=b', '张三', ' =1', '0=1', '1-2', "'=1", '（+86）'])('%j stays', (words) =>
    expect(neutralise(words)).toBe(words),
  );
});

describe('csvLines', () => {
  test('separates by comma, ends lines with CRLF and quotes only what needs it', () => {
    expect(csvLines([['a', 'b,c', 'd"e', 'f\ng', '', '张 三']])).toBe('a,"b,c","d""e","f\ng",,张 三\r\n');
  });

  test('is read back as it was written', () => {
    const rows = [
      ['', 'x', '"', '""', ',', '\r\n', '\n', ' 空 ', '\u2028'],
      ['a\rb', "'=1", ';', '\t', '😀', '\u200f', '"a",b', '0', '\uFEFF'],
    ];
    expect(parse(csvLines(rows), { record_delimiter: '\r\n' })).toEqual(rows);
  });
});
