import { Button, Group, NumberInput, Select, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDialect, ImportMapping } from '#shared/contracts/book.ts';
import type { Output } from '#shared/contracts/registry.ts';
import classes from './Import.module.css';
import { targetChoices } from './targets.ts';

/** A chosen file and what was found in it. */
export interface Inspected {
  file: string;
  answer: Output<'import.inspect'>;
}
interface Props {
  inspected: Inspected;
  onDialect(dialect: Partial<ImportDialect>): void;
  onBack(): void;
  onGo(dialect: ImportDialect, mapping: ImportMapping): void;
}

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'latin1'];
const SEPARATORS = [',', ';', '\t', '|'];

/** What was detected, what each column becomes, with values from the file beside it. */
export const MappingStep = ({ inspected, onDialect, onBack, onGo }: Props) => {
  const { t } = useTranslation('import');
  const { answer } = inspected;
  const { dialect } = answer;
  const [mapping, setMapping] = useState<ImportMapping>(answer.mapping);
  const named = mapping.columns.some((target) => target === 'customer.name');
  const setColumn = (index: number, target: string | null): void =>
    setMapping({
      ...mapping,
      columns: mapping.columns.map((one, at) => (at === index ? (target ?? 'skip') : one)),
    });
  const encodings = ENCODINGS.includes(dialect.encoding.toLowerCase())
    ? ENCODINGS
    : [dialect.encoding, ...ENCODINGS];
  return (
    <div className={classes.step}>
      {answer.remembered && <Text size="sm">{t('remembered')}</Text>}
      <Group align="flex-end" gap="sm">
        <Select
          label={t('encoding')}
          w={130}
          data={encodings}
          value={encodings.find((one) => one.toLowerCase() === dialect.encoding.toLowerCase()) ?? null}
          allowDeselect={false}
          onChange={(encoding) => encoding && onDialect({ ...dialect, encoding })}
        />
        <Select
          label={t('separator')}
          w={110}
          data={SEPARATORS.map((value) => ({
            value,
            label: t(
              `separators.${value === '\t' ? 'tab' : value === ';' ? 'semicolon' : value === '|' ? 'bar' : 'comma'}`,
            ),
          }))}
          value={dialect.separator}
          allowDeselect={false}
          onChange={(separator) => separator && onDialect({ ...dialect, separator })}
        />
        <Select
          label={t('header')}
          w={150}
          data={[
            { value: 'yes', label: t('headerYes') },
            { value: 'no', label: t('headerNo') },
          ]}
          value={dialect.hasHeader ? 'yes' : 'no'}
          allowDeselect={false}
          onChange={(value) => onDialect({ ...dialect, hasHeader: value === 'yes' })}
        />
        <Select
          label={t('kind')}
          w={110}
          data={(['person', 'company'] as const).map((value) => ({
            value,
            label: t(`vocabulary:customerKind.${value}`),
          }))}
          value={mapping.kind}
          allowDeselect={false}
          onChange={(kind) => setMapping({ ...mapping, kind: kind as ImportMapping['kind'] })}
        />
        <Select
          label={t('duplicates')}
          w={190}
          data={(['update', 'skip', 'create'] as const).map((value) => ({
            value,
            label: t(`duplicate.${value}`),
          }))}
          value={mapping.duplicates}
          allowDeselect={false}
          onChange={(duplicates) =>
            setMapping({ ...mapping, duplicates: duplicates as ImportMapping['duplicates'] })
          }
        />
        <Select
          label={t('dateOrder')}
          w={140}
          data={(['ymd', 'mdy', 'dmy'] as const).map((value) => ({ value, label: t(`dateOrders.${value}`) }))}
          value={mapping.dateOrder}
          allowDeselect={false}
          onChange={(dateOrder) =>
            setMapping({ ...mapping, dateOrder: dateOrder as ImportMapping['dateOrder'] })
          }
        />
        <TextInput
          label={t('currency')}
          w={80}
          maxLength={3}
          value={mapping.currency}
          onChange={(event) => setMapping({ ...mapping, currency: event.currentTarget.value.toUpperCase() })}
        />
        {mapping.columns.includes('interaction.month') && (
          <NumberInput
            label={t('assumeYear')}
            w={110}
            min={1900}
            max={2200}
            value={mapping.assumeYear ?? ''}
            onChange={(value) => setMapping({ ...mapping, assumeYear: value === '' ? null : Number(value) })}
          />
        )}
      </Group>
      <div className={classes.scroll}>
        <Table verticalSpacing={4} fz={13} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column')}</Table.Th>
              <Table.Th>{t('becomes')}</Table.Th>
              <Table.Th>{t('values')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answer.columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name; their place is their identity
              <Table.Tr key={index} data-skipped={mapping.columns[index] === 'skip' || undefined}>
                <Table.Td>
                  <strong>{column.name}</strong>{' '}
                  <span className="muted">{t(`valueKind.${column.valueKind}`)}</span>
                </Table.Td>
                <Table.Td w={230}>
                  <Select
                    size="xs"
                    searchable
                    aria-label={t('becomesOf', { column: column.name })}
                    allowDeselect={false}
                    data={targetChoices(t, column.name, mapping.columns[index] ?? 'skip')}
                    value={mapping.columns[index] ?? 'skip'}
                    onChange={(target) => setColumn(index, target)}
                  />
                </Table.Td>
                <Table.Td className={`${classes.samples} muted`}>
                  {column.samples.slice(0, 4).join(' · ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group>
        <Button onClick={() => onGo(dialect, mapping)}>{t('try')}</Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('other')}
        </Button>
        {!named && <Text size="sm">{t('unnamed')}</Text>}
      </Group>
    </div>
  );
};
