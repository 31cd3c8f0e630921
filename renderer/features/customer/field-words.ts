import type { TFunction } from 'i18next';
import { formatDate, formatInteger, formatMoney } from '../../app/format.ts';
import type { FieldEditor } from './profile-fields.ts';

const list = (t: TFunction, values: unknown[], one: (value: never) => string): string =>
  values.length === 0 ? '' : values.map((value) => one(value as never)).join(t('customer:listSeparator'));

/** A field's value in words; the empty string when it is unknown. `tagNames` resolves tag ids. */
export const fieldWords = (
  t: TFunction,
  editor: FieldEditor,
  value: unknown,
  tagNames: ReadonlyMap<string, string>,
): string => {
  if (value === null || value === undefined || value === '') return '';
  switch (editor.kind) {
    case 'choice':
      return t(`vocabulary:${editor.words}.${String(value)}`);
    case 'choices':
      return list(t, value as unknown[], (item: string) => t(`vocabulary:${editor.words}.${item}`));
    case 'date':
      return formatDate(String(value));
    case 'number':
      return formatInteger(value as number);
    case 'money':
      return formatMoney(value as number, 'CNY');
    case 'flag':
      return t(value ? 'customer:yes' : 'customer:no');
    case 'phones':
      return list(t, value as unknown[], (phone: { number: string; label: string }) =>
        [phone.number, phone.label].filter(Boolean).join(' '),
      );
    case 'emails':
      return list(t, value as unknown[], (email: { address: string; label: string }) => email.address);
    case 'weekdays':
      return list(t, value as unknown[], (day: number) => t(`customer:weekday.${day}`));
    case 'tags':
      return list(t, value as unknown[], (id: string) => tagNames.get(id) ?? '');
    default:
      return String(value);
  }
};
