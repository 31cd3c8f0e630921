import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Output } from '#shared/contracts/registry.ts';
import { call } from '../../app/data-client.ts';
import { pathOf } from '../../app/destinations.ts';
import { formatAgo, formatDay, formatLongDay, formatRelativeDay, toPlainDate } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useUi } from '../../app/ui-state.ts';
import { useReady } from '../../app/useReady.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { contactWords, datedWords, dueTone, riskWords } from '../../ui/signals.ts';
import { MarksOf } from '../history/marks.tsx';
import { Agenda } from './Agenda.tsx';
import { Line } from './Line.tsx';
import { RecoveryNotice } from './RecoveryNotice.tsx';
import { Section } from './Section.tsx';
import classes from './Today.module.css';
import { useToday } from './useToday.ts';

type TodayData = Output<'today.get'>;
const LINES = 5;
const ALL = 500;

const TONES = { overdue: 'risk', today: 'soon', later: 'plain', none: 'plain' } as const;

/** 今日: date and one sentence, the agenda, then whom I owe contact, who is at risk, what I promised, what changed. */
export const Today = () => {
  const { t } = useTranslation('today');
  const [expanded, setExpanded] = useState<string | null>(null);
  const { date, data, error } = useToday(expanded ? ALL : LINES);
  useReady('today', data !== undefined, data?.customers);
  const navigate = useNavigate();
  if (error) return <EmptyState text={t(`errors:${error.code}`)} />;
  if (!data) return null;
  if (data.customers === 0) {
    return (
      <EmptyState
        text={t('noCustomers')}
        action={{ label: t('common:create.import'), run: () => void navigate('/import') }}
      />
    );
  }
  const toggle = (id: string) => ({
    expanded: expanded === id,
    onToggle: () => setExpanded(expanded === id ? null : id),
  });
  const lines = <T,>(id: string, rows: T[]): T[] => (expanded === id ? rows : rows.slice(0, LINES));
  return (
    <MarksOf recordIds={recordsOf(data)}>
      <div className={classes.page}>
        <RecoveryNotice />
        <p className={classes.date}>{formatLongDay(date)}</p>
        <p className={classes.sentence}>{sentence(t, data)}</p>
        <Agenda visits={data.visits} />
        <Section
          title={t('owed.title')}
          total={data.owed.total}
          shown={LINES}
          empty={t('owed.empty')}
          {...toggle('owed')}
        >
          {lines('owed', data.owed.rows).map((row) => (
            <Line
              key={row.customerId}
              name={row.name}
              classOf={row.class}
              to={`/customers/${row.customerId}`}
              reason={[contactWords(t, row.contact), row.doNotCall ? t('doNotCall') : null]
                .filter(Boolean)
                .join(' · ')}
              tone={row.contact.state === 'overdue' ? 'risk' : 'soon'}
              action={{
                label: t('owed.log'),
                key: 'L',
                run: () => useUi.getState().openLogCall({ customerId: row.customerId }),
              }}
            />
          ))}
        </Section>
        <Section
          title={t('risks.title')}
          total={data.risks.total}
          shown={LINES}
          empty={t('risks.empty')}
          {...toggle('risks')}
        >
          {lines('risks', data.risks.rows).map((row) => (
            <Line
              key={`${row.customerId}${row.risk.kind}${row.risk.source?.id ?? ''}`}
              name={row.name}
              classOf={row.class}
              to={`/customers/${row.customerId}`}
              reason={riskWords(t, row.risk)}
              tone={row.risk.severity === 'now' ? 'risk' : 'soon'}
              action={{
                label: t('risks.plan'),
                key: 'V',
                run: () => useUi.getState().openPlanVisit({ customerId: row.customerId }),
              }}
            />
          ))}
        </Section>
        <Promised
          data={data}
          date={date}
          expanded={expanded === 'promised'}
          onToggle={toggle('promised').onToggle}
        />
        <Section
          title={t('changed.title')}
          total={data.changed.total}
          shown={LINES}
          empty={t('changed.empty')}
          {...toggle('changed')}
        >
          {lines('changed', data.changed.rows).map((row) => (
            <Line
              key={row.recordId + row.key}
              lead={formatAgo(row.at)}
              name={row.name}
              to={pathOf(row.entity, row.recordId, row.customerId)}
              reason={t(row.key, { ...row.params, ns: 'today' })}
              action={{
                label: t('changed.open'),
                key: 'O',
                run: () => void navigate(pathOf(row.entity, row.recordId, row.customerId)),
              }}
            />
          ))}
        </Section>
        <Section
          title={t('unreported.title')}
          total={data.unreported.total}
          shown={LINES}
          empty={t('unreported.empty')}
          {...toggle('unreported')}
        >
          {lines('unreported', data.unreported.rows).map((row) => (
            <Line
              key={row.id}
              record={{ entity: 'visit', id: row.id }}
              lead={formatDay(row.startsAt)}
              name={row.customerName}
              to={`/visits/${row.id}`}
              reason={row.title ?? row.aim ?? t('unreported.reason')}
              tone="soon"
              action={{
                label: t('unreported.write'),
                key: 'R',
                run: () => void navigate(`/visits/${row.id}?tab=report`),
              }}
            />
          ))}
        </Section>
        <Section
          title={t('ahead.title')}
          total={data.ahead.total}
          shown={LINES}
          empty={t('ahead.empty')}
          {...toggle('ahead')}
        >
          {lines('ahead', data.ahead.rows).map((event) => (
            <Line
              key={`${event.kind}${event.on}${event.customerId ?? ''}${event.source?.id ?? ''}`}
              lead={formatDay(event.on)}
              name={event.customerName ?? datedWords(t, event)}
              to={event.customerId ? `/customers/${event.customerId}` : '/today'}
              reason={[event.customerName ? datedWords(t, event) : null, formatRelativeDay(event.on)]
                .filter(Boolean)
                .join(' · ')}
              {...(event.customerId && {
                action: {
                  label: t('owed.log'),
                  key: 'L',
                  run: () => useUi.getState().openLogCall({ customerId: event.customerId ?? '' }),
                },
              })}
            />
          ))}
        </Section>
      </div>
    </MarksOf>
  );
};

/** Records that are lines of their own. */
const recordsOf = ({ visits, unreported, promised, tasks }: TodayData): string[] =>
  [...visits, ...unreported.rows, ...promised.rows, ...tasks.rows].map(({ id }) => id).slice(0, 1_000);

const sentence = (t: TFunction<'today'>, { counts }: TodayData): string => {
  const parts = [
    counts.visits > 0 && t('sentence.visits', { count: counts.visits }),
    counts.calls > 0 && t('sentence.calls', { count: counts.calls }),
    counts.promisesDue > 0 && t('sentence.promises', { count: counts.promisesDue }),
    counts.tasksDue > 0 && t('sentence.tasks', { count: counts.tasksDue }),
  ].filter((part): part is string => Boolean(part));
  return parts.length > 0
    ? t('sentence.join', { parts: parts.join(t('sentence.separator')) })
    : t('sentence.nothing');
};

interface PromisedProps {
  data: TodayData;
  date: string;
  expanded: boolean;
  onToggle(): void;
}

/** Promises and tasks that wait for me, settled with one key. */
const Promised = ({ data, date, expanded, onToggle }: PromisedProps) => {
  const { t } = useTranslation('today');
  const run = async (work: Promise<{ commandId: string }>, words: string): Promise<void> => {
    try {
      notifyDone(words, (await work).commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const today = toPlainDate(new Date());
  const due = (dueOn: string | null) =>
    dueOn ? t('promised.due', { when: formatRelativeDay(dueOn) }) : t('promised.noDate');
  const promises = expanded ? data.promised.rows : data.promised.rows.slice(0, LINES);
  const tasks = expanded ? data.tasks.rows : data.tasks.rows.slice(0, Math.max(0, LINES - promises.length));
  const total = data.promised.total + data.tasks.total;
  return (
    <Section
      title={t('promised.title')}
      total={total}
      shown={LINES}
      empty={t('promised.empty')}
      expanded={expanded}
      onToggle={onToggle}
    >
      {promises.map((row) => (
        <Line
          key={row.id}
          record={{ entity: 'promise', id: row.id }}
          name={row.customerName}
          to={`/customers/${row.customerId}?focus=promise:${row.id}`}
          reason={`${row.text} · ${due(row.dueOn)}`}
          tone={TONES[dueTone(row.dueOn, date)]}
          action={{
            label: t('promised.keep'),
            key: 'K',
            run: () =>
              void run(call('promise.settle', { id: row.id, as: 'kept', on: today }), t('promised.kept')),
          }}
        />
      ))}
      {tasks.map((row) => (
        <Line
          key={row.id}
          record={{ entity: 'task', id: row.id }}
          name={row.customerName ?? t('promised.task')}
          to={row.customerId ? `/customers/${row.customerId}?focus=task:${row.id}` : '/today'}
          reason={`${row.text} · ${due(row.dueOn)}`}
          tone={TONES[dueTone(row.dueOn, date)]}
          action={{
            label: t('promised.done'),
            key: 'D',
            run: () =>
              void run(call('task.complete', { id: row.id, done: true, on: today }), t('promised.doneSaid')),
          }}
        />
      ))}
    </Section>
  );
};
