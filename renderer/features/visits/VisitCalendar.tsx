import '@mantine/schedule/styles.css';
import { Schedule, type ScheduleEventData } from '@mantine/schedule';
import { addDays, format, startOfMonth } from 'date-fns';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { VisitRow } from '#shared/contracts/work.ts';
import { formatDate, formatDay, toPlainDate } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { datedWords } from '../../ui/signals.ts';
import { useScheduleLabels } from './schedule-labels.ts';
import classes from './Visits.module.css';

type View = 'day' | 'week' | 'month' | 'year';
const MARGIN_DAYS = 42;
const MOVABLE = new Set<VisitRow['state']>(['planned', 'confirmed']);
const COLORS: Record<VisitRow['state'], string> = {
  planned: 'teal',
  confirmed: 'teal',
  underWay: 'orange',
  reported: 'gray',
  signed: 'gray',
  cancelled: 'gray',
  missed: 'red',
};

/** Local wall time as the calendar writes it. */
const local = (instant: string): string => format(new Date(instant), 'yyyy-MM-dd HH:mm:ss');
const instant = (wall: string): string => new Date(wall.replace(' ', 'T')).toISOString();

/** The calendar: day, week, month and agenda; drag moves, edges resize, a click on a free hour plans. */
export const VisitCalendar = () => {
  const { t, i18n } = useTranslation('visits');
  const navigate = useNavigate();
  const [date, setDate] = useState(toPlainDate(new Date()));
  const [view, setView] = useState<View>('week');
  const labels = useScheduleLabels();
  const update = useBookCommand('visit.update');
  const first = addDays(startOfMonth(new Date(date)), -MARGIN_DAYS);
  const last = addDays(first, 31 + 2 * MARGIN_DAYS);
  const visits = useBookQuery(
    'visit.list',
    { from: first.toISOString(), to: last.toISOString(), limit: 1_000 },
    { keepPrevious: true },
  );
  const dates = useBookQuery(
    'dates.list',
    { from: toPlainDate(first), to: toPlainDate(last) },
    { keepPrevious: true },
  );

  const move = async (visit: VisitRow, startsAt: string, endsAt: string): Promise<void> => {
    try {
      const { commandId } = await update.mutateAsync({ id: visit.id, fields: { startsAt, endsAt } });
      notifyDone(t('moved', { name: visit.customerName }), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const byId = new Map((visits.data?.rows ?? []).map((visit) => [visit.id, visit]));
  const events: ScheduleEventData[] = [...byId.values()].map((visit) => ({
    id: visit.id,
    title: [
      visit.customerName,
      visit.title ?? (visit.purpose ? t(`vocabulary:purpose.${visit.purpose}`) : ''),
    ]
      .filter(Boolean)
      .join(' · '),
    start: local(visit.startsAt),
    end: local(visit.endsAt),
    color: COLORS[visit.state],
    variant: visit.state === 'confirmed' || visit.state === 'underWay' ? 'filled' : 'light',
  }));
  for (const event of dates.data?.events ?? []) {
    events.push({
      id: `date:${event.kind}:${event.source?.id ?? event.customerId ?? ''}:${event.on}`,
      title: [event.customerName, datedWords(t, event)].filter(Boolean).join(' '),
      start: `${event.on} 00:00:00`,
      end: `${event.on} 23:59:59`,
      color: 'yellow',
      payload: { customerId: event.customerId },
    });
  }
  const change = ({
    eventId,
    newStart,
    newEnd,
  }: {
    eventId: string | number;
    newStart: string;
    newEnd: string;
  }): void => {
    const visit = byId.get(String(eventId));
    if (visit) void move(visit, instant(newStart), instant(newEnd));
  };
  const canChange = (event: ScheduleEventData): boolean =>
    MOVABLE.has(byId.get(String(event.id))?.state ?? 'signed');
  return (
    <div className={classes.calendar} data-testid="calendar">
      <Schedule
        date={date}
        onDateChange={(next) => setDate(next.slice(0, 10))}
        view={view}
        onViewChange={(next) => setView(next)}
        events={events}
        locale={i18n.language.toLowerCase()}
        labels={labels}
        withAgenda
        withEventsDragAndDrop
        withEventResize
        canDragEvent={canChange}
        canResizeEvent={canChange}
        onEventDrop={change}
        onEventResize={change}
        onEventClick={(event) => {
          const customerId = event.payload?.customerId as string | undefined;
          void navigate(customerId ? `/customers/${customerId}` : `/visits/${event.id}`);
        }}
        onTimeSlotClick={({ slotStart }) => useUi.getState().openPlanVisit({ startsAt: instant(slotStart) })}
        onDayClick={(day) => {
          setDate(day);
          setView('day');
        }}
        dayViewProps={{
          startTime: '07:00:00',
          endTime: '21:00:00',
          startScrollTime: '08:00:00',
          slotHeight: 56,
        }}
        weekViewProps={{
          startTime: '07:00:00',
          endTime: '21:00:00',
          startScrollTime: '08:00:00',
          slotHeight: 48,
          highlightToday: true,
          withWeekNumber: false,
          renderWeekLabel: ({ weekStart, weekEnd }) => `${formatDate(weekStart)} – ${formatDay(weekEnd)}`,
          eventDragInterval: 15,
          eventResizeInterval: 15,
        }}
      />
    </div>
  );
};
