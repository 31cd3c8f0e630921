import { describe, expect, test } from 'vitest';
import { cellXml, serialOf, xmlText } from './xlsx-cell.ts';
import { styleOf } from './xlsx-styles.ts';

describe('serialOf', () => {
  test.each([
    ['1900-03-01', 61],
    ['2000-01-01', 36_526],
    ['2026-03-01T12:00', 46_082.5],
  ])('%s is day %d', (wall, serial) => expect(serialOf(wall)).toBe(serial));

  test.each(['1900-02-28', '1899-12-31'])('%s has no number that Excel and the calendar agree on', (wall) =>
    expect(serialOf(wall)).toBeNull(),
  );
});

describe('xmlText', () => {
  test.each([
    ['<a & "b">', '&lt;a &amp; &quot;b&quot;&gt;'],
    ['a\u0000\u0008\u000B\u001F\uFFFEb', 'ab'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['_x000A_', '_x005F_x000A_'],
    ['_x', '_x'],
  ])('%j becomes %j', (words, xml) => expect(xmlText(words)).toBe(xml));
});

describe('cellXml', () => {
  test('what is unknown leaves no cell', () => expect(cellXml('A1', null)).toBe(''));

  test('text that looks like a formula is text and stays text when edited', () => {
    const xml = cellXml('B2', { kind: 'text', text: '=1+1' });
    expect(xml).toContain('t="inlineStr"');
    expect(xml).toContain(`s="${styleOf('quoted')}"`);
    expect(xml).not.toContain('<f>');
  });

  test('a text longer than a cell holds is cut between characters', () => {
    const xml = cellXml('A1', { kind: 'text', text: '😀'.repeat(20_000) });
    const shown = /<t [^>]*>(.*)<\/t>/.exec(xml)?.[1] ?? '';
    expect(shown).toHaveLength(32_767);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown.endsWith('…')).toBe(true);
  });

  test('a date before Excel can count is written as text', () =>
    expect(cellXml('A1', { kind: 'date', date: '1890-05-01' })).toContain('>1890-05-01<'));
});
