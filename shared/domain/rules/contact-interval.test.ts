import { describe, expect, it, test } from 'vitest';
import { type ContactFacts, contactDue } from './contact-interval.ts';

const TODAY = '2026-03-31';
const facts = (change: Partial<ContactFacts>): ContactFacts => ({
  class: 'A',
  status: 'active',
  contactIntervalDays: null,
  addedOn: '2026-01-01',
  lastContactOn: '2026-03-01',
  ...change,
});

test.each([
  // A: 30 days, soon from the 6th day before (a fifth of the interval)
  ['2026-03-01', 'A', null, 'due', 0],
  ['2026-03-02', 'A', null, 'soon', 1],
  ['2026-03-07', 'A', null, 'soon', 6],
  ['2026-03-08', 'A', null, 'ok', 7],
  ['2026-02-28', 'A', null, 'overdue', -1],
  // D: 180 days, soon from the 7th day before
  ['2025-10-09', 'D', null, 'soon', 7],
  ['2025-10-10', 'D', null, 'ok', 8],
  // The customer's own interval wins over the class and needs none.
  ['2026-03-01', 'D', 30, 'due', 0],
  ['2026-03-30', null, 1, 'due', 0],
] as const)('last %s, class %s, own interval %s: %s, %i left', (last, of, own, state, left) => {
  const due = contactDue(facts({ lastContactOn: last, class: of, contactIntervalDays: own }), null, TODAY);
  expect(due).toMatchObject({ state, daysLeft: left, intervalFrom: own === null ? 'class' : 'customer' });
});

describe('without an interval', () => {
  it.each([{ class: null }, { status: 'closed' as const }])('%o is never due', (change) => {
    expect(contactDue(facts(change), null, TODAY)).toMatchObject({
      state: 'none',
      dueOn: null,
      daysLeft: null,
    });
  });
});

it('counts from the day the customer was added when never contacted', () => {
  expect(contactDue(facts({ lastContactOn: null, class: 'C' }), null, TODAY)).toMatchObject({
    dueOn: '2026-04-01',
    state: 'soon',
  });
});
