import type { CustomerRow } from '#shared/contracts/customers.ts';
import { wallTime } from '#shared/domain/dates.ts';
import { CUSTOMER_COLUMN_NAMES, CUSTOMER_COLUMNS, type CustomerColumn } from '#shared/domain/filter.ts';
import { majorUnits, minorDigits } from '#shared/domain/money.ts';
import { CHOICE_WORDS } from '#shared/presentation/choice-words.ts';
import type { Words } from '#shared/presentation/words.ts';
import { type Cell, type Column, date, moment, number, text } from './table.ts';

const CUSTOM = 'custom:';
/** Columns whose value says little without the one beside it. */
const COMPANIONS: Record<string, string> = { balance: 'currency', contactState: 'dueOn' };
const WIDTHS: Record<string, number> = {
  name: 26,
  address: 36,
  employer: 24,
  tags: 24,
  phone: 18,
  currency: 8,
};
const INSTANTS = new Set(['lastContactAt', 'nextVisitAt', 'createdAt']);

/** Everything that describes a customer, for exports without a choice of columns. */
const ALL = CUSTOMER_COLUMN_NAMES.filter((name) => name !== 'daysSinceContact');

/** The columns of an export: those of the view, each amount with its currency and each state with its date. */
export const exportColumns = (view: readonly string[] | undefined): string[] => {
  const wanted = view && view.length > 0 ? view : ALL;
  // The name identifies the line even when the screen froze or hid it.
  const named = wanted.includes('name') ? wanted : ['name', ...wanted];
  return named.flatMap((name) => {
    const companion = COMPANIONS[name];
    return companion && !named.includes(companion) ? [name, companion] : [name];
  });
};

export const columnsOf = (names: readonly string[], words: Words): Column[] =>
  names.map((name) => ({
    header: name.startsWith(CUSTOM)
      ? name.slice(CUSTOM.length)
      : words(name === 'currency' ? 'documents:field.currency' : `documents:column.${name}`),
    width: WIDTHS[name] ?? 14,
  }));

export interface RowWords {
  words: Words;
  zone: string;
  tagName(id: string): string | undefined;
}

const fieldValue = (row: CustomerRow, name: string): unknown =>
  name in row ? row[name as keyof CustomerRow] : row.more[name];

/** What a column says about a customer. */
export const customerCell = (row: CustomerRow, name: string, { words, zone, tagName }: RowWords): Cell => {
  if (name === 'balance') {
    const currency = row.currency ?? 'CNY';
    return number(
      row.balanceMinor === null ? null : majorUnits(row.balanceMinor, currency),
      minorDigits(currency),
    );
  }
  if (name === 'tags')
    return text(row.tags.flatMap((id) => tagName(id) ?? []).join(words('documents:list.separator')));
  const value = fieldValue(row, name);
  if (value === null || value === undefined || value === '') return null;
  if (INSTANTS.has(name)) return moment(wallTime(String(value), zone));
  switch (CUSTOMER_COLUMNS[name as CustomerColumn]?.type) {
    case 'choice':
      return text(words(`vocabulary:${CHOICE_WORDS[name]}.${String(value)}`));
    case 'date':
      return date(String(value));
    case 'flag':
      return text(words(value ? 'documents:list.yes' : 'documents:list.no'));
    case 'number':
    case 'days':
      return number(Number(value));
    default:
      return text(String(value));
  }
};
