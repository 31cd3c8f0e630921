import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/contracts/work.ts';
import { wallTime } from '#shared/domain/dates.ts';
import { formatDate, formatDateTime } from '../../app/format.ts';
import paper from '../paper.module.css';
import classes from './Report.module.css';
import { ReportSheet } from './ReportSheet.tsx';

const Index = ({ reports }: { reports: readonly ReportRow[] }) => {
  const { t, i18n } = useTranslation('documents');
  return (
    <section className={`${paper.paper} ${classes.index}`} lang={i18n.language}>
      <h1>{t('report.index')}</h1>
      <p className={paper.muted}>
        {t('report.count', { count: reports.length })} ·{' '}
        {t('report.printedAt', { at: formatDateTime(new Date().toISOString()) })}
      </p>
      <table className={paper.table}>
        <thead>
          <tr>
            <th className={paper.narrow} aria-label={t('report.order')} />
            <th>{t('field.visitedOn')}</th>
            <th>{t('field.customer')}</th>
            <th>{t('field.title')}</th>
            <th className={paper.right}>{t('field.state')}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report, n) => (
            <tr key={report.id}>
              <td className={`${paper.narrow} ${paper.muted}`}>{n + 1}</td>
              <td className={paper.narrow}>{formatDate(wallTime(report.visitedAt, report.zone))}</td>
              <td>{report.customerName}</td>
              <td>
                <a href={`#${report.id}`}>{report.title}</a>
              </td>
              <td className={paper.right}>{t(`vocabulary:reportState.${report.state}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** One report, or several behind an index, each on a page of its own. */
export const ReportBook = ({ reports }: { reports: readonly ReportRow[] }) => {
  const { t } = useTranslation('documents');
  if (reports.length === 0) return <p className={paper.paper}>{t('report.none')}</p>;
  if (reports.length === 1) return reports.map((report) => <ReportSheet key={report.id} report={report} />);
  return (
    <>
      <Index reports={reports} />
      {reports.map((report, n) => (
        <div key={report.id} id={report.id} className={classes.one}>
          <ReportSheet report={report} number={n + 1} />
        </div>
      ))}
    </>
  );
};
