import { Group, Select, type SelectProps, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBookQuery } from '../app/queries.ts';
import { ClassChip } from './ClassChip.tsx';

interface Props
  extends Omit<
    SelectProps,
    'data' | 'value' | 'onChange' | 'searchValue' | 'onSearchChange' | 'filter' | 'renderOption'
  > {
  value: string | null;
  onChange(id: string | null): void;
}

/** Chooses a customer by typing a name, pinyin or phone tail; the most recent ones when nothing is typed. */
export const CustomerPicker = ({ value, onChange, ...rest }: Props) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 50);
  const suggestions = useBookQuery('customer.suggest', { text: query, limit: 12 }, { keepPrevious: true });
  const chosen = useBookQuery('customer.rows', { ids: value ? [value] : [] }, { enabled: value !== null });
  const known = [...(suggestions.data?.rows ?? [])];
  const current = chosen.data?.rows.find((row) => row.id === value);
  if (current && !known.some((row) => row.id === current.id))
    known.unshift({
      id: current.id,
      name: current.name,
      kind: current.kind,
      class: current.class,
      detail: '',
    });
  const byId = new Map(known.map((row) => [row.id, row]));
  return (
    <Select
      searchable
      clearable
      selectFirstOptionOnChange
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      data={known.map((row) => ({ value: row.id, label: row.name }))}
      filter={({ options }) => options}
      nothingFoundMessage={query ? t('picker.none') : undefined}
      renderOption={({ option }) => {
        const row = byId.get(option.value);
        return (
          <Group gap={8} wrap="nowrap" w="100%">
            <Text size="sm">{option.label}</Text>
            <ClassChip value={row?.class ?? null} />
            <Text size="xs" c="dimmed" ml="auto" truncate>
              {row?.detail}
            </Text>
          </Group>
        );
      }}
      {...rest}
    />
  );
};
