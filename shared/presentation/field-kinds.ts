import { z } from 'zod';
import { type EntityName, entities } from '../domain/entities/index.ts';
import { sameValue } from '../sync/same.ts';

/** How a field is shown and edited; `words` names its list in `vocabulary`. */
export type FieldKind =
  | {
      kind:
        | 'text'
        | 'longText'
        | 'date'
        | 'instant'
        | 'number'
        | 'money'
        | 'percent'
        | 'flag'
        | 'time'
        | 'phones'
        | 'emails'
        | 'weekdays'
        | 'tags'
        | 'people'
        | 'checks'
        | 'lines'
        | 'custom';
    }
  | { kind: 'choice'; values: readonly string[]; words: string }
  | { kind: 'choices'; values: readonly string[]; words: string };

/** List of `vocabulary` with the words of a choice; `entity.field` comes before `field`. */
const LISTS: Record<string, string> = {
  'customer.kind': 'customerKind',
  'relation.kind': 'relation',
  'holding.kind': 'holding',
  'facility.kind': 'facility',
  'collateral.kind': 'collateral',
  'interaction.kind': 'interaction',
  'customer.status': 'status',
  'promise.status': 'promiseStatus',
  'task.status': 'taskStatus',
  'visit.state': 'visitState',
  'visitReport.state': 'reportState',
  'companyContact.role': 'contactRole',
  birthdayCalendar: 'calendar',
  techLevel: 'level',
  urgency: 'level',
  'promise.level': 'promiseLevel',
  marketingConsent: 'consent',
  dataConsent: 'consent',
  channelOrder: 'channel',
  mode: 'visitMode',
  madeBy: 'promiseMaker',
};

const LISTED: Record<string, FieldKind['kind']> = {
  phones: 'phones',
  emails: 'emails',
  tags: 'tags',
  bestWeekdays: 'weekdays',
  participants: 'people',
  agenda: 'checks',
  preparation: 'checks',
  needs: 'lines',
  nextSteps: 'lines',
  custom: 'custom',
};

/** Fields that say nothing to a person: ties between records, zones, marks of the program. */
const TECHNICAL =
  /(Id|Ids)$|^(zone|createdAt|definition|contentHash|signature|sha256|position|importId|latitude|longitude)$/;
const LONG = 1_000;

const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;

const listOf = (entity: string, field: string): string =>
  LISTS[`${entity}.${field}`] ?? LISTS[field] ?? field;

const kindOfText = (field: string, schema: z.ZodString): FieldKind => {
  if (/(On|Date|Until)$|^asOf$/.test(field)) return { kind: 'date' };
  if (/At$|^at$|^since$/.test(field)) return { kind: 'instant' };
  if (/Time(From|To)$/.test(field)) return { kind: 'time' };
  return { kind: (schema.maxLength ?? 0) >= LONG ? 'longText' : 'text' };
};

/** Whether a value is what a new record has anyway: nobody typed it. */
export const isDefault = (entity: string, field: string, value: unknown): boolean => {
  const shape = entities[entity as EntityName]?.schema.shape as Record<string, z.ZodType> | undefined;
  const blank = shape && Object.hasOwn(shape, field) ? shape[field]?.safeParse(undefined) : undefined;
  return blank?.success === true && sameValue(blank.data, value);
};

/** How a field is shown; null for one that says nothing to a person. Unknown fields of a newer peer show as text. */
export const fieldKind = (entity: string, field: string): FieldKind | null => {
  if (TECHNICAL.test(field)) return null;
  if (field === 'deleted') return { kind: 'flag' };
  const shape = entities[entity as EntityName]?.schema.shape as Record<string, z.ZodType> | undefined;
  const declared = shape && Object.hasOwn(shape, field) ? shape[field] : undefined;
  if (!declared) return { kind: 'text' };
  const schema = unwrap(declared);
  const listed = LISTED[field];
  if (listed) return { kind: listed } as FieldKind;
  if (schema instanceof z.ZodEnum)
    return { kind: 'choice', values: schema.options.map(String), words: listOf(entity, field) };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodEnum)
    return { kind: 'choices', values: schema.element.options.map(String), words: listOf(entity, field) };
  if (schema instanceof z.ZodBoolean) return { kind: 'flag' };
  if (schema instanceof z.ZodNumber) {
    if (field.endsWith('Minor')) return { kind: 'money' };
    return { kind: field.endsWith('Bp') ? 'percent' : 'number' };
  }
  return schema instanceof z.ZodString ? kindOfText(field, schema) : { kind: 'text' };
};
