import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerRow } from '#shared/contracts/customers.ts';
import { addDays, instantAt, plainDate } from '#shared/domain/dates.ts';
import type { Customer } from '#shared/domain/entities/index.ts';
import {
  type Condition,
  CUSTOMER_COLUMN_NAMES,
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  type FieldType,
  type FilterGroup,
  OPERATORS_OF,
  type Operator,
} from '#shared/domain/filter.ts';
import { customerFactsHook } from '../../electron/data/repositories/customer-facts/hook.ts';
import { customers } from '../../electron/data/repositories/customers/feature.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { put, putContact, ZONE } from '../support/customers.ts';
import { passes, type Told } from '../support/filter-meaning.ts';

const TODAY = '2026-03-31';
const NOW = instantAt(TODAY, '12:00', ZONE);
const TAGS = [uuid(), uuid(), uuid()];
const CUSTOM = ['balance', 'p"out\\come', '$.a[0]', '职业'];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const around = fc.integer({ min: -120, max: 120 }).map((days) => addDays(TODAY, days));
const words = fc.constantFrom('王', 'wang', 'Acme', 'ACME', '50%', 'a_b', '\\', '', '浦东', 'é', 'É', '138');
const amount = fc.integer({ min: -3, max: 100 });
const instant = around.map((day) => instantAt(day, '23:30', ZONE));

const customer = fc.record({
  kind: fc.constantFrom('person', 'company'),
  name: fc.constantFrom('王芳', 'Acme Ltd', 'acme co', '50% off', 'a_b', 'aXb', 'back\\slash', '浦东 é'),
  class: maybe(fc.constantFrom('A', 'B', 'C', 'D')),
  status: fc.constantFrom('active', 'prospect', 'closed'),
  contactIntervalDays: maybe(fc.integer({ min: 1, max: 60 })),
  tags: fc.uniqueArray(fc.constantFrom(...TAGS)),
  phones: fc.array(
    fc.record({ label: fc.constant(''), number: fc.constantFrom('138 0013 8000', '13900139000', '1') }),
    { maxLength: 2 },
  ),
  area: maybe(words),
  address: maybe(words),
  occupation: maybe(words),
  employer: maybe(words),
  industry: maybe(words),
  companySize: maybe(fc.constantFrom('micro', 'small', 'large')),
  age: maybe(fc.integer({ min: 18, max: 90 })),
  birthDate: maybe(around.map((day) => `1980${day.slice(4)}`)),
  birthdayCalendar: fc.constantFrom('solar', 'lunar'),
  riskLevel: maybe(fc.constantFrom('C1', 'C3')),
  doNotCall: fc.boolean(),
  marketingConsent: maybe(fc.constantFrom('yes', 'no')),
  customerNo: maybe(words),
  custom: fc.dictionary(fc.constantFrom(...CUSTOM), fc.constantFrom('5', '50', '-1.5', 'x', ''), {
    maxKeys: 3,
  }),
  createdAt: instant,
});
const surroundings = fc.record({
  contacts: fc.array(around, { maxLength: 2 }),
  visits: fc.array(instant, { maxLength: 2 }),
  holdings: fc.array(fc.record({ balanceMinor: maybe(amount), maturesOn: maybe(around) }), { maxLength: 2 }),
  promises: fc.array(maybe(around), { maxLength: 2 }),
  tasks: fc.nat(2),
});

const CHOICES: Partial<Record<CustomerColumn, string[]>> = {
  kind: ['person', 'company'],
  class: ['A', 'B', 'C', 'D'],
  status: ['active', 'prospect', 'closed'],
  contactState: ['due', 'soon', 'overdue', 'ok', 'none'],
  companySize: ['micro', 'small', 'large'],
  riskLevel: ['C1', 'C3'],
  marketingConsent: ['yes', 'no'],
};

const valueFor = (field: string, type: FieldType, operator: Operator): fc.Arbitrary<Condition['value']> => {
  if (operator === 'isKnown' || operator === 'isUnknown') return fc.constant(undefined);
  if (operator === 'atLeast' || operator === 'atMost' || type === 'number') return amount;
  if (operator === 'withinDays') return fc.integer({ min: 0, max: 100 });
  if (type === 'date') return around;
  if (type === 'flag') return fc.boolean();
  if (type === 'tags') return fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1 });
  if (type === 'choice') {
    const choice = fc.constantFrom(...(CHOICES[field as CustomerColumn] as string[]));
    return fc.oneof(choice, fc.uniqueArray(choice, { minLength: 1 }));
  }
  return words;
};

const conditionOf = (field: string, type: FieldType, operators: readonly Operator[]) =>
  fc
    .constantFrom(...operators)
    .chain((operator) =>
      valueFor(field, type, operator).map(
        (value): Condition => ({ field: field as CustomerColumn, operator, value }),
      ),
    );
const condition = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...CUSTOMER_COLUMN_NAMES).chain((field) => {
      const { type } = CUSTOMER_COLUMNS[field];
      return conditionOf(field, type, OPERATORS_OF[type]);
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...CUSTOM)
      .chain((name) => conditionOf(`custom:${name}`, 'text', [...OPERATORS_OF.text, 'atLeast', 'atMost'])),
  },
);
const groupOf = (depth: number): fc.Arbitrary<FilterGroup> =>
  fc.record({
    all: fc.boolean(),
    items: fc.array(
      depth > 0 ? fc.oneof({ weight: 3, arbitrary: condition }, groupOf(depth - 1)) : condition,
      {
        maxLength: 4,
      },
    ),
  });
const sort = fc.uniqueArray(
  fc.record({
    column: fc.constantFrom(...CUSTOMER_COLUMN_NAMES.filter((name) => CUSTOMER_COLUMNS[name].sortable)),
    descending: fc.boolean(),
  }),
  { maxLength: 3, selector: (one) => one.column },
);

let book: TestBook;
const told = new Map<string, Told>();

/** What a row says is known to be right by other tests (rules, facts); the filter must agree with it. */
const tell = async (ids: string[]): Promise<void> => {
  const { rows } = await book.call('customer.rows', { ids });
  for (const row of rows as CustomerRow[]) {
    const page = await book.call('customer.get', { id: row.id });
    const latest = page.contact.lastContactAt;
    told.set(row.id, {
      customer: page.customer as Customer,
      lastContactAt: latest,
      lastContactOn: latest && plainDate(latest, ZONE),
      contactState: page.contact.state,
      dueOn: page.contact.dueOn,
      nextVisitAt: row.nextVisitAt,
      balance: row.balanceMinor,
      nextMaturityOn: row.nextMaturityOn,
      openPromises: page.counts.openPromises,
      openTasks: page.counts.openTasks,
      completeness: page.completeness.percent,
      riskCount: page.risks.length,
    });
  }
};

beforeAll(async () => {
  book = openTestBook([customers], { hooks: [customerFactsHook], now: () => new Date(NOW) });
  const ids = fc
    .sample(fc.tuple(customer, surroundings), { numRuns: 60, seed: 7 })
    .map(([fields, around]) => {
      const customerId = put(book, 'customer', fields);
      for (const day of around.contacts.filter((one) => one <= TODAY))
        putContact(book, customerId, instantAt(day, '10:00', ZONE));
      for (const startsAt of around.visits)
        put(book, 'visit', { customerId, startsAt, endsAt: startsAt, zone: ZONE });
      for (const holding of around.holdings)
        put(book, 'holding', { customerId, kind: 'current', productName: '活期', ...holding });
      for (const dueOn of around.promises)
        put(book, 'promise', { customerId, text: 'x', madeOn: TODAY, dueOn });
      for (let n = 0; n < around.tasks; n++) put(book, 'task', { customerId, text: 'x' });
      return customerId;
    });
  await tell(ids);
});
afterAll(() => book.close());

describe('the filter in SQL', () => {
  it('lets the same customers pass as its meaning in code, lists, counts and pages alike', async () => {
    await fc.assert(
      fc.asyncProperty(groupOf(2), sort, fc.nat(70), async (filter, order, offset) => {
        const expected = [...told].filter(([, one]) => passes(one, filter, TODAY)).map(([id]) => id);
        const { ids } = await book.call('customer.ids', { filter, sort: order });
        expect(ids.toSorted()).toEqual(expected.toSorted());
        const { counts } = await book.call('customer.count', { filters: [filter, { all: true, items: [] }] });
        expect(counts).toEqual([expected.length, told.size]);
        const page = await book.call('customer.list', { filter, sort: order, offset, limit: 7 });
        expect(page.total).toBe(ids.length);
        expect(page.rows.map((row) => row.id)).toEqual(ids.slice(offset, offset + 7));
        const id = ids[offset];
        if (id)
          expect(await book.call('customer.position', { filter, sort: order, id })).toEqual({
            position: offset,
          });
      }),
      { numRuns: 400 },
    );
  });

  it('finds each column, operator and value alone', async () => {
    await fc.assert(
      fc.asyncProperty(condition, async (one) => {
        const filter = { all: true, items: [one] };
        const expected = [...told].filter(([, all]) => passes(all, one, TODAY)).map(([id]) => id);
        const { ids } = await book.call('customer.ids', { filter });
        expect(ids.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 600 },
    );
  });
});

const KEY: Partial<Record<CustomerColumn, (row: CustomerRow) => string | number | null>> = {
  dueOn: (row) => row.dueOn,
  lastContactAt: (row) => row.lastContactAt,
  nextVisitAt: (row) => row.nextVisitAt,
  balance: (row) => row.balanceMinor,
  nextMaturityOn: (row) => row.nextMaturityOn,
  riskCount: (row) => row.riskCount,
  class: (row) => row.class,
  contactState: (row) =>
    row.contactState === 'none' ? null : ['overdue', 'due', 'soon', 'ok'].indexOf(row.contactState),
};

describe('sorting', () => {
  it.each(Object.keys(KEY) as CustomerColumn[])('orders by %s both ways, unknown last', async (column) => {
    const key = KEY[column] as (row: CustomerRow) => string | number | null;
    for (const descending of [false, true]) {
      const { rows } = await book.call('customer.list', { sort: [{ column, descending }], limit: 100 });
      const known = rows.map(key).filter((value) => value !== null);
      expect(
        rows
          .slice(known.length)
          .map(key)
          .every((value) => value === null),
      ).toBe(true);
      const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(known).toEqual(descending ? sorted.reverse() : sorted);
    }
  });
});
