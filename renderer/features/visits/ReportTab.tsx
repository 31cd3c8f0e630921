import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { VisitRow } from '#shared/contracts/work.ts';
import { call } from '../../app/data-client.ts';
import { notifyError } from '../../app/notify.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReportBody } from '../reports/ReportBody.tsx';

/** The report of a visit; drafted from what is known when there is none. */
export const ReportTab = ({ visit }: { visit: VisitRow }) => {
  const { t } = useTranslation('visits');
  const navigate = useNavigate();
  const draft = async (): Promise<void> => {
    try {
      await call('report.fromVisit', { id: uuid(), visitId: visit.id });
    } catch (error) {
      notifyError(error);
    }
  };
  if (visit.reportId)
    return <ReportBody id={visit.reportId} onOther={(id) => void navigate(`/reports/${id}`)} />;
  return (
    <EmptyState text={t('report.empty')} action={{ label: t('report.draft'), run: () => void draft() }} />
  );
};
