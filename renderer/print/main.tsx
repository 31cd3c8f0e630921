// static cuts: a PDF embeds them as fonts, of a variable font it draws every letter
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import '@fontsource/inter/600.css';
import './print.css';
import { type ReactNode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { config as configureZod } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import { call } from '../app/data-client.ts';
import { LANGUAGES, type Language, startI18n } from '../app/i18n.ts';
import { shell } from '../app/shell-client.ts';
import { BriefSheet } from './brief/BriefSheet.tsx';
import { VisitListSheet } from './list/VisitListSheet.tsx';
import { loadReports, loadVisits } from './load.ts';
import { ReportBook } from './report/ReportBook.tsx';

// the content security policy forbids what zod's compiler would try
configureZod({ jitless: true });

interface Sheet {
  page: ReactNode;
  items: number;
}

/** What can be printed, by the path behind the #. */
const sheets: Record<string, (search: URLSearchParams) => Promise<Sheet>> = {
  '/reports': async (search) => {
    const reports = await loadReports(search);
    return { page: <ReportBook reports={reports} />, items: reports.length };
  },
  '/brief': async (search) => {
    const brief = await call('visit.brief', { id: search.get('visitId') ?? '' });
    return { page: <BriefSheet brief={brief} />, items: 1 };
  },
  '/list': async (search) => {
    const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
    const visits = await loadVisits(from, to);
    return { page: <VisitListSheet visits={visits} from={from} to={to} />, items: visits.length };
  },
};

/** Letters and pictures are there: what is printed now is what was meant. */
const laidOut = async (): Promise<void> => {
  await Promise.all(['400', '500', '600'].map((weight) => document.fonts.load(`${weight} 14px Inter`)));
  await Promise.allSettled([...document.images].map((image) => image.decode()));
};

const Printed = ({ sheet }: { sheet: Sheet }) => {
  useEffect(() => {
    void laidOut().then(() => shell('shell.printReady', { items: sheet.items }));
  }, [sheet]);
  return sheet.page;
};

/** Says why nothing will be laid out, so that nobody waits for it. */
const giveUp = (error: unknown): void => {
  void shell('shell.printReady', { items: 0, error: error instanceof AppError ? error.code : 'internal' });
};

const start = async (): Promise<void> => {
  const [path = '', query = ''] = window.location.hash.slice(1).split('?');
  const search = new URLSearchParams(query);
  const language = LANGUAGES.find((one) => one === search.get('language')) ?? 'zh-CN';
  search.delete('language');
  document.documentElement.lang = language satisfies Language;
  await startI18n(language);
  await shell('shell.connect', {});
  const sheet = await sheets[path]?.(search);
  const root = document.getElementById('root');
  if (!sheet || !root) throw new AppError('not_found');
  createRoot(root, { onUncaughtError: giveUp }).render(<Printed sheet={sheet} />);
};

start().catch(giveUp);
