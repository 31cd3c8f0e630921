import { z } from 'zod';
import type { ImportMapping } from '#shared/contracts/book.ts';
import {
  birthDateOfId,
  isUnknown,
  looksLikePhone,
  parseDate,
  parseFlag,
  parseMoney,
  parseMonth,
  parseNumber,
  tailOf,
} from '#shared/domain/csv/values.ts';
import { type Customer, customer, holding, interaction } from '#shared/domain/entities/index.ts';
import { choiceOf } from './choices.ts';

export type Fields = Record<string, unknown>;

/** One value that does not fit: which column, what it says, and which rule it breaks (`import.*`). */
export interface BadValue {
  column: string;
  value: string;
  rule: string;
}

/** What a row says. Fields that are unknown in the file are left out. */
export interface MappedRow {
  customer: Fields;
  holding: Fields;
  interaction: Fields;
  custom: Record<string, string>;
  bad: BadValue[];
}

const SCHEMAS = {
  customer: customer.schema.shape,
  holding: holding.schema.shape,
  interaction: interaction.schema.shape,
} as const;
type Part = keyof typeof SCHEMAS;

const bareSchema = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? bareSchema(schema.unwrap() as z.ZodType)
    : schema;

const SHOWN = 80;

type Read = { value: unknown } | { rule: string };
const bad = (rule: string): Read => ({ rule: `import.${rule}` });
const orBad = (value: unknown, rule: string): Read => (value === null ? bad(rule) : { value });

const readPhones = (text: string): Read => {
  const numbers = text
    .split(/[;,，、/]|\s{2,}/)
    .map((one) => one.trim())
    .filter(Boolean);
  return numbers.every(looksLikePhone)
    ? { value: numbers.map((number) => ({ label: '', number })) }
    : bad('badPhone');
};

const SPECIAL: Record<string, (text: string, mapping: ImportMapping) => Read> = {
  'customer.phones': readPhones,
  'customer.emails': (text) =>
    /^[^\s@]+@[^\s@]+$/.test(text.trim())
      ? { value: [{ label: '', address: text.trim() }] }
      : bad('badEmail'),
  'customer.idTail': (text) => ({ value: tailOf(text) }),
  'customer.incomeMinor': (text) => orBad(parseMoney(text), 'badMoney'),
  'holding.balanceMinor': (text) => orBad(parseMoney(text), 'badMoney'),
  'holding.accountTail': (text) => ({ value: tailOf(text) }),
  'holding.rateBp': (text) => {
    const percent = parseNumber(text.replace('%', ''));
    return orBad(percent === null ? null : Math.round(percent * 100), 'badNumber');
  },
  'interaction.day': (text) => {
    const day = parseNumber(text);
    return day !== null && Number.isInteger(day) && day >= 1 && day <= 31 ? { value: day } : bad('badDate');
  },
  'interaction.month': (text) => orBad(parseMonth(text), 'badDate'),
  'interaction.at': (text, mapping) => orBad(parseDate(text, mapping.dateOrder), 'badDate'),
};

const readBySchema = (schema: z.ZodType, field: string, text: string, mapping: ImportMapping): Read => {
  const inner = bareSchema(schema);
  if (inner instanceof z.ZodEnum) return orBad(choiceOf(field, inner.options as string[], text), 'badChoice');
  if (inner instanceof z.ZodBoolean) return orBad(parseFlag(text), 'badFlag');
  if (inner instanceof z.ZodNumber) return orBad(parseNumber(text), 'badNumber');
  const isDate =
    inner instanceof z.ZodString &&
    !inner.safeParse('x').success &&
    inner.safeParse('2020-02-29').success &&
    !inner.safeParse('2020-02-30').success;
  return isDate ? orBad(parseDate(text, mapping.dateOrder), 'badDate') : { value: text.trim() };
};

const readCell = (target: string, text: string, mapping: ImportMapping): Read => {
  const special = SPECIAL[target];
  const [part = '', field = ''] = target.split('.');
  const schema = (SCHEMAS[part as Part] as Record<string, z.ZodType> | undefined)?.[field];
  if (!special && !schema) return bad('unknownTarget');
  const read = special ? special(text, mapping) : readBySchema(schema as z.ZodType, field, text, mapping);
  if ('rule' in read || !schema) return read;
  const parsed = schema.safeParse(read.value);
  return parsed.success ? { value: parsed.data } : bad(text.length > 200 ? 'tooLong' : 'badValue');
};

/** A day and month without a year: in the year that was said, or the last time that day was. */
const dateOf = (fields: Fields, mapping: ImportMapping, today: string): string | null => {
  if (typeof fields.at === 'string') return fields.at;
  const { day, month } = fields;
  if (typeof day !== 'number' || typeof month !== 'number') return null;
  const inYear = (year: number) => parseDate(`${year}-${month}-${day}`, 'ymd');
  if (mapping.assumeYear !== null) return inYear(mapping.assumeYear);
  const thisYear = Number(today.slice(0, 4));
  for (let year = thisYear; year > thisYear - 5; year--) {
    const date = inYear(year);
    if (date && date <= today) return date;
  }
  return null;
};

/** Reads the cells of one row by the mapping. Nothing is guessed: what does not fit is named. */
export const mapRow = (
  cells: readonly string[],
  columns: readonly string[],
  mapping: ImportMapping,
  today: string,
): MappedRow => {
  const row: MappedRow = { customer: {}, holding: {}, interaction: {}, custom: {}, bad: [] };
  if (
    cells.length > mapping.columns.length &&
    cells.slice(mapping.columns.length).some((cell) => cell.trim() !== '')
  ) {
    row.bad.push({
      column: String(mapping.columns.length + 1),
      value: cells.slice(mapping.columns.length).join(' ').slice(0, SHOWN),
      rule: 'import.tooManyColumns',
    });
  }
  mapping.columns.forEach((target, index) => {
    const text = cells[index] ?? '';
    if (target === 'skip' || isUnknown(text)) return;
    if (target.startsWith('custom:')) {
      if (!/^-1$/.test(text) || !/^pdays$/i.test(columns[index] ?? ''))
        row.custom[target.slice('custom:'.length)] = text.trim().slice(0, 1_000);
      return;
    }
    const read = readCell(target, text, mapping);
    if ('rule' in read) {
      row.bad.push({
        column: columns[index] ?? String(index + 1),
        value: text.slice(0, SHOWN),
        rule: read.rule,
      });
      return;
    }
    const [part = 'customer', field = ''] = target.split('.');
    row[part as Part][field] = read.value;
    if (target === 'customer.idTail' && row.customer.birthDate === undefined) {
      const born = birthDateOfId(text);
      if (born) row.customer.birthDate = born;
    }
  });
  const contacted = dateOf(row.interaction, mapping, today);
  if ((row.interaction.day !== undefined || row.interaction.month !== undefined) && contacted === null) {
    row.bad.push({
      column: columns[mapping.columns.indexOf('interaction.day')] ?? '',
      value: `${row.interaction.day ?? ''} ${row.interaction.month ?? ''}`,
      rule: 'import.badDate',
    });
  }
  delete row.interaction.day;
  delete row.interaction.month;
  if (contacted) row.interaction.at = contacted;
  return row;
};

/** The name a customer gets: the file's own, or what the person does and the number of the row. */
export const nameOf = (
  fields: Partial<Customer>,
  mapping: ImportMapping,
  number: number,
): { name: string; made: boolean } => {
  const given = fields.name;
  if (typeof given === 'string' && given.trim() !== '') return { name: given, made: false };
  const about =
    fields.occupation ??
    fields.employer ??
    fields.customerNo ??
    (mapping.kind === 'company' ? 'Company' : 'Customer');
  return { name: `${about} ${String(number).padStart(5, '0')}`, made: true };
};
