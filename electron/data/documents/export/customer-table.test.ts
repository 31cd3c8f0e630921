import { describe, expect, test } from 'vitest';
import { CUSTOMER_COLUMN_NAMES } from '#shared/domain/filter.ts';
import { wordsOf } from '#shared/presentation/words.ts';
import { columnsOf, exportColumns } from './customer-table.ts';

describe('exportColumns', () => {
  test('keeps the order of the view, names every line and gives amounts their currency', () =>
    expect(exportColumns(['balance', 'phone'])).toEqual(['name', 'balance', 'currency', 'phone']));

  test('does not repeat what the view has', () =>
    expect(exportColumns(['name', 'dueOn', 'contactState'])).toEqual(['name', 'dueOn', 'contactState']));

  test.each([undefined, []])('without a choice (%j) everything is written', (view) =>
    expect(exportColumns(view)).toEqual(expect.arrayContaining(['address', 'employer', 'createdAt'])),
  );
});

test.each(['zh-CN', 'zh-TW', 'en'] as const)('every column has a header in %s', (language) => {
  const headers = columnsOf([...CUSTOMER_COLUMN_NAMES, 'currency'], wordsOf(language)).map((c) => c.header);
  const keys = new Set<string>([...CUSTOMER_COLUMN_NAMES, 'currency']);
  expect(headers.filter((header) => keys.has(header))).toEqual([]);
});

test('a column of an import is called as in its file', () =>
  expect(columnsOf(['custom:Kundennr.'], wordsOf('en'))[0]?.header).toBe('Kundennr.'));
