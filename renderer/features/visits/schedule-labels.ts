import type { ScheduleLabelsOverride } from '@mantine/schedule';
import { useTranslation } from 'react-i18next';

const PLAIN = [
  'day',
  'week',
  'month',
  'year',
  'allDay',
  'weekday',
  'timeSlot',
  'today',
  'next',
  'previous',
  'more',
  'selectMonth',
  'selectYear',
  'switchToDayView',
  'switchToWeekView',
  'switchToMonthView',
  'switchToYearView',
  'viewSelectLabel',
  'noEvents',
  'agenda',
] as const;

/** The calendar's own words in the language of the interface. */
export const useScheduleLabels = (): ScheduleLabelsOverride => {
  const { t } = useTranslation('visits');
  return {
    ...Object.fromEntries(PLAIN.map((key) => [key, t(`schedule.${key}`)])),
    moreLabel: (count) => t('schedule.moreLabel', { count }),
  };
};
