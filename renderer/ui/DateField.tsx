import { Group, UnstyledButton } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { addDays, addMonths, nextMonday, parse } from 'date-fns';
import { useTranslation } from 'react-i18next';
import { toPlainDate } from '../app/format.ts';
import classes from './DateField.module.css';

interface Props {
  label: string;
  value: string | null;
  onChange(value: string | null): void;
  error?: string | undefined;
  /** Offers tomorrow, next Monday, in a week, in a month. */
  quick?: boolean;
}

const FORMATS = ['yyyy-M-d', 'yyyy/M/d', 'yyyy.M.d', 'yyyyMMdd', 'yyyy年M月d日', 'M-d', 'M/d', 'M月d日'];

/** What the user typed as a plain date, or null: 2026-12-01, 12/1, 12月1日 … */
export const parseTyped = (text: string, today: Date = new Date()): string | null => {
  for (const format of FORMATS) {
    const date = parse(text.trim(), format, today);
    if (!Number.isNaN(date.getTime())) return toPlainDate(date);
  }
  return null;
};

/** A plain date: typed, picked, or by one of the quick choices. */
export const DateField = ({ label, value, onChange, error, quick = false }: Props) => {
  const { t } = useTranslation();
  const today = new Date();
  const choices = [
    ['tomorrow', addDays(today, 1)],
    ['monday', nextMonday(today)],
    ['week', addDays(today, 7)],
    ['month', addMonths(today, 1)],
  ] as const;
  return (
    <div>
      <DateInput
        label={label}
        value={value}
        onChange={(date) => onChange(date)}
        valueFormat="YYYY-MM-DD"
        dateParser={(text) => parseTyped(text)}
        clearable
        error={error}
        popoverProps={{ transitionProps: { duration: 80 } }}
      />
      {quick && (
        <Group gap={4} mt={4}>
          {choices.map(([key, date]) => (
            <UnstyledButton
              key={key}
              className={classes.quick}
              data-chosen={value === toPlainDate(date) || undefined}
              onClick={() => onChange(toPlainDate(date))}
            >
              {t(`quickDate.${key}`)}
            </UnstyledButton>
          ))}
        </Group>
      )}
    </div>
  );
};
