import type { ReportRow } from '#shared/contracts/work.ts';
import { type DocumentLanguage, type Words, wordsOf } from '#shared/presentation/words.ts';
import type { ReadableDb } from '../../database/connection.ts';
import type { Job } from '../../jobs/jobs.ts';
import { reportRowsOf } from '../../repositories/reports.ts';
import { inChunks } from './chunks.ts';
import { type Field, NEED_FIELDS, PROMISE_FIELDS, REPORT_FIELDS, STEP_FIELDS } from './report-tables.ts';
import type { Table } from './table.ts';

interface Source {
  db: ReadableDb;
  ids: readonly string[];
  job: Job;
  words: Words;
}

const tableOf = <Row>(
  { db, ids, job, words }: Source,
  name: string,
  fields: readonly Field<Row>[],
  rowsOf: (report: ReportRow) => Row[],
  onRows: (reports: number) => void,
): Table => ({
  name: words(`documents:sheet.${name}`),
  columns: fields.map(({ key, width }) => ({ header: words(`documents:field.${key}`), width })),
  rows: () =>
    inChunks(ids, job, (piece) => {
      const rows = reportRowsOf(db, piece).flatMap(rowsOf);
      onRows(piece.length);
      return rows.map((row) => fields.map((field) => field.cell(row, words)));
    }),
});

const chosen = (columns: readonly string[] | undefined): Field<ReportRow>[] =>
  columns ? columns.flatMap((key) => REPORT_FIELDS.find((field) => field.key === key) ?? []) : REPORT_FIELDS;

export interface ReportsQuestion {
  ids: readonly string[];
  columns: readonly string[] | undefined;
  language: DocumentLanguage;
}

/** Reports as tables: one line each, and for workbooks a sheet each for needs, next steps and promises. */
export const reportTables = (
  db: ReadableDb,
  { ids, columns, language }: ReportsQuestion,
  job: Job,
  sheets: 'all' | 'reports',
): Table[] => {
  const source = { db, ids, job, words: wordsOf(language) };
  const total = ids.length * (sheets === 'all' ? 4 : 1);
  let done = 0;
  const onRows = (reports: number): void => {
    done += reports;
    job.progress(done, total, 'write');
  };
  const reports = tableOf(source, 'reports', chosen(columns), (report) => [report], onRows);
  if (sheets === 'reports') return [reports];
  return [
    reports,
    tableOf(source, 'needs', NEED_FIELDS, (report) => report.needs.map((one) => ({ report, one })), onRows),
    tableOf(
      source,
      'nextSteps',
      STEP_FIELDS,
      (report) => report.nextSteps.map((one) => ({ report, one })),
      onRows,
    ),
    tableOf(
      source,
      'promises',
      PROMISE_FIELDS,
      (report) => report.promises.map((one) => ({ report, one })),
      onRows,
    ),
  ];
};
