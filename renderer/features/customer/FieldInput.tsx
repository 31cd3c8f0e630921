import {
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { useBookQuery } from '../../app/queries.ts';
import { DateField } from '../../ui/DateField.tsx';
import type { FieldEditor } from './profile-fields.ts';

interface Props {
  label: string;
  editor: FieldEditor;
  value: unknown;
  onChange(value: unknown): void;
  error?: string | undefined;
}

const orNull = (text: string): string | null => (text === '' ? null : text);
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];

/** Several numbers or addresses, each on a line of its own; a word after the number is its label. */
const LinesInput = ({
  label,
  lines,
  onChange,
  error,
}: {
  label: string;
  lines: string[];
  onChange(lines: string[]): void;
  error?: string | undefined;
}) => {
  const { t } = useTranslation('customer');
  return (
    <Textarea
      aria-label={label}
      autoFocus
      autosize
      minRows={1}
      maxRows={6}
      placeholder={t('linesHint')}
      defaultValue={lines.join('\n')}
      onChange={(event) =>
        onChange(
          event.currentTarget.value
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        )
      }
      error={error}
    />
  );
};

const TagsEditor = ({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string[];
  onChange(ids: string[]): void;
  error?: string | undefined;
}) => {
  const { data } = useBookQuery('tag.list', {});
  const tags = data?.tags ?? [];
  const nameOf = new Map(tags.map((tag) => [tag.id, tag.name]));
  const idOf = new Map(tags.map((tag) => [tag.name, tag.id]));
  const choose = async (names: string[]): Promise<void> => {
    const ids: string[] = [];
    for (const name of names) {
      const known = idOf.get(name);
      if (known) ids.push(known);
      else {
        const id = uuid();
        await call('tag.create', { id, fields: { name } });
        ids.push(id);
      }
    }
    onChange(ids);
  };
  return (
    <TagsInput
      aria-label={label}
      autoFocus
      data={tags.map((tag) => tag.name)}
      value={value.map((id) => nameOf.get(id) ?? '').filter(Boolean)}
      onChange={(names) => void choose(names)}
      error={error}
    />
  );
};

/** The editor of one profile field. */
export const FieldInput = ({ label, editor, value, onChange, error }: Props) => {
  const { t } = useTranslation();
  const words = (list: string, values: readonly string[]) =>
    values.map((item) => ({ value: item, label: t(`vocabulary:${list}.${item}` as string) }));
  switch (editor.kind) {
    case 'longText':
      return (
        <Textarea
          aria-label={label}
          autoFocus
          autosize
          minRows={2}
          maxRows={12}
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(orNull(event.currentTarget.value))}
          error={error}
        />
      );
    case 'choice':
      return (
        <Select
          aria-label={label}
          autoFocus
          clearable
          data={words(editor.words, editor.values)}
          value={value as string | null}
          onChange={onChange}
          error={error}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          aria-label={label}
          autoFocus
          data={words(editor.words, editor.values)}
          value={value as string[]}
          onChange={onChange}
          error={error}
        />
      );
    case 'date':
      return <DateField label="" value={value as string | null} onChange={onChange} error={error} />;
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          autoFocus
          allowDecimal={false}
          value={(value as number | null) ?? ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
          error={error}
        />
      );
    case 'money':
      return (
        <NumberInput
          aria-label={label}
          autoFocus
          decimalScale={2}
          thousandSeparator
          value={value === null ? '' : (value as number) / 100}
          onChange={(next) => onChange(next === '' ? null : Math.round(Number(next) * 100))}
          error={error}
        />
      );
    case 'flag':
      return (
        <Checkbox
          aria-label={label}
          autoFocus
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'phones':
      return (
        <LinesInput
          label={label}
          lines={(value as { number: string; label: string }[]).map((phone) =>
            [phone.number, phone.label].filter(Boolean).join(' '),
          )}
          onChange={(lines) =>
            onChange(
              lines.map((line) => {
                const [, number = line, rest = ''] = /^([+\d][\d\s\-()]*\d)\s*(.*)$/.exec(line) ?? [];
                return { number, label: rest };
              }),
            )
          }
          error={error}
        />
      );
    case 'emails':
      return (
        <LinesInput
          label={label}
          lines={(value as { address: string }[]).map((email) => email.address)}
          onChange={(lines) => onChange(lines.map((address) => ({ address, label: '' })))}
          error={error}
        />
      );
    case 'weekdays':
      return (
        <Checkbox.Group
          aria-label={label}
          value={(value as number[]).map(String)}
          onChange={(days) => onChange(days.map(Number).sort())}
        >
          <Group gap="xs">
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={day} label={t(`fields:value.weekday.${day}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case 'tags':
      return <TagsEditor label={label} value={value as string[]} onChange={onChange} error={error} />;
    default:
      return (
        <TextInput
          aria-label={label}
          autoFocus
          value={(value as string | null) ?? ''}
          placeholder={editor.kind === 'time' ? '09:30' : undefined}
          onChange={(event) => onChange(orNull(event.currentTarget.value))}
          error={error}
        />
      );
  }
};
