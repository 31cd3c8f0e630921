import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FieldFormat, fieldName, fieldValueWords } from '#shared/presentation/field-words.ts';
import { formatDate, formatDateTime, formatInteger, formatMoney } from './format.ts';
import { useBookQuery } from './queries.ts';

/** How the page writes values of fields. `tagNames` resolves the ids of tags. */
export const pageFormat = (t: TFunction, tagNames: ReadonlyMap<string, string>): FieldFormat => ({
  word: (key) => t(key),
  date: formatDate,
  instant: formatDateTime,
  number: formatInteger,
  money: (minor) => formatMoney(minor, 'CNY'),
  tag: (id) => tagNames.get(id) ?? null,
});

export interface FieldWords {
  /** 客户, 走访 … */
  entity(entity: string): string;
  /** The field's name. */
  name(entity: string, field: string): string;
  /** The value in words; empty when it is unknown or says nothing to a person. */
  value(entity: string, field: string, value: unknown): string;
}

/** Words for any field of any entity, in the language of the interface. */
export const useFieldWords = (): FieldWords => {
  const { t } = useTranslation();
  const { data } = useBookQuery('tag.list', {});
  return useMemo(() => {
    const format = pageFormat(t, new Map(data?.tags.map((tag) => [tag.id, tag.name])));
    return {
      entity: (entity) => t(`vocabulary:entity.${entity}`, { defaultValue: entity }),
      name: (entity, field) => fieldName(entity, field, format),
      value: (entity, field, value) => fieldValueWords(entity, field, value, format),
    };
  }, [t, data]);
};
