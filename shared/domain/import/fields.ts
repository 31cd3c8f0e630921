import { type EntityName, entities } from '../entities/index.ts';
import * as words from '../vocabulary.ts';
import { readEmails, readPhones } from './contacts.ts';
import { type DateOrder, readDay, readMoment, readMonth } from './dates.ts';
import { readMoney, readNumber } from './numbers.ts';
import { readChoice, readFlag } from './words.ts';

/** Labels of our own vocabulary in all languages, to their values. */
export type Labels = (vocabulary: string) => ReadonlyMap<string, string>;

export interface ReadOptions {
  currency: string;
  dateOrder: DateOrder;
  labels: Labels;
}

/** What became of a cell: a value; a word to be kept beside; or the rule it breaks. */
export type CellResult = { value: unknown } | { keep: string } | { rule: string };
type CellReader = (raw: string, options: ReadOptions) => CellResult;

const or = (value: unknown, rule: string): CellResult => (value === null ? { rule } : { value });

const text: CellReader = (raw) => ({ value: raw.trim() });
const money: CellReader = (raw, { currency }) => or(readMoney(raw, currency), 'badRow.money');
const date: CellReader = (raw, { dateOrder }) =>
  or(readMoment(raw, dateOrder, true)?.date ?? null, 'badRow.date');
const moment: CellReader = (raw, { dateOrder }) => or(readMoment(raw, dateOrder, true), 'badRow.date');
const number: CellReader = (raw) => or(readNumber(raw), 'badRow.number');
const whole: CellReader = (raw) => {
  const value = readNumber(raw.replace(/\s*(岁|歲|人|天|日|years?)$/iu, ''));
  return or(value === null ? null : Math.round(value), 'badRow.number');
};
const flag: CellReader = (raw) => or(readFlag(raw), 'badRow.flag');
const phones: CellReader = (raw) => or(readPhones(raw), 'badRow.phone');
const emails: CellReader = (raw) => or(readEmails(raw), 'badRow.email');
/** The last signs of an account; the number itself is not kept. */
const tail: CellReader = (raw) => {
  const signs = raw.normalize('NFKC').replace(/[^0-9a-z]/giu, '');
  return or(signs.length >= 3 ? signs.slice(-4) : null, 'badRow.unfit');
};
/** 3.85 % as 385 basis points, whether written as 3.85, 3.85% or 0.0385. */
const rate: CellReader = (raw) => {
  const value = readNumber(raw);
  if (value === null) return { rule: 'badRow.number' };
  const isShare = !raw.includes('%') && Math.abs(value) < 0.3;
  return { value: Math.round(value * (isShare ? 10_000 : 100)) };
};
/** Seconds, or 3:25, or 1:02:03. */
const seconds: CellReader = (raw) => {
  const parts = raw.trim().split(':');
  if (parts.length > 1 && parts.length <= 3 && parts.every((part) => /^\d{1,2}$/.test(part)))
    return { value: parts.reduce((sum, part) => sum * 60 + Number(part), 0) };
  return whole(raw, {} as ReadOptions);
};
const choice =
  (name: string, values: readonly string[], vocabulary = name): CellReader =>
  (raw, { labels }) => {
    const value = readChoice(name, values, raw, labels(vocabulary));
    return value === null ? { keep: raw.trim() } : { value };
  };

/** How a column is read, by the field it goes to. */
const CUSTOMER: Record<string, CellReader> = {
  name: text,
  alias: text,
  customerNo: text,
  wechat: text,
  address: text,
  area: text,
  city: text,
  referredBy: text,
  about: text,
  occupation: text,
  employer: text,
  jobTitle: text,
  family: text,
  hobbies: text,
  industry: text,
  phones,
  emails,
  idTail: text,
  birthDate: date,
  openedOn: date,
  closedOn: date,
  foundedOn: date,
  riskValidUntil: date,
  age: whole,
  employees: whole,
  contactIntervalDays: whole,
  latitude: number,
  longitude: number,
  incomeMinor: money,
  doNotCall: flag,
  doNotMessage: flag,
  doNotEmail: flag,
  class: choice('class', words.CUSTOMER_CLASSES),
  status: choice('status', words.CUSTOMER_STATUSES),
  gender: choice('gender', words.GENDERS),
  maritalStatus: choice('maritalStatus', words.MARITAL_STATUSES),
  education: choice('education', words.EDUCATIONS),
  lifeStage: choice('lifeStage', words.LIFE_STAGES),
  socialClass: choice('socialClass', words.SOCIAL_CLASSES),
  riskLevel: choice('riskLevel', words.RISK_LEVELS),
  companySize: choice('companySize', words.COMPANY_SIZES),
  marketingConsent: choice('marketingConsent', words.CONSENTS, 'consent'),
  dataConsent: choice('marketingConsent', words.CONSENTS, 'consent'),
};
const HOLDING: Record<string, CellReader> = {
  productName: text,
  kind: choice('holdingKind', words.HOLDING_KINDS, 'holding'),
  balanceMinor: money,
  previousBalanceMinor: money,
  accountTail: tail,
  rateBp: rate,
  openedOn: date,
  maturesOn: date,
  asOf: date,
};
const INTERACTION: Record<string, CellReader> = {
  at: moment,
  day: (raw) => or(readDay(raw), 'badRow.date'),
  month: (raw) => or(readMonth(raw), 'badRow.date'),
  kind: choice('interactionKind', words.INTERACTION_KINDS, 'interaction'),
  channel: choice('channel', words.CONTACT_CHANNELS),
  purpose: choice('purpose', words.PURPOSES),
  outcome: choice('outcome', words.OUTCOMES),
  durationSeconds: seconds,
  summary: text,
  nextHook: text,
};

export type TargetEntity = 'customer' | 'holding' | 'interaction';
const READERS: Record<TargetEntity, Record<string, CellReader>> = {
  customer: CUSTOMER,
  holding: HOLDING,
  interaction: INTERACTION,
};

/** A target of the mapping, taken apart. */
export type Target =
  | { to: 'skip' }
  | { to: 'custom'; name: string }
  | { to: TargetEntity; field: string; read: CellReader };

/** Reads a target; null when there is no such field. */
export const parseTarget = (target: string): Target | null => {
  if (target === 'skip') return { to: 'skip' };
  if (target.startsWith('custom:')) {
    const name = target.slice('custom:'.length).trim();
    return name === '' || name.length > 80 ? null : { to: 'custom', name };
  }
  const [entity = '', field = ''] = target.split('.');
  if (!Object.hasOwn(READERS, entity)) return null;
  const readers = READERS[entity as TargetEntity];
  const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
  return read ? { to: entity as TargetEntity, field, read } : null;
};

const SHORT = 40;

/** The rule a value of a field breaks, or null. Short texts fit everywhere. */
export const brokenRule = (entity: EntityName, field: string, value: unknown): string | null => {
  if (typeof value === 'string' && value.length <= SHORT && value.isWellFormed()) return null;
  // A moment becomes an instant only with the zone.
  if (typeof value === 'object') return null;
  const schema = (
    entities[entity].schema.shape as Record<string, { safeParse(v: unknown): { success: boolean } }>
  )[field];
  if (!schema || schema.safeParse(value).success) return null;
  return typeof value === 'string' && value.isWellFormed()
    ? 'badRow.tooLong'
    : typeof value === 'string'
      ? 'badRow.unstorable'
      : 'badRow.unfit';
};
