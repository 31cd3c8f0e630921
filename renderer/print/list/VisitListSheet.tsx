import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#shared/contracts/work.ts';
import { wallTime } from '#shared/domain/dates.ts';
import { formatDate, formatLongDay, formatTime } from '../../app/format.ts';
import paper from '../paper.module.css';
import classes from './VisitList.module.css';

const clock = (visit: VisitRow): { day: string; from: string; to: string } => {
  const from = wallTime(visit.startsAt, visit.zone);
  return { day: from.slice(0, 10), from, to: wallTime(visit.endsAt, visit.zone) };
};

const LOST = new Set<VisitRow['state']>(['cancelled', 'missed']);

/** Whether the visit has its report; that one is missing matters only once the visit is over. */
const ReportState = ({ visit }: { visit: VisitRow }) => {
  const { t } = useTranslation('documents');
  const over = visit.endsAt < new Date().toISOString() && !LOST.has(visit.state);
  if (!visit.reportState && !over) return null;
  return (
    <div className={`${paper.muted} ${paper.small}`}>
      {visit.reportState
        ? t('visits.report', { state: t(`vocabulary:reportState.${visit.reportState}`) })
        : t('visits.noReport')}
    </div>
  );
};

const Day = ({ day, visits }: { day: string; visits: readonly VisitRow[] }) => {
  const { t } = useTranslation('documents');
  return (
    <tbody>
      <tr className={classes.day}>
        <th colSpan={5} scope="rowgroup">
          {formatLongDay(day)}
        </th>
      </tr>
      {visits.map((visit) => {
        const { from, to } = clock(visit);
        return (
          <tr key={visit.id}>
            <td className={paper.narrow}>
              {formatTime(from)}–{formatTime(to)}
            </td>
            <td>
              <strong>{visit.customerName}</strong>
            </td>
            <td>
              {[visit.purpose && t(`vocabulary:purpose.${visit.purpose}`), visit.aim ?? visit.title]
                .filter(Boolean)
                .join(' · ')}
            </td>
            <td>{[t(`vocabulary:visitMode.${visit.mode}`), visit.place].filter(Boolean).join(' · ')}</td>
            <td className={paper.right}>
              {t(`vocabulary:visitState.${visit.state}`)}
              <ReportState visit={visit} />
            </td>
          </tr>
        );
      })}
    </tbody>
  );
};

interface Props {
  visits: readonly VisitRow[];
  from: string;
  to: string;
}

/** The visits of a period as a list to carry or to file, day by day. */
export const VisitListSheet = ({ visits, from, to }: Props) => {
  const { t, i18n } = useTranslation('documents');
  const days = Map.groupBy(visits, (visit) => clock(visit).day);
  return (
    <article className={paper.paper} lang={i18n.language}>
      <header className={classes.head}>
        <h1>{t('visits.kind')}</h1>
        <p className={paper.muted}>
          {t('visits.period', { from: formatDate(from), to: formatDate(to) })} ·{' '}
          {t('visits.count', { count: visits.length })}
        </p>
      </header>
      {visits.length === 0 ? (
        <p>{t('visits.none')}</p>
      ) : (
        <table className={paper.table}>
          <thead>
            <tr>
              <th>{t('field.time')}</th>
              <th>{t('field.customer')}</th>
              <th>{t('field.purpose')}</th>
              <th>{t('field.mode')}</th>
              <th className={paper.right}>{t('field.state')}</th>
            </tr>
          </thead>
          {[...days].map(([day, some]) => (
            <Day key={day} day={day} visits={some} />
          ))}
        </table>
      )}
    </article>
  );
};
