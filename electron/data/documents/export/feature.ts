import type { Parsed } from '#shared/contracts/registry.ts';
import { defineFeature, type EffectContext } from '../../feature.ts';
import { dayOf } from '../../repositories/customers/day.ts';
import { reportIdsOf } from '../../repositories/reports.ts';
import { csvStream } from './csv.ts';
import { chosenNumbers, customerTable } from './customers.ts';
import { reportTables } from './reports.ts';
import type { Table } from './table.ts';
import { writeWhole } from './whole-file.ts';
import { xlsxStream } from './xlsx.ts';

type Form = Pick<Parsed<'export.reports'>, 'format' | 'bom' | 'language'>;

const write = (path: string, tables: readonly [Table, ...Table[]], form: Form): Promise<void> =>
  writeWhole(
    path,
    form.format === 'csv' ? csvStream(tables[0], form.bom) : xlsxStream(tables, form.language),
  );

const exportReports = async (
  { file, selection, columns, ...form }: Parsed<'export.reports'>,
  { db, files, jobs }: EffectContext,
): Promise<{ jobId: string }> => {
  const { path } = await files.resolve(file);
  const jobId = jobs.start('export', async (job) => {
    const ids = reportIdsOf(db, selection);
    const sheets = form.format === 'xlsx' ? 'all' : 'reports';
    const tables = reportTables(db, { ids, columns, language: form.language }, job, sheets);
    await write(path, tables as [Table, ...Table[]], form);
    return { rows: ids.length };
  });
  return { jobId };
};

const exportCustomers = async (
  { file, ...question }: Parsed<'export.customers'>,
  { db, files, jobs, now }: EffectContext,
): Promise<{ jobId: string }> => {
  const { path } = await files.resolve(file);
  const jobId = jobs.start('export', async (job) => {
    const day = dayOf(now());
    const numbers = chosenNumbers(db, question, day);
    await write(path, [customerTable(db, question, numbers, day, job)], question);
    return { rows: numbers.length };
  });
  return { jobId };
};

/** Documents out: reports and customers as workbooks and CSV files. PDFs are made by main from the print pages. */
export const documentsOut = defineFeature({
  queries: { 'export.reportIds': (selection, { db }) => ({ ids: reportIdsOf(db, selection) }) },
  effects: { 'export.reports': exportReports, 'export.customers': exportCustomers },
});
