import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import type { Input, MethodName, Output } from '../../shared/contracts/registry.ts';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';
import { ask, catchPorts, portsGiven } from '../support/data-port.ts';

const PARAGRAPH = '客户确认到期后资金仍留在我行,期限希望不超过一年。';
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const hasPdfTools = spawnSync('pdftotext', ['-v']).error === undefined;

let running: RunningApp;
let out: string;
let reportId: string;

const call = async <M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> => {
  const answer = await ask(running.page, method, input, { commandId: randomUUID() });
  if (!answer?.ok) throw new Error(`${method}: ${answer?.error.code ?? 'no answer'}`);
  return answer.value as Output<M>;
};

const chosen = async (name: string, purpose: 'exportPdf' | 'exportXlsx' | 'exportCsv'): Promise<string> => {
  running.chooseNext(join(out, name));
  const answer = await running.page.evaluate(
    (asked) => window.visitbook.chooseSave({ purpose: asked, suggested: 'x' }),
    purpose,
  );
  if (!answer.ok || !answer.value) throw new Error('no file was chosen');
  return answer.value.file;
};

/** The words of each page. */
const pagesOf = (name: string): string[] =>
  execFileSync('pdftotext', ['-layout', join(out, name), '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, -1);

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  await openDemo(running.page);
  await catchPorts(running.page);
  await running.page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(running.page, 1);
  out = join(running.folder, 'out');
  mkdirSync(out);
  await expect
    .poll(
      async () =>
        (await call('visit.list', { states: ['reported', 'planned', 'confirmed'], limit: 1 })).total,
    )
    .toBeGreaterThan(0);
  const { rows } = await call('visit.list', { states: ['planned', 'confirmed'], limit: 1 });
  reportId = randomUUID();
  await call('report.fromVisit', { id: reportId, visitId: rows[0]?.id ?? '' });
  await call('report.update', {
    id: reportId,
    fields: {
      title: '=长报告',
      discussion: Array.from({ length: 90 }, (_, n) => `## 第 ${n + 1} 段\n\n${PARAGRAPH}`).join('\n\n'),
      confirmedSummary: '续存一年。',
      nextSteps: [{ text: '寄送清单', who: 'me', dueOn: '2026-12-01' }],
    },
  });
  await call('report.sign', { id: reportId, signature: PNG, signedBy: '陆知行' });
});

test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

const printReports = async (name: string, ids: string[]) => {
  const answer = await running.page.evaluate((input) => window.visitbook.printReports(input), {
    file: await chosen(name, 'exportPdf'),
    selection: { ids },
    language: 'zh-CN' as const,
    jobId: randomUUID(),
  });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};

test('a signed report prints on numbered pages with its Chinese text, signature line and checksum', async () => {
  const { pages } = await printReports('signed.pdf', [reportId]);
  expect(pages).toBeGreaterThan(2);
  const { contentHash } = await call('report.get', { id: reportId });
  test.skip(!hasPdfTools, 'pdftotext is not installed (poppler-utils): the words of the PDF were not read');
  const words = pagesOf('signed.pdf');
  expect(words).toHaveLength(pages);
  words.forEach((page, n) => {
    expect(page).toMatch(new RegExp(`${n + 1}\\s*/\\s*${pages}`));
  });
  const all = words.join('').replace(/\s/g, '');
  expect(all.split(PARAGRAPH.replace(/\s/g, '')).length - 1).toBe(90);
  expect(all).toContain('陆知行于');
  // printed in groups, beside the line of the signature
  for (const group of contentHash?.match(/.{8}/g) ?? []) expect(all).toContain(group);
});

test('several reports stand behind an index, each on a page of its own', async () => {
  const { ids } = await call('export.reportIds', { state: 'signed' });
  const some = ids.slice(0, 4);
  const { pages, reports } = await printReports('several.pdf', some);
  expect(reports).toBe(some.length);
  expect(pages).toBeGreaterThan(some.length);
  test.skip(!hasPdfTools, 'pdftotext is not installed (poppler-utils): the words of the PDF were not read');
  const words = pagesOf('several.pdf');
  expect(words[0]).toContain('走访报告目录');
  expect(words.filter((page) => page.includes('第 ') && page.includes('走访报告 ·'))).toHaveLength(
    some.length,
  );
});

test('the brief of every visit is exactly one page', async () => {
  const { rows } = await call('visit.list', { states: ['planned', 'confirmed'], limit: 4 });
  for (const visit of rows) {
    const answer = await running.page.evaluate((input) => window.visitbook.printBrief(input), {
      file: await chosen(`${visit.id}.pdf`, 'exportPdf'),
      visitId: visit.id,
      language: 'zh-CN' as const,
    });
    expect(answer).toMatchObject({ ok: true, value: { pages: 1 } });
    if (hasPdfTools) expect(pagesOf(`${visit.id}.pdf`)[0]).toContain(visit.customerName);
  }
});

test('workbook and CSV come from the data process of the app', async () => {
  const selection = { ids: [reportId] };
  const form = { selection, language: 'zh-CN' as const };
  const xlsx = await call('export.reports', {
    ...form,
    file: await chosen('reports.xlsx', 'exportXlsx'),
    format: 'xlsx',
  });
  const csv = await call('export.reports', {
    ...form,
    file: await chosen('reports.csv', 'exportCsv'),
    format: 'csv',
    columns: ['title', 'signedBy'],
  });
  for (const { jobId } of [xlsx, csv])
    await expect.poll(async () => (await call('job.get', { id: jobId })).state).toBe('done');
  const sheets = await readXlsx(join(out, 'reports.xlsx'));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['报告', '需求', '下一步', '承诺']);
  expect(sheets[0]?.data[1]?.[2]).toBe('=长报告');
  expect(sheets[2]?.data[1]?.at(-1)).toEqual(new Date('2026-12-01T00:00:00.000Z'));
  expect(parse(readFileSync(join(out, 'reports.csv')), { bom: true })).toEqual([
    ['标题', '签署人'],
    ["'=长报告", '陆知行'],
  ]);
});
