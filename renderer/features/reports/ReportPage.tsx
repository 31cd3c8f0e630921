import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { formatDateTime } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { useBack } from '../../app/useBack.ts';
import { ReportBody } from './ReportBody.tsx';
import classes from './Reports.module.css';

/** One report on a page of its own. */
export const ReportPage = () => {
  const { t } = useTranslation('reports');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const { data } = useBookQuery('report.get', { id });
  useBack();
  return (
    <div className={classes.page}>
      {data && (
        <header className={classes.head}>
          <h1>{data.title}</h1>
          <p className="muted">
            <Link to={`/customers/${data.customerId}`}>{data.customerName}</Link> ·{' '}
            {formatDateTime(data.visitedAt)}
            {data.visitId && (
              <>
                {' · '}
                <Link to={`/visits/${data.visitId}`}>{t('toVisit')}</Link>
              </>
            )}
          </p>
        </header>
      )}
      <ReportBody id={id} onOther={(other) => void navigate(`/reports/${other}`, { replace: true })} />
    </div>
  );
};
