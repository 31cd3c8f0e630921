import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { entities } from '#shared/domain/entities/index.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { launchApp, openDemo, removeFolder } from '../support/app.ts';
import { openTestBook } from '../support/book.ts';
import { report, say } from './report.ts';

const REPORTS = 5_000;
const PRINTED = 100;
const TOKEN = 'out0out0out0out0out0out0';

/** A workbook of 5,000 reports, through the same job the screen starts. */
const measureWorkbook = async (): Promise<void> => {
  const test = openTestBook(features, { hooks: [...commitHooks] });
  const customerId = uuid();
  await test.call('customer.create', {
    id: customerId,
    fields: { kind: 'company', name: '上海某某贸易有限公司' },
  });
  const at = new Date().toISOString();
  const changes = Array.from({ length: REPORTS }, (_, n) => ({
    entity: 'visitReport' as const,
    id: uuid(),
    op: 'create' as const,
    fields: entities.visitReport.schema.parse({
      customerId,
      title: `走访报告 ${n}`,
      visitedAt: at,
      zone: 'Asia/Shanghai',
      discussion: '谈了授信与结算。'.repeat(8),
      createdAt: at,
    }),
  }));
  test.book.commit({ commandId: uuid(), name: 'bench', changes, result: null, at, actor: 'me' });
  const file = join(test.folder, 'reports.xlsx');
  test.files.set(TOKEN, file);
  const begun = performance.now();
  await test.call('export.reports', { file: TOKEN, format: 'xlsx', selection: {}, language: 'zh-CN' });
  await test.jobs.settled();
  report({ name: `XLSX of ${REPORTS} reports`, value: performance.now() - begun, unit: 'ms', n: REPORTS });
  report({ name: 'XLSX size', value: statSync(file).size / 1_024, unit: 'KB', n: REPORTS });
  test.close();
};

/** A PDF of 100 reports of the demo book, through the print page of the real app. */
const measurePdf = async (): Promise<void> => {
  const { page, folder, chooseNext, stop } = await launchApp();
  await openDemo(page);
  const target = join(mkdtempSync(join(tmpdir(), 'visitbook-pdf-')), 'reports.pdf');
  chooseNext(target);
  const result = await page.evaluate(
    async ({ most, jobId }) => {
      const chosen = await window.visitbook.chooseSave({ purpose: 'exportPdf', suggested: 'reports.pdf' });
      if (!chosen.ok || !chosen.value) throw new Error('no file was chosen');
      const begun = performance.now();
      const answer = await window.visitbook.printReports({
        file: chosen.value.file,
        selection: {},
        language: 'zh-CN',
        jobId,
      });
      if (!answer.ok) throw new Error(answer.error.code);
      return { milliseconds: performance.now() - begun, most, ...answer.value };
    },
    { most: PRINTED, jobId: uuid() },
  );
  report({
    name: `PDF of ${PRINTED} reports`,
    value: (result.milliseconds / result.reports) * PRINTED,
    unit: 'ms',
    n: result.reports,
  });
  await stop();
  removeFolder(folder);
};

export const measureDocuments = async (): Promise<void> => {
  say('workbook');
  await measureWorkbook();
  say('PDF');
  await measurePdf();
};
