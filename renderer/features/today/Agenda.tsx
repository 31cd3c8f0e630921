import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { VisitRow } from '#shared/contracts/work.ts';
import { formatTime } from '../../app/format.ts';
import { Line } from './Line.tsx';
import { Section } from './Section.tsx';

const FINISHED = new Set(['reported', 'signed', 'cancelled', 'missed']);

/** The visits of the day in order of time; the next action depends on whether one is still ahead. */
export const Agenda = ({ visits }: { visits: VisitRow[] }) => {
  const { t } = useTranslation('today');
  const navigate = useNavigate();
  return (
    <Section title={t('agenda.title')} total={visits.length} shown={visits.length} empty={t('agenda.empty')}>
      {visits.map((visit) => (
        <Line
          key={visit.id}
          record={{ entity: 'visit', id: visit.id }}
          lead={`${formatTime(visit.startsAt)}–${formatTime(visit.endsAt)}`}
          name={visit.customerName}
          to={`/visits/${visit.id}`}
          reason={[
            t(`vocabulary:visitState.${visit.state}`),
            t(`vocabulary:visitMode.${visit.mode}`),
            visit.aim ?? visit.title,
            visit.place,
          ]
            .filter(Boolean)
            .join(' · ')}
          action={
            FINISHED.has(visit.state)
              ? { label: t('agenda.open'), key: 'O', run: () => void navigate(`/visits/${visit.id}`) }
              : {
                  label: t('agenda.brief'),
                  key: 'B',
                  run: () => void navigate(`/visits/${visit.id}?tab=brief`),
                }
          }
        />
      ))}
    </Section>
  );
};
