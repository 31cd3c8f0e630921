import type { TFunction } from 'i18next';
import type { Condition, Operator } from '#shared/domain/filter.ts';
import { CHOICE_WORDS } from '#shared/presentation/choice-words.ts';
import { formatDate, formatInteger, formatMoneyShort } from '../../app/format.ts';
import { columnLabel, type TagWords } from './columns.tsx';
import { fieldType } from './filter-edit.ts';

export interface FilterWords {
  t: TFunction<'customers'>;
  tags: ReadonlyMap<string, TagWords>;
}

/** One value of a field in words. */
const valueWord = (field: string, value: unknown, { t, tags }: FilterWords): string => {
  switch (fieldType(field)) {
    case 'choice':
      return t(`vocabulary:${CHOICE_WORDS[field]}.${String(value)}`);
    case 'tags':
      return tags.get(String(value))?.name ?? t('words.goneTag');
    case 'money':
      return formatMoneyShort(Number(value), null);
    case 'date':
      return typeof value === 'number' ? formatInteger(value) : formatDate(String(value));
    default:
      return typeof value === 'number' ? formatInteger(value) : String(value);
  }
};

/** Fields whose condition reads better in words of its own: 30 天未联系 rather than 未联系天数 ≥ 30. */
const wordsOf = (field: string, operator: Operator, value: unknown): string => {
  if (fieldType(field) === 'flag') return value === false ? 'flagNot' : 'flag';
  if (field === 'daysSinceContact') return `quiet.${operator}`;
  if (field === 'birthDate' && operator === 'withinDays') return 'birthday';
  if (operator === 'withinDays' && (field === 'lastContactAt' || field === 'createdAt')) return 'inLastDays';
  return operator;
};

/** A condition as a person would say it: 级别 是 A 或 B. */
export const conditionWords = ({ field, operator, value }: Condition, words: FilterWords): string => {
  const { t } = words;
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return t(`words.${wordsOf(field, operator, value)}`, {
    field: columnLabel(t, field),
    value: values.map((one) => valueWord(field, one, words)).join(` ${t('filter.or')} `),
    count: typeof value === 'number' ? value : 0,
  });
};
