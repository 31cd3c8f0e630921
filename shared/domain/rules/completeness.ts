import type { Completeness } from '#shared/contracts/customers.ts';
import type { Customer } from '../entities/index.ts';

/** S4-03: groups of profile facts. */
export type ProfileGroup =
  | 'identity'
  | 'structure'
  | 'operation'
  | 'purchasing'
  | 'situation'
  | 'buyer'
  | 'preferences';

interface Expectation {
  /** A field of the customer, or `contacts` for the people of a company. */
  field: keyof Customer | 'contacts';
  group: ProfileGroup;
  /** How much knowing it helps a visit, 1 to 10. */
  weight: number;
  /** Expected of classes A and B only. */
  keyOnly?: true;
}

/** What a person's file should know. */
const PERSON: readonly Expectation[] = [
  { field: 'phones', group: 'identity', weight: 10 },
  { field: 'birthDate', group: 'buyer', weight: 8 },
  { field: 'riskLevel', group: 'buyer', weight: 8 },
  { field: 'occupation', group: 'buyer', weight: 7 },
  { field: 'lifeStage', group: 'buyer', weight: 6 },
  { field: 'marketingConsent', group: 'preferences', weight: 6 },
  { field: 'incomeMinor', group: 'buyer', weight: 5 },
  { field: 'employer', group: 'buyer', weight: 5 },
  { field: 'channelOrder', group: 'preferences', weight: 5 },
  { field: 'maritalStatus', group: 'buyer', weight: 4 },
  { field: 'address', group: 'identity', weight: 4 },
  { field: 'gender', group: 'buyer', weight: 2 },
  { field: 'family', group: 'buyer', weight: 7, keyOnly: true },
  { field: 'hobbies', group: 'buyer', weight: 5, keyOnly: true },
  { field: 'wechat', group: 'identity', weight: 4, keyOnly: true },
  { field: 'bestTimeFrom', group: 'preferences', weight: 4, keyOnly: true },
  { field: 'socialClass', group: 'buyer', weight: 3, keyOnly: true },
  { field: 'education', group: 'buyer', weight: 2, keyOnly: true },
];

/** What a company's file should know. */
const COMPANY: readonly Expectation[] = [
  { field: 'contacts', group: 'structure', weight: 10 },
  { field: 'industry', group: 'structure', weight: 9 },
  { field: 'phones', group: 'identity', weight: 8 },
  { field: 'productUsage', group: 'operation', weight: 7 },
  { field: 'companySize', group: 'structure', weight: 6 },
  { field: 'purchasingDemands', group: 'purchasing', weight: 6 },
  { field: 'address', group: 'structure', weight: 5 },
  { field: 'city', group: 'structure', weight: 4 },
  { field: 'marketingConsent', group: 'preferences', weight: 4 },
  { field: 'employees', group: 'structure', weight: 3 },
  { field: 'purchasingPolicy', group: 'purchasing', weight: 7, keyOnly: true },
  { field: 'urgency', group: 'situation', weight: 6, keyOnly: true },
  { field: 'orderSize', group: 'situation', weight: 5, keyOnly: true },
  { field: 'application', group: 'situation', weight: 4, keyOnly: true },
  { field: 'techLevel', group: 'operation', weight: 3, keyOnly: true },
  { field: 'foundedOn', group: 'structure', weight: 2, keyOnly: true },
];

const isKnown = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * S1-06 completeness of a customer's file: the known share of what its kind and class should know, by weight.
 * The gaps come most useful first, so that the first three are the questions to ask next time.
 */
export const completenessOf = (
  customer: Partial<Customer> & Pick<Customer, 'kind'>,
  contactCount: number,
): Completeness => {
  const key = customer.class === 'A' || customer.class === 'B';
  const expected = (customer.kind === 'company' ? COMPANY : PERSON).filter((item) => key || !item.keyOnly);
  const gaps = expected.filter((item) =>
    item.field === 'contacts' ? contactCount === 0 : !isKnown(customer[item.field]),
  );
  const total = expected.reduce((sum, item) => sum + item.weight, 0);
  const missing = gaps.reduce((sum, item) => sum + item.weight, 0);
  return {
    percent: Math.round(((total - missing) / total) * 100),
    known: expected.length - gaps.length,
    expected: expected.length,
    gaps: gaps
      .map(({ field, group, weight }) => ({ field, group, weight }))
      .toSorted((a, b) => b.weight - a.weight),
  };
};
