import { expect, test } from 'vitest';
import { REPORT_COLUMNS } from '#shared/presentation/report-columns.ts';
import { REPORT_FIELDS } from './report-tables.ts';

test('the columns a user can choose are those that are written, in the same order', () =>
  expect(REPORT_FIELDS.map((field) => field.key)).toEqual([...REPORT_COLUMNS]));
