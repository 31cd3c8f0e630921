import type { Customer, CustomerPatch } from '../entities/index.ts';
import { normalisePhone } from './phone.ts';

/** Fields that name the surviving record itself. */
const KEPT: readonly string[] = ['id', 'kind', 'name', 'createdAt', 'importId'];
const LIMITS = { tags: 50, phones: 20, emails: 20, about: 20_000, customName: 80 } as const;

const isUnknown = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const unionBy = <T>(a: readonly T[], b: readonly T[], key: (one: T) => string, limit: number): T[] => {
  const seen = new Set(a.map(key));
  return [...a, ...b.filter((one) => !seen.has(key(one)))].slice(0, limit);
};

/** Both maps; where they disagree, the other customer's value stays under its name. */
const bothCustom = (into: Customer, from: Customer): Customer['custom'] => {
  const custom = { ...into.custom };
  for (const [name, value] of Object.entries(from.custom)) {
    if (custom[name] === value) continue;
    const free = name in custom ? `${name} (${from.name})`.slice(0, LIMITS.customName) : name;
    if (!(free in custom)) custom[free] = value;
  }
  return custom;
};

/** A refusal of either counts for both. */
const refusals = (into: Customer, from: Customer): CustomerPatch => ({
  doNotCall: into.doNotCall || from.doNotCall,
  doNotMessage: into.doNotMessage || from.doNotMessage,
  doNotEmail: into.doNotEmail || from.doNotEmail,
  ...(from.marketingConsent === 'no' && {
    marketingConsent: 'no' as const,
    marketingConsentOn: from.marketingConsentOn,
  }),
  ...(from.dataConsent === 'no' && { dataConsent: 'no' as const, dataConsentOn: from.dataConsentOn }),
});

/**
 * What the surviving customer of a merge (S1-06) takes over: what it does not know itself, and all tags, phones, mails and
 * custom fields of both. Nothing it knows is overwritten.
 */
export const mergedCustomer = (into: Customer, from: Customer): CustomerPatch => {
  const filled: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(from))
    if (!KEPT.includes(field) && isUnknown(into[field as keyof Customer]) && !isUnknown(value))
      filled[field] = value;
  const about = [into.about, from.about].filter(Boolean).join('\n\n');
  return {
    ...(filled as CustomerPatch),
    ...(from.name !== into.name && !into.alias && { alias: from.name }),
    ...(into.about !== from.about && about !== '' && { about: about.slice(0, LIMITS.about) }),
    tags: unionBy(into.tags, from.tags, String, LIMITS.tags),
    phones: unionBy(
      into.phones,
      from.phones,
      (one) => normalisePhone(one.number) ?? one.number,
      LIMITS.phones,
    ),
    emails: unionBy(into.emails, from.emails, (one) => one.address.toLowerCase(), LIMITS.emails),
    custom: bothCustom(into, from),
    ...refusals(into, from),
  };
};
