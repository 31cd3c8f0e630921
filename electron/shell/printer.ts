import { open, rename, rm } from 'node:fs/promises';
import type { BrowserWindow, WebContents } from 'electron';
import { AppError } from '#shared/contracts/errors.ts';
import type { DataProcess } from '../supervisor/data-process.ts';
import { createWindow } from '../windows/factory.ts';

const READY_WITHIN_MS = 120_000;
const FOOTER =
  '<div style="width:100%;font-size:8px;color:#666;text-align:center;font-family:sans-serif"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

interface Job {
  window: BrowserWindow;
  ready(items: number): void;
  fail(error: AppError): void;
}

/** Writes a file so that nothing half-written is ever left under its name. */
const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = await open(temporary, 'w', 0o600);
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const full =
      error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    throw new AppError(full ? 'disk_full' : 'file_unwritable', { cause: error });
  }
};

/** Pages of a PDF that Chromium made. */
export const countPages = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;

/** Makes PDFs from the print pages: a hidden window of the one factory, with its own port to the data process. */
export const createPrinter = (data: () => DataProcess, development: boolean) => {
  const jobs = new Map<string, Job>();
  const jobOf = (contents: WebContents): Job | undefined =>
    [...jobs.values()].find((job) => job.window.webContents === contents);

  return {
    /** A print page says that it is laid out. */
    ready(contents: WebContents, items: number): void {
      jobOf(contents)?.ready(items);
    },

    cancel(id: string): boolean {
      const job = jobs.get(id);
      job?.fail(new AppError('cancelled'));
      return job !== undefined;
    },

    /** Renders a print route and writes it. @throws cancelled, file_unwritable, disk_full. */
    async print(
      id: string,
      route: string,
      path: string,
      onPhase: (done: number, total: number) => void,
    ): Promise<{ pages: number; items: number }> {
      const window = createWindow({ page: `print.html#${route}`, show: false, development });
      try {
        const items = await new Promise<number>((resolve, reject) => {
          const timer = setTimeout(() => reject(new AppError('internal')), READY_WITHIN_MS);
          const settle =
            <T>(act: (value: T) => void) =>
            (value: T) => {
              clearTimeout(timer);
              act(value);
            };
          jobs.set(id, { window, ready: settle(resolve), fail: settle(reject) });
          window.webContents.on('render-process-gone', () => reject(new AppError('internal')));
        });
        onPhase(1, 2);
        const pdf = await window.webContents.printToPDF({
          pageSize: 'A4',
          printBackground: true,
          preferCSSPageSize: true,
          displayHeaderFooter: true,
          headerTemplate: '<span></span>',
          footerTemplate: FOOTER,
          margins: { top: 0.55, bottom: 0.6, left: 0.6, right: 0.6 },
        });
        if (!jobs.has(id)) throw new AppError('cancelled');
        await writeWhole(path, pdf);
        onPhase(2, 2);
        return { pages: countPages(pdf), items };
      } finally {
        jobs.delete(id);
        if (!window.isDestroyed()) window.destroy();
      }
    },

    /** A print page asks for its port. */
    connect: (contents: WebContents): void => data().connect(contents),
  };
};
export type Printer = ReturnType<typeof createPrinter>;
