import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDateTime, formatRelativeDay } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import classes from './Section.module.css';

/** 走访: visits of this customer, newest first, with their reports. */
export const VisitsTab = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation('customer');
  const { data } = useBookQuery('visit.list', { customerId, newestFirst: true, limit: 200 });
  const plan = () => useUi.getState().openPlanVisit({ customerId });
  if (!data) return null;
  if (data.total === 0)
    return <EmptyState text={t('visits.empty')} action={{ label: t('plan'), run: plan }} />;
  return (
    <section className={classes.section}>
      <h3>
        {t('visits.title')} <span className="muted tnum">{data.total}</span>
        <Button size="compact-sm" variant="default" onClick={plan}>
          {t('plan')}
        </Button>
      </h3>
      <Table className={classes.table} verticalSpacing={6}>
        <Table.Tbody>
          {data.rows.map((visit) => (
            <Table.Tr key={visit.id}>
              <Table.Td w={190} className="tnum">
                <Link to={`/visits/${visit.id}`}>{formatDateTime(visit.startsAt)}</Link>{' '}
                <RecordMark id={visit.id} />
              </Table.Td>
              <Table.Td w={100} className="muted">
                {formatRelativeDay(visit.startsAt)}
              </Table.Td>
              <Table.Td>
                {visit.title ?? visit.aim ?? (visit.purpose ? t(`vocabulary:purpose.${visit.purpose}`) : '')}
              </Table.Td>
              <Table.Td w={70}>{t(`vocabulary:visitState.${visit.state}`)}</Table.Td>
              <Table.Td w={90}>
                {visit.reportId && (
                  <Link to={`/reports/${visit.reportId}`}>
                    {t(`visits.report.${visit.reportState ?? 'draft'}`)}
                  </Link>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
};
