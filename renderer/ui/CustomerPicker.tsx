import {
  CloseButton,
  Combobox,
  Group,
  Text,
  TextInput,
  type TextInputProps,
  useCombobox,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBookQuery } from '../app/queries.ts';
import { ClassChip } from './ClassChip.tsx';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Id of the chosen customer. */
  value: string | null;
  onChange(id: string | null): void;
}

const SUGGESTIONS = 12;

/** Chooses a customer by typing a name, pinyin or phone tail; the most recent ones when nothing is typed. */
export const CustomerPicker = ({ value, onChange, ...rest }: Props) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [query] = useDebouncedValue((typed ?? '').trim(), 50);
  const suggestions = useBookQuery(
    'customer.suggest',
    { text: query, limit: SUGGESTIONS },
    { keepPrevious: true },
  );
  const chosen = useBookQuery('customer.rows', { ids: value ? [value] : [] }, { enabled: value !== null });
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const rows = suggestions.data?.rows ?? [];
  const name = value === null ? '' : (chosen.data?.rows.find((row) => row.id === value)?.name ?? '');

  // the best match is ready for Enter as soon as it is there, not only when a key was pressed
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the list, not the store of the box
  useEffect(() => {
    if (typed !== null && suggestions.data) combobox.selectFirstOption();
  }, [suggestions.data, typed]);

  const choose = (id: string | null): void => {
    onChange(id);
    setTyped(null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" transitionProps={{ duration: 80 }}>
      <Combobox.Target>
        <TextInput
          {...rest}
          role="combobox"
          value={typed ?? name}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onBlur={() => {
            if (typed === '') onChange(null);
            setTyped(null);
            combobox.closeDropdown();
          }}
          rightSection={
            value !== null &&
            typed === null && (
              <CloseButton
                size="sm"
                tabIndex={-1}
                aria-label={t('action.clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(null)}
              />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={rows.length === 0 && query === ''}>
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id} active={row.id === value}>
              <Group gap={8} wrap="nowrap" w="100%">
                <Text size="sm">{row.name}</Text>
                <ClassChip value={row.class} />
                <Text size="xs" c="dimmed" ml="auto" truncate>
                  {row.detail}
                </Text>
              </Group>
            </Combobox.Option>
          ))}
          {rows.length === 0 && <Combobox.Empty>{t('picker.none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};
