import { Group, NumberInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { addMinutes, differenceInMinutes, format } from 'date-fns';
import { useTranslation } from 'react-i18next';

interface Props {
  startsAt: string;
  endsAt: string;
  onChange(startsAt: string, endsAt: string): void;
}

const MIN_MINUTES = 5;
const MAX_MINUTES = 24 * 60;

/** When something takes place: its start in local time and how long it takes; both as instants outside. */
export const WhenField = ({ startsAt, endsAt, onChange }: Props) => {
  const { t } = useTranslation();
  const start = new Date(startsAt);
  const minutes = Math.max(MIN_MINUTES, differenceInMinutes(new Date(endsAt), start));
  const change = (nextStart: Date, length: number) =>
    onChange(nextStart.toISOString(), addMinutes(nextStart, length).toISOString());
  return (
    <Group grow align="flex-start">
      <DateTimePicker
        label={t('when.start')}
        value={format(start, 'yyyy-MM-dd HH:mm:ss')}
        valueFormat="YYYY-MM-DD HH:mm"
        onChange={(value) => value && change(new Date(value.replace(' ', 'T')), minutes)}
        popoverProps={{ transitionProps: { duration: 80 } }}
      />
      <NumberInput
        label={t('when.minutes')}
        value={minutes}
        min={MIN_MINUTES}
        max={MAX_MINUTES}
        step={15}
        allowDecimal={false}
        onChange={(value) =>
          typeof value === 'number' && change(start, Math.min(MAX_MINUTES, Math.max(MIN_MINUTES, value)))
        }
      />
    </Group>
  );
};
