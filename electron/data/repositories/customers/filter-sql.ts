import { AppError } from '#shared/contracts/errors.ts';
import { addDays, type PlainDate, startOfDay } from '#shared/domain/dates.ts';
import { plainDate as plainDateSchema } from '#shared/domain/fields.ts';
import {
  type Condition,
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  type FieldType,
  type FilterGroup,
  isGroup,
  OPERATORS_OF,
  type Operator,
} from '#shared/domain/filter.ts';
import { digitsOf } from '#shared/domain/rules/phone.ts';
import { yearlyKeysBetween } from '#shared/domain/rules/yearly-dates.ts';
import { columnValue, customValue } from './columns.ts';
import type { Day } from './day.ts';
import { join, literally, type Sql, sql } from './sql.ts';

const TRUE = sql('1');
const CUSTOM = 'custom:';
const MAX_DAYS = 36_500;
const PAST: readonly CustomerColumn[] = ['lastContactAt', 'createdAt'];
const INSTANTS: readonly CustomerColumn[] = ['nextVisitAt', 'createdAt'];

/** Operators of a column of an import: text, and numbers where the text is one. */
export const CUSTOM_OPERATORS: readonly Operator[] = [...OPERATORS_OF.text, 'atLeast', 'atMost'];

const wrong = (condition: Condition, rule: string): AppError =>
  new AppError('invalid_input', { fields: [{ path: `filter.${condition.field}`, rule }] });

const textOf = (condition: Condition): string => {
  if (typeof condition.value !== 'string') throw wrong(condition, 'validation.type');
  return condition.value;
};
const numberOf = (condition: Condition): number => {
  if (typeof condition.value !== 'number' || !Number.isFinite(condition.value))
    throw wrong(condition, 'validation.type');
  return condition.value;
};
const daysOf = (condition: Condition): number => {
  const days = Math.trunc(numberOf(condition));
  if (Math.abs(days) > MAX_DAYS) throw wrong(condition, 'validation.tooBig');
  return days;
};
const dateOf = (condition: Condition): PlainDate => {
  const parsed = plainDateSchema().safeParse(condition.value);
  if (!parsed.success) throw wrong(condition, 'validation.date');
  return parsed.data;
};
const listOf = (condition: Condition): string[] => {
  const { value } = condition;
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((one) => typeof one === 'string')) throw wrong(condition, 'validation.type');
  return list;
};

const compare = (value: Sql, operator: string, right: Sql): Sql => join([value, right], ` ${operator} `);

const known = (value: Sql, operator: 'isKnown' | 'isUnknown', empty = "''"): Sql =>
  operator === 'isKnown'
    ? sql(`coalesce(${value.text}, ${empty}) <> ${empty}`, ...value.params)
    : sql(`coalesce(${value.text}, ${empty}) = ${empty}`, ...value.params);

const textCondition = (value: Sql, condition: Condition): Sql => {
  const words = textOf(condition);
  if (condition.operator === 'is') return compare(value, '=', sql('? COLLATE NOCASE', words));
  const pattern = `${condition.operator === 'contains' ? '%' : ''}${literally(words)}%`;
  return compare(value, 'LIKE', sql("? ESCAPE '\\'", pattern));
};

/** A phone is found by its digits however it was typed, and by any of the customer's numbers. */
const phoneCondition = (value: Sql, condition: Condition): Sql => {
  const digits = digitsOf(textOf(condition));
  const typed = textCondition(value, condition);
  if (condition.operator !== 'contains' || digits.length < 3) return typed;
  return sql(`(${typed.text} OR instr(f.phone_keys, ?) > 0)`, ...typed.params, digits);
};

const choiceCondition = (value: Sql, condition: Condition): Sql => {
  const isOneOf = compare(
    value,
    'IN',
    sql('(SELECT value FROM json_each(?))', JSON.stringify(listOf(condition))),
  );
  // Unknown is not one of them.
  return condition.operator === 'isNot'
    ? sql(`NOT coalesce(${isOneOf.text}, 0)`, ...isOneOf.params)
    : isOneOf;
};

const COMPARISONS: Partial<Record<Operator, string>> = { atLeast: '>=', atMost: '<=', is: '=' };

const numberCondition = (value: Sql, condition: Condition): Sql =>
  compare(value, COMPARISONS[condition.operator] ?? '=', sql('?', numberOf(condition)));

/** From `from` (included) to `to` (excluded), either may be open. */
const spanOf = (condition: Condition, column: CustomerColumn, day: Day): [PlainDate?, PlainDate?] => {
  if (condition.operator === 'withinDays') {
    const days = daysOf(condition);
    return PAST.includes(column)
      ? [addDays(day.today, -days), addDays(day.today, 1)]
      : [day.today, addDays(day.today, days + 1)];
  }
  const date = dateOf(condition);
  if (condition.operator === 'before') return [undefined, date];
  if (condition.operator === 'after') return [addDays(date, 1), undefined];
  return [date, addDays(date, 1)];
};

/** Whose birthday is near: the year does not matter. */
const birthdayCondition = (condition: Condition, day: Day): Sql => {
  const days = Math.min(366, Math.max(-1, daysOf(condition)));
  const keys = [...yearlyKeysBetween(day.today, addDays(day.today, days)).keys()];
  return sql(
    `f.customer_id IN (SELECT y.customer_id FROM yearly_date y WHERE y.kind = 'birthday'
       AND y.key IN (SELECT value FROM json_each(?)))`,
    JSON.stringify(keys),
  );
};

const dateCondition = (column: CustomerColumn, condition: Condition, day: Day): Sql => {
  if (column === 'birthDate' && condition.operator === 'withinDays') return birthdayCondition(condition, day);
  const bound = (date: PlainDate): string => (INSTANTS.includes(column) ? startOfDay(date, day.zone) : date);
  // A contact counts for the day it had where it took place.
  const value = column === 'lastContactAt' ? sql('f.last_contact_on') : columnValue(column as 'dueOn', day);
  const [from, to] = spanOf(condition, column, day);
  const parts = [
    ...(from ? [compare(value, '>=', sql('?', bound(from)))] : []),
    ...(to ? [compare(value, '<', sql('?', bound(to)))] : []),
  ];
  return join(parts, ' AND ');
};

/** Days since the last contact are compared as the date they lead to. */
const daysCondition = (condition: Condition, day: Day): Sql => {
  const date = addDays(day.today, -daysOf(condition));
  return sql(`f.last_contact_on ${condition.operator === 'atLeast' ? '<=' : '>='} ?`, date);
};

const UUID = /^[0-9a-f-]{36}$/i;

const tagCondition = (condition: Condition): Sql => {
  const tags = listOf(condition).filter((tag) => UUID.test(tag));
  const any =
    tags.length === 0
      ? sql('0')
      : join(
          tags.map((tag) => sql('instr(f.tags, ?) > 0', `"${tag}"`)),
          ' OR ',
        );
  return sql(condition.operator === 'hasAny' ? `(${any.text})` : `NOT (${any.text})`, ...any.params);
};

const customCondition = (condition: Condition): Sql => {
  const value = customValue(condition.field.slice(CUSTOM.length));
  const { operator } = condition;
  if (!CUSTOM_OPERATORS.includes(operator)) throw wrong(condition, 'validation.value');
  if (operator === 'isKnown' || operator === 'isUnknown') return known(value, operator);
  if (operator === 'atLeast' || operator === 'atMost') {
    const number = sql(`CAST(nullif(${value.text}, '') AS REAL)`, ...value.params);
    return numberCondition(number, condition);
  }
  return textCondition(value, condition);
};

const columnCondition = (column: CustomerColumn, condition: Condition, day: Day): Sql => {
  const type: FieldType = CUSTOMER_COLUMNS[column].type;
  const { operator } = condition;
  if (!OPERATORS_OF[type].includes(operator)) throw wrong(condition, 'validation.value');
  const value = columnValue(column === 'daysSinceContact' ? 'lastContactAt' : column, day);
  if (operator === 'isKnown' || operator === 'isUnknown')
    return known(value, operator, type === 'tags' ? "'[]'" : "''");
  if (type === 'text')
    return column === 'phone' ? phoneCondition(value, condition) : textCondition(value, condition);
  if (type === 'choice') return choiceCondition(value, condition);
  if (type === 'date') return dateCondition(column, condition, day);
  if (type === 'days') return daysCondition(condition, day);
  if (type === 'tags') return tagCondition(condition);
  if (type === 'flag') {
    if (typeof condition.value !== 'boolean') throw wrong(condition, 'validation.type');
    return compare(value, '=', sql('?', condition.value ? 1 : 0));
  }
  return numberCondition(value, condition);
};

/** Far beyond what a person builds, and well within what a statement may hold. */
const MAX_CONDITIONS = 300;

/** How many conditions a filter has. */
export const sizeOf = (item: Condition | FilterGroup): number =>
  isGroup(item) ? item.items.reduce((sum, one) => sum + sizeOf(one), 0) : 1;

const itemSql = (item: Condition | FilterGroup, day: Day): Sql => {
  if (!isGroup(item)) {
    const part = item.field.startsWith(CUSTOM)
      ? customCondition(item)
      : columnCondition(item.field as CustomerColumn, item, day);
    return sql(`(${part.text})`, ...part.params);
  }
  if (item.items.length === 0) return TRUE;
  const parts = join(
    item.items.map((one) => itemSql(one, day)),
    item.all ? ' AND ' : ' OR ',
  );
  return sql(`(${parts.text})`, ...parts.params);
};

/**
 * The condition of a filter as parameterised SQL over `customer_fact f`. A group without items lets everything pass.
 * @throws invalid_input when an operator does not belong to its field or a value is not of its type; too_large when no
 * person can have built it.
 */
export const filterSql = (filter: FilterGroup, day: Day): Sql => {
  if (sizeOf(filter) > MAX_CONDITIONS) throw new AppError('too_large');
  return itemSql(filter, day);
};
