import { z } from 'zod';
import { text } from './fields.ts';

/** What a filterable field holds; decides the operators it offers. */
export type FieldType = 'text' | 'choice' | 'number' | 'money' | 'date' | 'days' | 'flag' | 'tags';

export const OPERATORS = [
  'is',
  'isNot',
  'contains',
  'startsWith',
  'atLeast',
  'atMost',
  'before',
  'after',
  'withinDays',
  'isKnown',
  'isUnknown',
  'hasAny',
  'hasNone',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Operators per type of field, the first being the default. */
export const OPERATORS_OF: Record<FieldType, readonly Operator[]> = {
  text: ['contains', 'is', 'startsWith', 'isKnown', 'isUnknown'],
  choice: ['is', 'isNot', 'isKnown', 'isUnknown'],
  number: ['atLeast', 'atMost', 'is', 'isKnown', 'isUnknown'],
  money: ['atLeast', 'atMost', 'isKnown', 'isUnknown'],
  date: ['withinDays', 'before', 'after', 'is', 'isKnown', 'isUnknown'],
  days: ['atLeast', 'atMost', 'isKnown', 'isUnknown'],
  flag: ['is'],
  tags: ['hasAny', 'hasNone', 'isKnown', 'isUnknown'],
};

/** Fields of the customer table that can be shown, sorted and filtered. `custom:NAME` reaches columns of an import. */
export const CUSTOMER_COLUMNS = {
  name: { type: 'text', sortable: true, shown: true },
  kind: { type: 'choice', sortable: true, shown: false },
  class: { type: 'choice', sortable: true, shown: false },
  status: { type: 'choice', sortable: true, shown: false },
  contactState: { type: 'choice', sortable: true, shown: true },
  dueOn: { type: 'date', sortable: true, shown: false },
  lastContactAt: { type: 'date', sortable: true, shown: true },
  daysSinceContact: { type: 'days', sortable: false, shown: false },
  nextVisitAt: { type: 'date', sortable: true, shown: true },
  balance: { type: 'money', sortable: true, shown: true },
  nextMaturityOn: { type: 'date', sortable: true, shown: true },
  openPromises: { type: 'number', sortable: true, shown: false },
  openTasks: { type: 'number', sortable: true, shown: false },
  completeness: { type: 'number', sortable: true, shown: true },
  riskCount: { type: 'number', sortable: true, shown: false },
  tags: { type: 'tags', sortable: false, shown: true },
  phone: { type: 'text', sortable: false, shown: true },
  area: { type: 'text', sortable: true, shown: false },
  address: { type: 'text', sortable: false, shown: false },
  occupation: { type: 'text', sortable: true, shown: false },
  employer: { type: 'text', sortable: true, shown: false },
  industry: { type: 'text', sortable: true, shown: false },
  companySize: { type: 'choice', sortable: true, shown: false },
  age: { type: 'number', sortable: true, shown: false },
  birthDate: { type: 'date', sortable: true, shown: false },
  riskLevel: { type: 'choice', sortable: true, shown: false },
  doNotCall: { type: 'flag', sortable: false, shown: false },
  marketingConsent: { type: 'choice', sortable: false, shown: false },
  customerNo: { type: 'text', sortable: true, shown: false },
  createdAt: { type: 'date', sortable: true, shown: false },
} as const satisfies Record<string, { type: FieldType; sortable: boolean; shown: boolean }>;

export type CustomerColumn = keyof typeof CUSTOMER_COLUMNS;
export const CUSTOMER_COLUMN_NAMES = Object.keys(CUSTOMER_COLUMNS) as [CustomerColumn, ...CustomerColumn[]];

/** Operators of a column of an import: text, and numbers where the text is one. */
export const CUSTOM_OPERATORS: readonly Operator[] = [...OPERATORS_OF.text, 'atLeast', 'atMost'];

/** The operators a field offers, the first being the default. */
export const operatorsOf = (field: string): readonly Operator[] =>
  field in CUSTOMER_COLUMNS ? OPERATORS_OF[CUSTOMER_COLUMNS[field as CustomerColumn].type] : CUSTOM_OPERATORS;

const value = z.union([text(500), z.number(), z.boolean(), z.array(text(200)).max(200)]);

/** One condition: field, operator and a value unless the operator needs none. */
export const condition = z.strictObject({
  field: z.union([
    z.enum(CUSTOMER_COLUMN_NAMES),
    z
      .string()
      .max(90)
      .regex(/^custom:/),
  ]),
  operator: z.enum(OPERATORS),
  value: value.optional(),
});
export type Condition = z.infer<typeof condition>;

/** A group of conditions and groups; nested at most four deep. */
export interface FilterGroup {
  all: boolean;
  items: (Condition | FilterGroup)[];
}

const groupOfDepth = (depth: number): z.ZodType<FilterGroup> =>
  z.strictObject({
    all: z.boolean(),
    items: z.array(depth > 0 ? z.union([condition, groupOfDepth(depth - 1)]) : condition).max(30),
  }) as z.ZodType<FilterGroup>;

export const filterGroup = groupOfDepth(3);

/** The filter that lets everything pass. */
export const EVERYTHING: FilterGroup = { all: true, items: [] };

export const isGroup = (item: Condition | FilterGroup): item is FilterGroup => 'items' in item;

/** A table view: what the customers screen shows and saves. */
export const customerView = z.strictObject({
  filter: filterGroup.default(EVERYTHING),
  sort: z
    .array(z.strictObject({ column: z.enum(CUSTOMER_COLUMN_NAMES), descending: z.boolean().default(false) }))
    .max(3)
    .default([]),
  columns: z
    .array(
      z.union([
        z.enum(CUSTOMER_COLUMN_NAMES),
        z
          .string()
          .max(90)
          .regex(/^custom:/),
      ]),
    )
    .max(60)
    .optional(),
  text: text(100).default(''),
});
export type CustomerView = z.infer<typeof customerView>;
