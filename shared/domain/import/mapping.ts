import { orderOf } from './dates.ts';
import { campaignTargets, targetOfHeader } from './headers.ts';
import type { ValueKind } from './kinds.ts';

export interface Column {
  name: string;
  kind: ValueKind;
  samples: readonly string[];
}

const LONGEST_CUSTOM = 80;
/** Targets that several columns may go to. */
const REPEATABLE = new Set(['customer.phones', 'customer.emails']);

/** The custom field of a column. */
export const customTarget = (name: string): string => `custom:${name.slice(0, LONGEST_CUSTOM).trim()}`;

const guess = (column: Column): string => {
  if (column.kind === 'empty') return 'skip';
  const named = targetOfHeader(column.name);
  if (named) return named;
  if (column.kind === 'phone') return 'customer.phones';
  if (column.kind === 'email') return 'customer.emails';
  return customTarget(column.name);
};

/** Where each column of a file probably goes: by its name, then by its values. No target is taken twice. */
export const guessTargets = (columns: readonly Column[]): string[] => {
  const campaign = campaignTargets(columns.map((column) => column.name));
  if (campaign) return campaign;
  const taken = new Set<string>();
  return columns.map((column) => {
    const target = guess(column);
    if (REPEATABLE.has(target) || target === 'skip' || !taken.has(target)) {
      taken.add(target);
      return target;
    }
    return customTarget(column.name);
  });
};

const COMPANY = /公司|企业|企業|集团|集團|厂$|廠$|\b(ltd|inc|gmbh|llc|corp|co)\b\.?/iu;

/** Whether the rows are people or companies: by the names in them. */
export const guessKind = (columns: readonly Column[], targets: readonly string[]): 'person' | 'company' => {
  const samples = columns[targets.indexOf('customer.name')]?.samples ?? [];
  const companies = samples.filter((name) => COMPANY.test(name)).length;
  return samples.length > 0 && companies > samples.length / 2 ? 'company' : 'person';
};

/** The currency of the amounts: as the samples say, euros for the campaign of a Portuguese bank, else yuan. */
export const guessCurrency = (columns: readonly Column[]): string => {
  if (campaignTargets(columns.map((column) => column.name))) return 'EUR';
  const money = columns.filter((column) => column.kind === 'money').flatMap((column) => column.samples);
  const signs: [RegExp, string][] = [
    [/HK\$|HKD/iu, 'HKD'],
    [/NT\$|TWD/iu, 'TWD'],
    [/€|EUR/iu, 'EUR'],
    [/£|GBP/iu, 'GBP'],
    [/\$|USD/iu, 'USD'],
  ];
  return signs.find(([sign]) => money.some((text) => sign.test(text)))?.[1] ?? 'CNY';
};

/** The order of day and month in the dates of a file. */
export const guessOrder = (columns: readonly Column[]) =>
  orderOf(columns.filter((column) => column.kind === 'date').flatMap((column) => column.samples)) ?? 'ymd';
