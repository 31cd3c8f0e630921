import { Chip, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { VISIT_STATES } from '#shared/domain/vocabulary.ts';
import { formatDateTime, formatRelativeDay } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Visits.module.css';

const MOST = 500;
type State = (typeof VISIT_STATES)[number];

/** All visits, newest first, by state and words. */
export const VisitList = () => {
  const { t } = useTranslation('visits');
  const [states, setStates] = useState<State[]>([]);
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 120);
  const { data } = useBookQuery(
    'visit.list',
    { states, text: query, newestFirst: true, limit: MOST },
    { keepPrevious: true },
  );
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          size="xs"
          w={220}
          placeholder={t('find')}
          aria-label={t('find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Chip.Group multiple value={states} onChange={(next) => setStates(next as State[])}>
          <Group gap={6}>
            {VISIT_STATES.map((state) => (
              <Chip key={state} value={state} size="xs" variant="light">
                {t(`vocabulary:visitState.${state}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {data && <span className="muted tnum">{t('count', { count: data.total })}</span>}
      </div>
      <div className={classes.list}>
        {data?.total === 0 && (
          <EmptyState
            text={t(query || states.length > 0 ? 'noMatch' : 'empty')}
            action={{ label: t('plan.title'), run: () => useUi.getState().openPlanVisit() }}
          />
        )}
        {data?.rows.map((visit) => (
          <Link key={visit.id} to={`/visits/${visit.id}`} className={classes.row}>
            <span className="tnum">{formatDateTime(visit.startsAt)}</span>
            <strong className="truncate">{visit.customerName}</strong>
            <span className="truncate muted">
              {[visit.purpose && t(`vocabulary:purpose.${visit.purpose}`), visit.title ?? visit.aim]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className="muted">{t(`vocabulary:visitMode.${visit.mode}`)}</span>
            <span className={classes.state} data-state={visit.state}>
              {t(`vocabulary:visitState.${visit.state}`)}
            </span>
            <span className="muted">{formatRelativeDay(visit.startsAt)}</span>
          </Link>
        ))}
      </div>
    </>
  );
};
