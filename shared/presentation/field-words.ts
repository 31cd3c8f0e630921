import { type FieldKind, fieldKind } from './field-kinds.ts';
import known from './locales/en/fields.json' with { type: 'json' };

/** What the words of a value are made of: the page's own formats, or those of a document. */
export interface FieldFormat {
  /** The words of a key: `fields:value.yes`, `vocabulary:class.A`. */
  word(key: string): string;
  date(value: string): string;
  instant(value: string): string;
  number(value: number): string;
  money(minor: number): string;
  /** Name of a tag; null when it is gone. */
  tag(id: string): string | null;
}

const names: Record<string, Record<string, unknown>> = known;
const has = (group: string, field: string): boolean => Object.hasOwn(names[group] ?? {}, field);

/** The key of a field's name. A field nobody knows yet, of a newer peer, has none and shows as it is called. */
export const fieldKey = (entity: string, field: string): string | null => {
  if (has(entity, field)) return `fields:${entity}.${field}`;
  return has('common', field) ? `fields:common.${field}` : null;
};

/** The name of a field in words. */
export const fieldName = (entity: string, field: string, format: Pick<FieldFormat, 'word'>): string => {
  const key = fieldKey(entity, field);
  return key === null ? field : format.word(key);
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const joined = (values: readonly (string | null | undefined)[], separator: string): string =>
  values.filter(Boolean).join(separator);

const listWords = (kind: FieldKind['kind'], values: readonly unknown[], format: FieldFormat): string => {
  const separator = format.word('fields:value.separator');
  const parts = (one: (value: Record<string, unknown>) => string | null): string =>
    joined(
      values.map((value) =>
        typeof value === 'object' && value !== null ? one(value as Record<string, unknown>) : text(value),
      ),
      separator,
    );
  switch (kind) {
    case 'phones':
      return parts((phone) => joined([text(phone.number), phone.label as string], ' '));
    case 'emails':
      return parts((email) => text(email.address));
    case 'people':
      return parts((person) => joined([text(person.name), person.role as string], ' '));
    case 'checks':
      return parts((item) => `${item.done === true ? '☑' : '☐'} ${text(item.text)}`);
    case 'lines':
      return parts((item) => text(item.text));
    case 'weekdays':
      return joined(
        values.map((day) => format.word(`fields:value.weekday.${text(day)}`)),
        separator,
      );
    case 'tags':
      return joined(
        values.map((id) => format.tag(text(id))),
        separator,
      );
    default:
      return joined(values.map(text), separator);
  }
};

/** A value in words by the kind of its field; the empty string when it is unknown. */
export const valueWords = (kind: FieldKind, value: unknown, format: FieldFormat): string => {
  if (value === null || value === undefined || value === '') return '';
  const isChoice = kind.kind === 'choice' || kind.kind === 'choices';
  const choice = (item: unknown): string =>
    isChoice && kind.values.includes(text(item))
      ? format.word(`vocabulary:${kind.words}.${text(item)}`)
      : text(item);
  if (kind.kind === 'choices' && Array.isArray(value))
    return joined(value.map(choice), format.word('fields:value.separator'));
  if (Array.isArray(value)) return listWords(kind.kind, value, format);
  if (kind.kind === 'custom' && typeof value === 'object')
    return joined(
      Object.entries(value).map(([name, one]) => `${name}${format.word('fields:value.colon')}${text(one)}`),
      format.word('fields:value.separator'),
    );
  if (typeof value === 'boolean') return format.word(value ? 'fields:value.yes' : 'fields:value.no');
  if (typeof value === 'number') {
    if (kind.kind === 'money') return format.money(value);
    return kind.kind === 'percent' ? `${format.number(value / 100)} %` : format.number(value);
  }
  if (typeof value !== 'string') return text(value);
  if (kind.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return format.date(value);
  if (kind.kind === 'instant' && !Number.isNaN(Date.parse(value))) return format.instant(value);
  return isChoice ? choice(value) : value;
};

/** A field's value in words; the empty string when it is unknown, or says nothing to a person. */
export const fieldValueWords = (
  entity: string,
  field: string,
  value: unknown,
  format: FieldFormat,
): string => {
  if (field === 'deleted' && typeof value === 'boolean')
    return format.word(value ? 'fields:value.removed' : 'fields:value.there');
  const kind = fieldKind(entity, field);
  return kind === null ? '' : valueWords(kind, value, format);
};
