import { Button, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Condition,
  CUSTOMER_COLUMN_NAMES,
  type FilterGroup,
  type Operator,
  operatorsOf,
} from '#shared/domain/filter.ts';
import { formatInteger } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { columnLabel } from './columns.tsx';
import classes from './Filter.module.css';
import { type FilterPath, fieldType, isComplete, putItem } from './filter-edit.ts';
import { ValueField } from './ValueField.tsx';

/** What a manager filters by most, offered first. */
const COMMON = [
  'class',
  'contactState',
  'daysSinceContact',
  'balance',
  'nextMaturityOn',
  'tags',
  'area',
  'riskCount',
];

interface Props {
  filter: FilterGroup;
  /** Where the condition stands or will stand. */
  path: FilterPath;
  start: Condition | null;
  onChange(condition: Condition): void;
  onRemove(): void;
  onClose(): void;
}

const startValue = (field: string, operator: Operator): Condition['value'] =>
  fieldType(field) === 'flag' && operator === 'is' ? true : undefined;

/** Builds one condition: field, operator, value. What is complete is applied at once, with how many it leaves. */
export const ConditionEditor = ({ filter, path, start, onChange, onRemove, onClose }: Props) => {
  const { t } = useTranslation('customers');
  const [draft, setDraft] = useState(start);
  const custom = useBookQuery('customer.customFields', {});
  const fields = useMemo(() => {
    const named = (name: string) => ({ value: name, label: columnLabel(t, name) });
    const others = CUSTOMER_COLUMN_NAMES.filter((name) => !COMMON.includes(name));
    const own = custom.data?.names ?? [];
    return [
      { group: t('filter.common'), items: COMMON.map(named) },
      { group: t('filter.others'), items: others.map(named) },
      ...(own.length > 0
        ? [{ group: t('filter.imported'), items: own.map((name) => named(`custom:${name}`)) }]
        : []),
    ];
  }, [t, custom.data]);

  const complete = draft !== null && isComplete(draft);
  const counted = useBookQuery(
    'customer.count',
    { filters: complete ? [putItem(filter, path, draft)] : [] },
    { enabled: complete, keepPrevious: true },
  );
  const leaves = complete ? counted.data?.counts[0] : undefined;

  // A chosen field leads on to its value.
  const valueBox = useRef<HTMLDivElement>(null);
  const field = draft?.field;
  useEffect(() => {
    if (field) valueBox.current?.querySelector('input')?.focus();
  }, [field]);

  const apply = (next: Condition): void => {
    setDraft(next);
    if (isComplete(next)) onChange(next);
  };
  const chooseField = (field: string | null): void => {
    if (!field) return;
    const operator = operatorsOf(field)[0];
    if (operator) apply({ field, operator, value: startValue(field, operator) } as Condition);
  };
  const chooseOperator = (operator: Operator): void => {
    if (!draft) return;
    const typeStays =
      (draft.operator === 'withinDays') === (operator === 'withinDays') &&
      draft.value !== undefined &&
      operator !== 'isKnown' &&
      operator !== 'isUnknown';
    apply({ ...draft, operator, value: typeStays ? draft.value : startValue(draft.field, operator) });
  };

  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft) onClose();
      }}
    >
      <Select
        size="sm"
        searchable
        selectFirstOptionOnChange
        autoFocus={start === null}
        data-autofocus={start === null || undefined}
        defaultDropdownOpened={start === null}
        allowDeselect={false}
        value={draft?.field ?? null}
        onChange={chooseField}
        data={fields}
        placeholder={t('filter.field')}
        aria-label={t('filter.field')}
        nothingFoundMessage={t('filter.noField')}
        maxDropdownHeight={280}
        comboboxProps={{ withinPortal: false, transitionProps: { duration: 0 } }}
      />
      {draft && operatorsOf(draft.field).length > 1 && (
        <div className={classes.operators} role="radiogroup" aria-label={t('filter.operator')}>
          {operatorsOf(draft.field).map((operator) => (
            // biome-ignore lint/a11y/useSemanticElements: a row of small buttons, one of which is chosen
            <button
              key={operator}
              type="button"
              role="radio"
              aria-checked={operator === draft.operator}
              className={classes.operator}
              onClick={() => chooseOperator(operator)}
            >
              {t(`operator.${operator}`)}
            </button>
          ))}
        </div>
      )}
      {draft && (
        <div ref={valueBox} className={classes.value}>
          <ValueField
            key={`${draft.field}${draft.operator}`}
            filter={filter}
            path={path}
            condition={draft}
            onChange={(value) => apply({ ...draft, value })}
          />
          <p className={classes.leaves} aria-live="polite">
            {leaves === undefined
              ? t('filter.incomplete')
              : t('filter.leaves', { count: leaves, shown: formatInteger(leaves) })}
          </p>
        </div>
      )}
      <div className={classes.editorFoot}>
        {start && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} />}
            onClick={onRemove}
          >
            {t('common:action.remove')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" ml="auto" type="submit">
          {t('common:action.done')}
        </Button>
      </div>
    </form>
  );
};
