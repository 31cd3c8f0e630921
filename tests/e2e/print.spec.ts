import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';
import { ask, catchPorts, portsGiven } from '../support/data-port.ts';

let running: RunningApp;
let out: string;
test.beforeAll(async () => {
  running = await launchApp();
  await openDemo(running.page);
  await catchPorts(running.page);
  await running.page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(running.page, 1);
  out = join(running.folder, 'out');
  mkdirSync(out);
});
test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

/** A token for a file that the user chose to save as. */
const chosen = async (path: string): Promise<string> => {
  running.chooseNext(path);
  const answer = await running.page.evaluate(() =>
    window.visitbook.chooseSave({ purpose: 'exportPdf', suggested: 'x.pdf' }),
  );
  if (!answer.ok || !answer.value) throw new Error('no file was chosen');
  return answer.value.file;
};

const reportIds = async (): Promise<string[]> => {
  // the demo is filled while its first customers can already be seen
  await expect
    .poll(async () => JSON.stringify(await ask(running.page, 'export.reportIds', {})), { timeout: 40_000 })
    .toMatch(/"ids":\["/);
  const answer = await ask(running.page, 'export.reportIds', {});
  return answer?.ok ? (answer.value as { ids: string[] }).ids : [];
};

const printReports = (file: string, ids: string[], jobId: string = randomUUID()) =>
  running.page.evaluate((input) => window.visitbook.printReports(input), {
    file,
    selection: { ids },
    language: 'zh-CN' as const,
    jobId,
  });

const windows = () => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('prints reports as one PDF with numbered pages', async () => {
  const path = join(out, '走访报告.pdf');
  const ids = (await reportIds()).slice(0, 3);
  const answer = await printReports(await chosen(path), ids);
  if (!answer.ok) throw new Error(answer.error.code);
  expect(answer.value.reports).toBe(ids.length);
  expect(answer.value.pages).toBeGreaterThanOrEqual(ids.length);
  const pdf = readFileSync(path);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.subarray(-7).toString().trim()).toBe('%%EOF');
  expect(readdirSync(out)).toEqual(['走访报告.pdf']);
  expect(await windows()).toBe(1);
});

test('says at once what cannot be printed, and leaves no window', async () => {
  const path = join(out, 'none.pdf');
  const answer = await running.page.evaluate((input) => window.visitbook.printBrief(input), {
    file: await chosen(path),
    visitId: randomUUID(),
    language: 'en' as const,
  });
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(existsSync(path)).toBe(false);
  expect(await windows()).toBe(1);
});

test('writes nothing when printing is cancelled', async () => {
  const path = join(out, 'cancelled.pdf');
  const jobId = randomUUID();
  const printing = printReports(await chosen(path), await reportIds(), jobId);
  await expect
    .poll(() => running.page.evaluate((id) => window.visitbook.cancelPrint({ jobId: id }), jobId), {
      intervals: [20],
    })
    .toEqual({ ok: true, value: { cancelled: true } });
  expect(await printing).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(existsSync(path)).toBe(false);
  await expect.poll(windows).toBe(1);
});

test('says when the file cannot be written', async () => {
  const ids = (await reportIds()).slice(0, 1);
  const answer = await printReports(await chosen(join(out, 'missing', 'x.pdf')), ids);
  expect(answer).toMatchObject({ ok: false, error: { code: 'file_unwritable' } });
});
