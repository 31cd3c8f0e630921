import { expect, test } from 'vitest';
import { visitReport } from '../entities/index.ts';
import { missingForSignature, signedContent } from './report.ts';

const report = visitReport.schema.parse({
  customerId: '0198c2a0-0000-7000-8000-000000000001',
  title: '报告',
  visitedAt: '2026-03-04T01:00:00.000Z',
  zone: 'Asia/Shanghai',
  needs: [{ text: '养老', category: 'retirement' }],
  createdAt: '2026-03-04T02:00:00.000Z',
});

test('the same content gives the same text, whatever the order of its keys', () => {
  const turned = Object.fromEntries(Object.entries(report).toReversed()) as typeof report;
  const [need] = report.needs;
  const needs = need ? [Object.fromEntries(Object.entries(need).toReversed()) as typeof need] : [];
  expect(signedContent({ ...turned, needs })).toBe(signedContent(report));
});

test('another word, another order of needs or another signature changes it; where it is filed does not', () => {
  const text = signedContent(report);
  expect(signedContent({ ...report, discussion: 'x' })).not.toBe(text);
  expect(signedContent({ ...report, signedBy: 'x' })).not.toBe(text);
  expect(signedContent({ ...report, participants: [{ name: 'x', role: '', side: 'bank' }] })).not.toBe(text);
  expect(signedContent({ ...report, customerId: 'other' } as typeof report)).toBe(text);
});

test.each([
  [
    { title: ' ', facts: null, discussion: null, confirmedSummary: null },
    ['title', 'discussion', 'confirmedSummary'],
  ],
  [{ title: 'x', facts: '现场整洁', discussion: '', confirmedSummary: '\n' }, ['confirmedSummary']],
  [{ title: 'x', facts: null, discussion: '谈了', confirmedSummary: '确认' }, []],
])('what is missing for a signature', (fields, missing) => {
  expect(missingForSignature(fields)).toEqual(missing);
});
