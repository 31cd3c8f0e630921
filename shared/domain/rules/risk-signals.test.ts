import { describe, expect, it, test } from 'vitest';
import { addDays } from '../dates.ts';
import { type RiskFacts, riskSignals } from './risk-signals.ts';

const TODAY = '2026-03-31';
const ahead = (days: number) => addDays(TODAY, days);

const facts = (change: Partial<RiskFacts>): RiskFacts => ({
  customer: { id: 'c', name: '华信', kind: 'company', class: 'A', status: 'active' },
  intervalDays: null,
  dueOn: null,
  lastContactOn: null,
  plannedOn: [],
  holdings: [],
  facilities: [],
  collaterals: [],
  promises: [],
  contacts: [],
  touchedContactIds: [],
  ...change,
});
const holding = (change: Partial<RiskFacts['holdings'][number]>) => ({
  id: 'h',
  productName: '定期',
  balanceMinor: 100,
  previousBalanceMinor: null,
  currency: 'CNY',
  maturesOn: null,
  ...change,
});
const facility = (change: Partial<RiskFacts['facilities'][number]>) => ({
  id: 'f',
  name: '授信',
  limitMinor: null,
  usedMinor: null,
  currency: 'CNY',
  expiresOn: null,
  ...change,
});
const contact = (change: Partial<RiskFacts['contacts'][number]>) => ({
  id: 'p',
  name: '张总',
  role: 'executive' as const,
  influence: null,
  leftOn: null,
  successor: null,
  ...change,
});
const promise = (dueOn: string | null, level: 'must' | 'bestEffort' = 'must') => ({
  id: 'w',
  text: '报价',
  dueOn,
  level,
});
const classC = { customer: { ...facts({}).customer, class: 'C' as const } };

test.each<[string, Partial<RiskFacts>, string[]]>([
  ['nothing known', {}, []],
  // A: overdue by half of the interval
  ['overdue by less than the grace', { intervalDays: 30, dueOn: ahead(-14) }, []],
  ['overdue by the grace', { intervalDays: 30, dueOn: ahead(-15) }, ['contactOverdue soon']],
  ['overdue by twice the grace', { intervalDays: 30, dueOn: ahead(-30) }, ['contactOverdue now']],
  ['class C waits a whole interval', { ...classC, intervalDays: 90, dueOn: ahead(-89) }, []],
  ['fall below the threshold', { holdings: [holding({ balanceMinor: 91, previousBalanceMinor: 100 })] }, []],
  [
    'fall at it',
    { holdings: [holding({ balanceMinor: 90, previousBalanceMinor: 100 })] },
    ['balanceFalling soon'],
  ],
  [
    'fall at twice',
    { holdings: [holding({ balanceMinor: 80, previousBalanceMinor: 100 })] },
    ['balanceFalling now'],
  ],
  [
    'fall made good by another holding',
    {
      holdings: [
        holding({ balanceMinor: 0, previousBalanceMinor: 100 }),
        holding({ balanceMinor: 200, previousBalanceMinor: 100 }),
      ],
    },
    [],
  ],
  [
    'currencies are not added up',
    {
      holdings: [
        holding({ balanceMinor: 0, previousBalanceMinor: 100 }),
        holding({ balanceMinor: 200, previousBalanceMinor: 100, currency: 'USD' }),
      ],
    },
    ['balanceFalling now'],
  ],
  ['fall of what was unknown', { holdings: [holding({ balanceMinor: 0 })] }, []],
  ['maturity far ahead', { holdings: [holding({ maturesOn: ahead(31) })] }, []],
  ['maturity near', { holdings: [holding({ maturesOn: ahead(30) })] }, ['maturityUnattended soon']],
  ['maturity this week', { holdings: [holding({ maturesOn: ahead(7) })] }, ['maturityUnattended now']],
  ['maturity attended', { holdings: [holding({ maturesOn: ahead(7) })], lastContactOn: ahead(-3) }, []],
  ['maturity with a visit', { holdings: [holding({ maturesOn: ahead(7) })], plannedOn: [ahead(6)] }, []],
  [
    'visit after the maturity',
    { holdings: [holding({ maturesOn: ahead(7) })], plannedOn: [ahead(8)] },
    ['maturityUnattended now'],
  ],
  ['maturity today', { holdings: [holding({ maturesOn: TODAY })] }, ['maturityUnattended now']],
  ['maturity past', { holdings: [holding({ maturesOn: ahead(-1) })] }, []],
  ['promise due today', { promises: [promise(TODAY)] }, []],
  ['promise overdue', { promises: [promise(ahead(-1))] }, ['promiseOverdue now']],
  ['best effort overdue', { promises: [promise(ahead(-1), 'bestEffort')] }, ['promiseOverdue soon']],
  ['promise without date', { promises: [promise(null)] }, []],
  ['limit at 85 %', { facilities: [facility({ limitMinor: 100, usedMinor: 85 })] }, []],
  ['limit above', { facilities: [facility({ limitMinor: 100, usedMinor: 86 })] }, ['limitNearlyUsed soon']],
  [
    'limit almost gone',
    { facilities: [facility({ limitMinor: 100, usedMinor: 95 })] },
    ['limitNearlyUsed now'],
  ],
  ['limit below 20 %', { facilities: [facility({ limitMinor: 100, usedMinor: 19 })] }, ['limitUnused soon']],
  ['limit at 20 %', { facilities: [facility({ limitMinor: 100, usedMinor: 20 })] }, []],
  ['no limit', { facilities: [facility({ limitMinor: 0, usedMinor: 0 })] }, []],
  ['expiry T-61', { facilities: [facility({ expiresOn: ahead(61) })] }, []],
  ['expiry T-60', { facilities: [facility({ expiresOn: ahead(60) })] }, ['facilityExpiring soon']],
  ['expiry T-30', { facilities: [facility({ expiresOn: ahead(30) })] }, ['facilityExpiring now']],
  ['valuation of a year', { collaterals: [{ id: 'k', name: '厂房', valuedOn: '2025-03-31' }] }, []],
  [
    'valuation older',
    { collaterals: [{ id: 'k', name: '厂房', valuedOn: '2025-03-30' }] },
    ['valuationOld soon'],
  ],
  ['key contact left', { contacts: [contact({ leftOn: TODAY })] }, ['keyContactLeft now']],
  ['left with successor', { contacts: [contact({ leftOn: TODAY, successor: '李总' })] }, []],
  ['assistant left', { contacts: [contact({ leftOn: TODAY, role: 'assistant' })] }, []],
  [
    'influential assistant left',
    { contacts: [contact({ leftOn: TODAY, role: 'assistant', influence: 4 })] },
    ['keyContactLeft now'],
  ],
  [
    'one thread',
    { contacts: [contact({})], touchedContactIds: ['p', 'p', 'p', 'p', 'p'] },
    ['singleThread now'],
  ],
  ['too few touches', { contacts: [contact({})], touchedContactIds: ['p', 'p', 'p', 'p'] }, []],
  ['at 80 %', { contacts: [contact({})], touchedContactIds: ['p', 'p', 'p', 'p', 'q'] }, []],
])('%s', (_, change, expected) => {
  expect(riskSignals(facts(change), TODAY).map((signal) => `${signal.kind} ${signal.severity}`)).toEqual(
    expected,
  );
});

describe('riskSignals', () => {
  it('shows urgent signals first and names the evidence', () => {
    const signals = riskSignals(
      facts({ facilities: [facility({ limitMinor: 100, usedMinor: 10 })], promises: [promise(ahead(-3))] }),
      TODAY,
    );
    expect(signals.map((signal) => signal.severity)).toEqual(['now', 'soon']);
    expect(signals[0]).toMatchObject({
      params: { text: '报价', days: 3, months: 0 },
      source: { entity: 'promise', id: 'w' },
    });
  });

  it('leaves closed customers alone', () => {
    const closed = { ...facts({}).customer, status: 'closed' as const };
    expect(riskSignals(facts({ customer: closed, promises: [promise(ahead(-3))] }), TODAY)).toEqual([]);
  });
});
