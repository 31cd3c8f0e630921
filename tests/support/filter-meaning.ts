import { addDays, plainDate } from '#shared/domain/dates.ts';
import type { Customer } from '#shared/domain/entities/index.ts';
import { type Condition, type FilterGroup, isGroup } from '#shared/domain/filter.ts';
import { returnsBetween } from '#shared/domain/rules/yearly-dates.ts';

/** What the filter looks at, told without the database. */
export interface Told {
  customer: Customer;
  lastContactOn: string | null;
  lastContactAt: string | null;
  contactState: string;
  dueOn: string | null;
  nextVisitAt: string | null;
  balance: number | null;
  nextMaturityOn: string | null;
  openPromises: number;
  openTasks: number;
  completeness: number;
  riskCount: number;
}

const ZONE = 'Asia/Shanghai';
const PAST = ['lastContactAt', 'createdAt'];
/** SQLite folds the case of ASCII only. */
const fold = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const toldValue = (told: Told, field: string): unknown => {
  if (field.startsWith('custom:')) return told.customer.custom[field.slice('custom:'.length)] ?? null;
  if (field === 'phone') return told.customer.phones[0]?.number ?? null;
  return field in told ? told[field as keyof Told] : told.customer[field as keyof Customer];
};

const isUnknown = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const dateOf = (told: Told, field: string): string | null => {
  if (field === 'lastContactAt') return told.lastContactOn;
  const value = toldValue(told, field) as string | null;
  return value !== null && value.length > 10 ? plainDate(value, ZONE) : value;
};

const passesDate = (told: Told, { field, operator, value }: Condition, today: string): boolean => {
  const date = dateOf(told, field);
  if (date === null) return false;
  if (operator === 'withinDays') {
    const days = value as number;
    if (field === 'birthDate')
      return (
        told.customer.status !== 'closed' &&
        returnsBetween(date, told.customer.birthdayCalendar, today, addDays(today, days)).length > 0
      );
    return PAST.includes(field)
      ? date >= addDays(today, -days) && date <= today
      : date >= today && date <= addDays(today, days);
  }
  const other = value as string;
  return operator === 'before' ? date < other : operator === 'after' ? date > other : date === other;
};

const passesText = (told: Told, { field, operator, value }: Condition): boolean => {
  const text = toldValue(told, field) as string | null;
  const words = value as string;
  const digits = words.replace(/\D/g, '');
  if (field === 'phone' && operator === 'contains' && digits.length >= 3)
    if (told.customer.phones.some((phone) => phone.number.replace(/\D/g, '').includes(digits))) return true;
  if (text === null) return false;
  if (operator === 'is') return fold(text) === fold(words);
  return operator === 'contains' ? fold(text).includes(fold(words)) : fold(text).startsWith(fold(words));
};

const passesCondition = (told: Told, condition: Condition, today: string): boolean => {
  const { field, operator } = condition;
  const value = field === 'daysSinceContact' ? told.lastContactOn : toldValue(told, field);
  if (operator === 'isKnown') return !isUnknown(value);
  if (operator === 'isUnknown') return isUnknown(value);
  if (field === 'daysSinceContact') {
    if (told.lastContactOn === null) return false;
    const bound = addDays(today, -(condition.value as number));
    return operator === 'atLeast' ? told.lastContactOn <= bound : told.lastContactOn >= bound;
  }
  if (operator === 'hasAny' || operator === 'hasNone') {
    const has = told.customer.tags.some((tag) => (condition.value as string[]).includes(tag));
    return operator === 'hasAny' ? has : !has;
  }
  if (operator === 'atLeast' || operator === 'atMost') {
    if (isUnknown(value)) return false;
    const number = Number.parseFloat(String(value)) || 0;
    return operator === 'atLeast'
      ? number >= (condition.value as number)
      : number <= (condition.value as number);
  }
  if (field.endsWith('On') || field.endsWith('At') || field === 'birthDate')
    return passesDate(told, condition, today);
  if (typeof condition.value === 'boolean' || typeof condition.value === 'number')
    return value === condition.value;
  if (Array.isArray(condition.value) || operator === 'isNot') {
    const list = [condition.value].flat();
    return list.includes(value as string) === (operator === 'is');
  }
  return passesText(told, condition);
};

/** The meaning of a filter in plain words of code, for comparing the SQL with. */
export const passes = (told: Told, item: Condition | FilterGroup, today: string): boolean => {
  if (!isGroup(item)) return passesCondition(told, item, today);
  if (item.items.length === 0) return true;
  return item.all
    ? item.items.every((one) => passes(told, one, today))
    : item.items.some((one) => passes(told, one, today));
};
