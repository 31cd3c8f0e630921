import type { BrowserWindow, WebContents } from 'electron';
import { AppError, type ErrorCode } from '#shared/contracts/errors.ts';
import { createWindow } from '../windows/factory.ts';
import { countPages, writeWhole } from './pdf-file.ts';

const READY_WITHIN_MS = 120_000;
const FOOTER =
  '<div style="width:100%;font-size:8px;color:#666;text-align:center;font-family:sans-serif"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

interface Job {
  contents: WebContents;
  laidOut: PromiseWithResolvers<number>;
  cancelled: boolean;
}

/** Fails a job whose page does not come: missing, crashed, or not laid out in time. */
const watch = ({ contents, laidOut }: Job): (() => void) => {
  const fail = (): void => laidOut.reject(new AppError('internal'));
  const timer = setTimeout(fail, READY_WITHIN_MS);
  contents.on('did-fail-load', fail);
  contents.on('render-process-gone', fail);
  contents.on('did-navigate', (_event, _url, status) => status >= 400 && fail());
  return () => clearTimeout(timer);
};

/** A brief is one page that is carried; what is filed has its pages numbered. */
const isNumbered = (route: string): boolean => !route.startsWith('/brief');

const toPdf = (window: BrowserWindow, numbered: boolean): Promise<Buffer> =>
  window.webContents.printToPDF({
    pageSize: 'A4',
    printBackground: true,
    preferCSSPageSize: true,
    displayHeaderFooter: numbered,
    headerTemplate: '<span></span>',
    footerTemplate: FOOTER,
    margins: { top: 0.55, bottom: 0.6, left: 0.6, right: 0.6 },
    generateDocumentOutline: true,
    generateTaggedPDF: true,
  });

/** Makes PDFs from the print pages: a hidden window of the one factory, with its own port to the data process. */
export const createPrinter = (development: boolean) => {
  const jobs = new Map<string, Job>();

  return {
    /** A print page says that it is laid out, or why it cannot be. */
    ready(contents: WebContents, items: number, error?: ErrorCode): void {
      const job = [...jobs.values()].find((one) => one.contents === contents);
      if (error === undefined) job?.laidOut.resolve(items);
      else job?.laidOut.reject(new AppError(error));
    },

    cancel(id: string): boolean {
      const job = jobs.get(id);
      if (!job) return false;
      job.cancelled = true;
      job.laidOut.reject(new AppError('cancelled'));
      return true;
    },

    /** Renders a print route and writes it. @throws cancelled, busy, file_unwritable, disk_full. */
    async print(
      id: string,
      route: string,
      path: string,
      onPhase: (done: number, total: number) => void,
    ): Promise<{ pages: number; items: number }> {
      if (jobs.has(id)) throw new AppError('busy');
      const window = createWindow({ page: `print.html#${route}`, show: false, development });
      // the margins of a page take the colour of the window
      window.setBackgroundColor('#FFFFFF');
      const job: Job = {
        contents: window.webContents,
        laidOut: Promise.withResolvers<number>(),
        cancelled: false,
      };
      jobs.set(id, job);
      const unwatch = watch(job);
      const stopIfCancelled = (): void => {
        if (job.cancelled) throw new AppError('cancelled');
      };
      try {
        onPhase(0, 3);
        const items = await job.laidOut.promise;
        onPhase(1, 3);
        stopIfCancelled();
        const pdf = await toPdf(window, isNumbered(route));
        onPhase(2, 3);
        stopIfCancelled();
        await writeWhole(path, pdf);
        onPhase(3, 3);
        return { pages: countPages(pdf), items };
      } finally {
        unwatch();
        jobs.delete(id);
        if (!window.isDestroyed()) window.destroy();
      }
    },
  };
};
export type Printer = ReturnType<typeof createPrinter>;
