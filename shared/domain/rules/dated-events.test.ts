import { expect, it } from 'vitest';
import { type DatedFacts, datedEventsOf, festivalEvents } from './dated-events.ts';

const NOBODY: DatedFacts = {
  customer: {
    id: 'c',
    name: '王芳',
    birthDate: null,
    birthdayCalendar: 'solar',
    openedOn: null,
    riskValidUntil: null,
  },
  contacts: [],
  holdings: [],
  facilities: [],
  collaterals: [],
};
const span = { from: '2026-12-15', to: '2027-01-14', today: '2026-12-15' };

it('finds every kind of date across the year end, in order', () => {
  const events = datedEventsOf(
    {
      customer: {
        ...NOBODY.customer,
        birthDate: '1990-01-02',
        openedOn: '2020-12-31',
        riskValidUntil: '2026-12-15',
      },
      contacts: [
        { id: 'p', name: '张总', birthDate: '1980-12-20', birthdayCalendar: 'solar', leftOn: null },
        { id: 'q', name: '走了', birthDate: '1980-12-20', birthdayCalendar: 'solar', leftOn: '2025-01-01' },
      ],
      holdings: [
        { id: 'h', productName: '定期', maturesOn: '2027-01-14', balanceMinor: 5, currency: 'CNY' },
        { id: 'i', productName: '以后', maturesOn: '2027-01-15', balanceMinor: null, currency: 'CNY' },
      ],
      facilities: [{ id: 'f', name: '授信', expiresOn: '2027-02-13' }],
      collaterals: [{ id: 'k', name: '厂房', valuedOn: '2025-12-31', insuranceExpiresOn: '2027-01-01' }],
    },
    span,
  );
  expect(events.map((event) => [event.on, event.kind, event.daysAhead])).toEqual([
    ['2026-12-15', 'riskProfileExpiry', 0],
    ['2026-12-15', 'facilityExpiry', 0],
    ['2026-12-20', 'contactBirthday', 5],
    ['2026-12-31', 'anniversary', 16],
    ['2026-12-31', 'valuationDue', 16],
    ['2027-01-01', 'insuranceExpiry', 17],
    ['2027-01-02', 'birthday', 18],
    ['2027-01-14', 'maturity', 30],
    ['2027-01-14', 'facilityExpiry', 30],
  ]);
  const of = (kind: string) => events.filter((event) => event.kind === kind).map((event) => event.params);
  expect(of('birthday')).toEqual([{ turns: 37, calendar: 'solar' }]);
  expect(of('anniversary')).toEqual([{ years: 6 }]);
  expect(of('facilityExpiry')).toEqual([
    { name: '授信', expiresOn: '2027-02-13', before: 60 },
    { name: '授信', expiresOn: '2027-02-13', before: 30 },
  ]);
});

it('gives festivals without a customer', () => {
  expect(festivalEvents(span)).toMatchObject([
    { kind: 'festival', on: '2027-01-01', daysAhead: 17, customerId: null, params: { festival: 'newYear' } },
  ]);
});
