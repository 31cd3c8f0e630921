import { expect, test } from 'vitest';
import { kindOf, pastedName, suggestedName } from './file-words.ts';

test.each([
  ['image/png', 'picture'],
  ['application/pdf', 'pdf'],
  ['text/csv', 'sheet'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'sheet'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'slides'],
  ['text/plain', 'document'],
  ['application/octet-stream', 'other'],
  ['', 'other'],
])('%s is a %s', (mediaType, kind) => {
  expect(kindOf(mediaType)).toBe(kind);
});

test('a pasted picture is named by its moment, a file keeps its name', () => {
  const now = new Date(2026, 10, 23, 14, 5, 9);
  expect(pastedName({ name: 'image.png' }, '截图', now)).toBe('截图 2026-11-23 14.05.09.png');
  expect(pastedName({ name: 'images.png' }, '截图', now)).toBe('images.png');
});

test.each([
  ['合同.pdf', '合同.pdf'],
  [`${'x'.repeat(255)}.pdf`, `${'x'.repeat(216)}.pdf`],
  [`${'文'.repeat(250)}.docx`, `${'文'.repeat(71)}.docx`],
  [`${'😀'.repeat(100)}`, '😀'.repeat(55)],
])('a suggested name fits a disk: %#', (name, suggested) => {
  expect(suggestedName(name)).toBe(suggested);
  expect(Buffer.byteLength(suggested)).toBeLessThanOrEqual(220);
});
