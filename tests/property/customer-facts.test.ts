import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../electron/data/database/codec.ts';
import { read } from '../../electron/data/database/connection.ts';
import { customerFactsHook, rebuildFacts } from '../../electron/data/repositories/customer-facts/hook.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { CREATED, ZONE } from '../support/customers.ts';

const CUSTOMERS = Array.from({ length: 4 }, () => uuid());
const date = fc.integer({ min: 0, max: 500 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString());
const day = date.map((instant) => instant.slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const amount = maybe(fc.integer({ min: 0, max: 1_000 }));
const customerId = fc.constantFrom(...CUSTOMERS);
const number = fc.constantFrom('13800138000', '021 6123 4567', '1');

const RECORDS = {
  customer: fc.record({
    kind: fc.constantFrom('person', 'company'),
    name: fc.constantFrom('王芳', 'Acme Ltd', '上海华信有限公司', '单小明'),
    class: maybe(fc.constantFrom('A', 'B', 'C', 'D')),
    status: fc.constantFrom('active', 'closed', 'prospect'),
    phones: fc.array(fc.record({ label: fc.constant(''), number }), { maxLength: 2 }),
    contactIntervalDays: maybe(fc.integer({ min: 1, max: 90 })),
    birthDate: maybe(day),
    birthdayCalendar: fc.constantFrom('solar', 'lunar'),
    openedOn: maybe(day),
    doNotCall: fc.boolean(),
    custom: fc.dictionary(fc.constantFrom('a', 'b "c"', '$.d'), fc.constantFrom('1', 'x'), { maxKeys: 2 }),
  }),
  interaction: fc.record({
    customerId,
    kind: fc.constantFrom('call', 'visit'),
    at: date,
    zone: fc.constant(ZONE),
    outcome: maybe(fc.constantFrom('reached', 'noAnswer')),
  }),
  holding: fc.record({
    customerId,
    kind: fc.constant('termDeposit'),
    productName: fc.constant('定期'),
    balanceMinor: amount,
    previousBalanceMinor: amount,
    currency: fc.constantFrom('CNY', 'USD'),
    maturesOn: maybe(day),
  }),
  facility: fc.record({
    customerId,
    kind: fc.constant('creditLine'),
    name: fc.constant('授信'),
    limitMinor: amount,
    usedMinor: amount,
    expiresOn: maybe(day),
  }),
  companyContact: fc.record({
    customerId,
    name: fc.constant('张总'),
    role: fc.constant('executive'),
    birthDate: maybe(day),
    leftOn: maybe(day),
  }),
  promise: fc.record({
    customerId,
    text: fc.constant('报价'),
    madeOn: day,
    dueOn: maybe(day),
    status: fc.constantFrom('open', 'kept'),
  }),
  task: fc.record({
    customerId: maybe(customerId),
    text: fc.constant('准备'),
    status: fc.constantFrom('open', 'done'),
  }),
  visit: fc.record({
    customerId,
    startsAt: date,
    endsAt: date,
    zone: fc.constant(ZONE),
    state: fc.constantFrom('planned', 'missed', 'cancelled'),
  }),
};
type Entity = keyof typeof RECORDS;
const NAMES = Object.keys(RECORDS) as Entity[];

interface Step {
  entity: Entity;
  slot: number;
  /** null deletes the record, or restores it. */
  fields: Record<string, unknown> | null;
}
const step: fc.Arbitrary<Step> = fc
  .constantFrom(...NAMES, 'customer' as const, 'interaction' as const)
  .chain((entity) =>
    fc.record({
      entity: fc.constant(entity),
      slot: fc.integer({ min: 0, max: CUSTOMERS.length - 1 }),
      fields: fc.option(RECORDS[entity] as fc.Arbitrary<Record<string, unknown>>, { nil: null, freq: 5 }),
    }),
  );

/** Turns steps into changes that fit what exists: create or update, delete or restore. */
const planner = () => {
  const known = new Map<string, { id: string; live: boolean }>();
  return ({ entity, slot, fields }: Step): Change | undefined => {
    const key = `${entity}${slot}`;
    const record = known.get(key);
    if (!fields) {
      if (!record) return undefined;
      record.live = !record.live;
      return { entity, id: record.id, op: record.live ? 'restore' : 'delete', fields: {} };
    }
    if (record && !record.live) return undefined;
    // No record comes before its customer: a planning command cannot name one that is not there.
    const owner = fields.customerId;
    if (typeof owner === 'string' && !known.has(`customer${CUSTOMERS.indexOf(owner)}`)) return undefined;
    if (record) return { entity, id: record.id, op: 'update', fields };
    const id = entity === 'customer' ? (CUSTOMERS[slot] as string) : uuid();
    known.set(key, { id, live: true });
    return { entity, id, op: 'create', fields: { createdAt: CREATED, ...fields } };
  };
};

/** Each record at most once in a commit: what a planning command gives. */
const distinct = (steps: readonly Step[]): Step[] => [
  ...new Map(steps.map((one) => [`${one.entity}${one.slot}`, one])).values(),
];

/** Everything derived, without what only tells the order of insertion. */
const derived = (book: TestBook): unknown =>
  ['customer_fact', 'customer_phone', 'customer_risk', 'yearly_date', 'custom_field'].map((table) =>
    read(book.book.db, `SELECT * FROM ${table}`)
      .all()
      .filter((row) => row.customers !== 0)
      .map(({ n, ...row }) => JSON.stringify(row))
      .sort(),
  );

let book: TestBook;
beforeAll(() => {
  book = openTestBook([], { hooks: [customerFactsHook] });
});
afterAll(() => book.close());

const empty = (): void => {
  for (const name of NAMES) book.book.writable.exec(`DELETE FROM ${codecs[name].table}`);
  rebuildFacts(book.book.writable);
};

test('facts kept commit by commit equal facts computed anew', () => {
  const commits = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(commits, (all) => {
      empty();
      const plan = planner();
      for (const steps of all)
        book.book.commit({
          commandId: uuid(),
          name: 'test',
          changes: distinct(steps).flatMap((one) => plan(one) ?? []),
          result: null,
          at: CREATED,
          actor: 'me',
        });
      const kept = derived(book);
      rebuildFacts(book.book.writable);
      expect(kept).toEqual(derived(book));
    }),
    { numRuns: 100 },
  );
});
