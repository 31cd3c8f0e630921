import { Autocomplete, Checkbox, NumberInput, ScrollArea, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_STATES } from '#shared/contracts/customers.ts';
import type { Input } from '#shared/contracts/registry.ts';
import type { Condition, FilterGroup } from '#shared/domain/filter.ts';
import * as lists from '#shared/domain/vocabulary.ts';
import { CHOICE_WORDS } from '#shared/presentation/choice-words.ts';
import { formatInteger } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { DateField } from '../../ui/DateField.tsx';
import classes from './Filter.module.css';
import { type FilterPath, fieldType, putItem } from './filter-edit.ts';

const CHOICES: Record<string, readonly string[]> = {
  kind: lists.CUSTOMER_KINDS,
  class: lists.CUSTOMER_CLASSES,
  status: lists.CUSTOMER_STATUSES,
  contactState: CONTACT_STATES,
  companySize: lists.COMPANY_SIZES,
  riskLevel: lists.RISK_LEVELS,
  marketingConsent: lists.CONSENTS,
};
const MINOR = 100;
const SOME_DAYS = [7, 30, 60, 90];
const MANY_CHOICES = 8;
const MOST_COUNTS = 60;

const formatCount = (count: number | undefined): string => (count === undefined ? '' : formatInteger(count));

interface Props {
  /** The whole filter, and where in it the condition stands: counts are of what the rest leaves. */
  filter: FilterGroup;
  path: FilterPath;
  condition: Condition;
  onChange(value: Condition['value']): void;
}

const Choices = ({
  filter,
  path,
  condition,
  onChange,
  choices,
}: Props & { choices: { value: string; label: string }[] }) => {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const chosen = Array.isArray(condition.value) ? condition.value : [];
  const counted = choices.slice(0, MOST_COUNTS).map((choice) => choice.value);
  const { data } = useBookQuery(
    'customer.count',
    { filters: counted.map((value) => putItem(filter, path, { ...condition, value: [value] })) },
    { keepPrevious: true },
  );
  const counts = new Map(counted.map((value, index) => [value, data?.counts[index]]));
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <div>
      {choices.length > MANY_CHOICES && (
        <TextInput
          size="xs"
          mb={4}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('filter.findValue')}
          aria-label={t('filter.findValue')}
        />
      )}
      <ScrollArea.Autosize mah={220} type="auto">
        {shown.map(({ value, label }) => (
          <Checkbox
            key={value}
            className={classes.choice}
            classNames={{ body: classes.choiceBody, labelWrapper: classes.choiceLabel }}
            size="xs"
            checked={chosen.includes(value)}
            label={
              <>
                <span>{label}</span>
                <span className="tnum muted">{formatCount(counts.get(value))}</span>
              </>
            }
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
              )
            }
          />
        ))}
        {shown.length === 0 && <p className={classes.none}>{t('filter.noValue')}</p>}
      </ScrollArea.Autosize>
    </div>
  );
};

const TextValue = ({ condition, onChange }: Props) => {
  const { t } = useTranslation('customers');
  const text = typeof condition.value === 'string' ? condition.value : '';
  const [asked] = useDebouncedValue(text, 120);
  const { data } = useBookQuery(
    'customer.values',
    { column: condition.field as Input<'customer.values'>['column'], text: asked.slice(0, 60) },
    { keepPrevious: true, enabled: condition.field !== 'name' && condition.field !== 'phone' },
  );
  const counts = new Map(data?.values.map(({ value, count }) => [value, count]));
  return (
    <Autocomplete
      size="sm"
      value={text}
      onChange={onChange}
      data={[...counts.keys()].slice(0, 50)}
      filter={({ options }) => options}
      comboboxProps={{ withinPortal: false }}
      maxDropdownHeight={220}
      placeholder={t('filter.value')}
      aria-label={t('filter.value')}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span className="truncate">{option.value}</span>
          <span className="tnum muted">{formatInteger(counts.get(option.value) ?? 0)}</span>
        </span>
      )}
    />
  );
};

const NumberValue = ({ condition, onChange }: Props) => {
  const { t } = useTranslation('customers');
  const type = fieldType(condition.field);
  const factor = type === 'money' ? MINOR : 1;
  const days = type === 'days' || condition.operator === 'withinDays';
  const value = typeof condition.value === 'number' ? condition.value / factor : '';
  return (
    <div>
      <NumberInput
        size="sm"
        value={value}
        min={type === 'money' ? undefined : 0}
        max={days ? 3_650 : Number.MAX_SAFE_INTEGER / MINOR}
        allowDecimal={type === 'money'}
        decimalScale={2}
        thousandSeparator=","
        onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * factor) : undefined)}
        placeholder={t('filter.value')}
        aria-label={t('filter.value')}
        rightSection={days ? <span className="muted">{t('filter.days')}</span> : undefined}
        rightSectionWidth={days ? 44 : undefined}
      />
      {days && (
        <div className={classes.quickDays}>
          {SOME_DAYS.map((one) => (
            <button
              key={one}
              type="button"
              className={classes.quick}
              aria-pressed={condition.value === one}
              onClick={() => onChange(one)}
            >
              {t('filter.someDays', { count: one })}
            </button>
          ))}
        </div>
      )}
    </div>
  );
};

/** Asks for the value of a condition as its field and operator need it. */
export const ValueField = (props: Props) => {
  const { condition, onChange } = props;
  const { t } = useTranslation('customers');
  const tags = useBookQuery('tag.list', {}, { enabled: fieldType(condition.field) === 'tags' });
  const { field, operator } = condition;
  if (operator === 'isKnown' || operator === 'isUnknown') return null;
  switch (fieldType(field)) {
    case 'choice':
      return (
        <Choices
          {...props}
          choices={(CHOICES[field] ?? []).map((value) => ({
            value,
            label: t(`vocabulary:${CHOICE_WORDS[field]}.${value}`),
          }))}
        />
      );
    case 'tags':
      return (
        <Choices
          {...props}
          choices={(tags.data?.tags ?? []).map((tag) => ({ value: tag.id, label: tag.name }))}
        />
      );
    case 'flag':
      return (
        <SegmentedControl
          size="xs"
          fullWidth
          value={condition.value === false ? 'no' : 'yes'}
          onChange={(value) => onChange(value === 'yes')}
          data={[
            { value: 'yes', label: t('filter.yes') },
            { value: 'no', label: t('filter.no') },
          ]}
        />
      );
    case 'date':
      return operator === 'withinDays' ? (
        <NumberValue {...props} />
      ) : (
        <DateField
          label={t('filter.date')}
          value={typeof condition.value === 'string' ? condition.value : null}
          onChange={(value) => onChange(value ?? undefined)}
        />
      );
    case 'text':
      return operator === 'atLeast' || operator === 'atMost' ? (
        <NumberValue {...props} />
      ) : (
        <TextValue {...props} />
      );
    default:
      return <NumberValue {...props} />;
  }
};
