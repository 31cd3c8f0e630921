import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, instantAt } from '#shared/domain/dates.ts';
import { customerFactsHook } from '../../electron/data/repositories/customer-facts/hook.ts';
import { customers } from '../../electron/data/repositories/customers/feature.ts';
import { today } from '../../electron/data/repositories/today/feature.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { put, putCompany, putContact, putPerson, ZONE } from '../support/customers.ts';

const TODAY = '2026-03-31';
const NOW = instantAt(TODAY, '15:00', ZONE);
const ahead = (days: number) => addDays(TODAY, days);
const at = (day: string, time = '10:00') => instantAt(day, time, ZONE);
const phones = [{ label: '', number: '13800138000' }];

let book: TestBook;
beforeEach(() => {
  book = openTestBook([customers, today], { hooks: [customerFactsHook], now: () => new Date(NOW) });
});
afterEach(() => book.close());
const ask = (limit = 5) => book.call('today.get', { date: TODAY, zone: ZONE, limit });

describe('today.get', () => {
  it('is empty and whole in a new book', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      visits: [],
      owed: { total: 0, rows: [] },
      calls: { total: 0, rows: [] },
      risks: { total: 0, rows: [] },
      promised: { total: 0, rows: [] },
      tasks: { total: 0, rows: [] },
      changed: { total: 0, rows: [] },
      unreported: { total: 0, rows: [] },
      counts: { visits: 0, calls: 0, promisesDue: 0, tasksDue: 0 },
      customers: 0,
    });
    // Festivals come without customers.
    expect(answer.ahead.rows.map((event) => event.params.festival)).toEqual(['qingming']);
  });

  it('owes contact by class and delay, and calls only who may be called', async () => {
    const contacted = (name: string, days: number, fields: Record<string, unknown>) =>
      putContact(book, putPerson(book, name, fields), at(ahead(-days)));
    contacted('B, long', 90, { class: 'B', phones });
    contacted('A, late', 31, { class: 'A' });
    contacted('A, later', 40, { class: 'A', phones, doNotCall: true });
    contacted('A, today', 30, { class: 'A', phones });
    contacted('A, not yet', 29, { class: 'A', phones });
    contacted('closed', 90, { class: 'A', phones, status: 'closed' });
    contacted('none', 900, { phones });
    const { owed, calls, counts } = await ask();
    expect(owed.rows.map((row) => row.name)).toEqual(['A, later', 'A, late', 'A, today', 'B, long']);
    expect(owed.rows.map((row) => row.contact.daysLeft)).toEqual([-10, -1, 0, -30]);
    expect(calls.rows.map((row) => row.name)).toEqual(['A, today', 'B, long']);
    expect([owed.total, calls.total, counts.calls]).toEqual([4, 2, 2]);
    const short = await ask(1);
    expect([short.owed.rows.length, short.owed.total]).toEqual([1, 4]);
  });

  it('shows urgent risks first, then the better class', async () => {
    const facility = (name: string, of: string, usedMinor: number) =>
      put(book, 'facility', {
        customerId: putCompany(book, name, { class: of }),
        kind: 'creditLine',
        name: '授信',
        limitMinor: 100,
        usedMinor,
      });
    facility('A soon', 'A', 90);
    facility('C now', 'C', 99);
    facility('B now', 'B', 99);
    facility('A fine', 'A', 50);
    const { risks } = await ask();
    expect(risks.rows.map((row) => [row.name, row.risk.severity])).toEqual([
      ['B now', 'now'],
      ['C now', 'now'],
      ['A soon', 'soon'],
    ]);
    expect(risks.total).toBe(3);
    expect(risks.rows[0]?.risk).toMatchObject({ kind: 'limitNearlyUsed', params: { percent: 99 } });
  });

  it('lists what I promised, the soonest first, and the tasks due', async () => {
    const customerId = putPerson(book, '王芳');
    const promise = (text: string, fields: object) =>
      put(book, 'promise', { customerId, text, madeOn: ahead(-9), ...fields });
    promise('later', { dueOn: ahead(3) });
    promise('overdue', { dueOn: ahead(-3) });
    promise('undated', {});
    promise('kept', { dueOn: ahead(-4), status: 'kept' });
    promise('theirs', { dueOn: ahead(-5), madeBy: 'customer' });
    put(book, 'task', { customerId, text: 'due', dueOn: TODAY });
    put(book, 'task', { text: 'mine', dueOn: ahead(-1) });
    put(book, 'task', { customerId, text: 'tomorrow', dueOn: ahead(1) });
    const { promised, tasks, counts } = await ask();
    expect(promised.rows.map((row) => row.text)).toEqual(['overdue', 'later', 'undated']);
    expect(tasks.rows.map((row) => [row.text, row.customerName])).toEqual([
      ['mine', null],
      ['due', '王芳'],
    ]);
    expect([promised.total, counts.promisesDue, counts.tasksDue]).toEqual([3, 1, 2]);
  });

  it("shows the day's visits in the zone asked for, and those that want a report", async () => {
    const customerId = putPerson(book, '王芳');
    const visit = (title: string, startsAt: string, endsAt: string, fields: object = {}) =>
      put(book, 'visit', { customerId, title, startsAt, endsAt, zone: ZONE, ...fields });
    visit('evening', at(TODAY, '20:00'), at(TODAY, '21:00'));
    visit('morning', at(TODAY, '00:00'), at(TODAY, '01:00'));
    visit('tomorrow', at(ahead(1), '00:00'), at(ahead(1), '01:00'));
    visit('cancelled', at(TODAY, '09:00'), at(TODAY, '10:00'), { state: 'cancelled' });
    const reported = visit('reported', at(ahead(-1)), at(ahead(-1), '11:00'));
    put(book, 'visitReport', { customerId, visitId: reported, title: 'x', visitedAt: NOW, zone: ZONE });
    visit('forgotten', at(ahead(-2)), at(ahead(-2), '11:00'));
    const { visits, unreported } = await ask();
    expect(visits.map((row) => row.title)).toEqual(['morning', 'evening']);
    expect(unreported.rows.map((row) => row.title)).toEqual(['morning', 'forgotten']);
  });

  it('tells what moved lately: new customers and changed facts, each once', async () => {
    const old = putPerson(book, '王芳', { class: 'B' });
    const holding = put(book, 'holding', {
      customerId: old,
      kind: 'current',
      productName: '活期',
      balanceMinor: 5,
    });
    putPerson(book, '新客户', { createdAt: at(ahead(-1)) });
    const change = (entity: 'customer' | 'holding', id: string, fields: object, day: string) =>
      book.book.commit({
        commandId: crypto.randomUUID(),
        name: 'test',
        changes: [{ entity, id, op: 'update', fields: { ...fields } }],
        result: null,
        at: at(day),
        actor: 'me',
      });
    change('holding', holding, { balanceMinor: 4 }, ahead(-9));
    change('customer', old, { area: '浦东' }, ahead(-3));
    change('holding', holding, { balanceMinor: 3 }, ahead(-3));
    change('holding', holding, { balanceMinor: 1 }, ahead(-2));
    change('customer', old, { class: 'A' }, TODAY);
    const { changed } = await ask();
    expect(changed.rows.map((row) => [row.key, row.name, row.params.to ?? row.params.percent])).toEqual([
      ['changed.class', '王芳', 'A'],
      ['changed.customerNew', '新客户', undefined],
      ['changed.balance', '王芳', '-67'],
    ]);
  });
});

describe('dates', () => {
  const arrange = (): { company: string } => {
    putPerson(book, '王芳', {
      birthDate: '1990-04-10',
      openedOn: '2020-04-12',
      riskValidUntil: '2026-04-15',
    });
    // The 15th of the third month: in 2026 on 1 May.
    putPerson(book, '农历', { birthDate: '1987-04-12', birthdayCalendar: 'lunar' });
    putPerson(book, '已销户', { birthDate: '1990-04-10', status: 'closed' });
    const company = putCompany(book, '华信');
    put(book, 'companyContact', { customerId: company, name: '张总', birthDate: '1980-04-01' });
    put(book, 'holding', { customerId: company, kind: 'fund', productName: '理财', maturesOn: '2026-04-20' });
    put(book, 'facility', { customerId: company, kind: 'creditLine', name: '授信', expiresOn: '2026-05-20' });
    put(book, 'collateral', {
      customerId: company,
      kind: 'property',
      name: '厂房',
      valuedOn: '2025-04-25',
      insuranceExpiresOn: '2026-04-26',
    });
    return { company };
  };
  const EXPECTED = [
    ['2026-04-01', 'contactBirthday', '华信'],
    ['2026-04-05', 'festival', null],
    ['2026-04-10', 'birthday', '王芳'],
    ['2026-04-12', 'anniversary', '王芳'],
    ['2026-04-15', 'riskProfileExpiry', '王芳'],
    ['2026-04-20', 'facilityExpiry', '华信'],
    ['2026-04-20', 'maturity', '华信'],
    ['2026-04-25', 'valuationDue', '华信'],
    ['2026-04-26', 'insuranceExpiry', '华信'],
  ];

  it('come from every source in their order, over all customers and ahead of today', async () => {
    arrange();
    const { events } = await book.call('dates.list', { from: '2026-04-01', to: '2026-04-30' });
    expect(events.map((event) => [event.on, event.kind, event.customerName]).toSorted()).toEqual(
      EXPECTED.toSorted(),
    );
    expect(events.map((event) => event.on)).toEqual(EXPECTED.map(([on]) => on));
    const may = await book.call('dates.list', { from: '2026-05-01', to: '2026-05-01' });
    expect(may.events.map((event) => [event.kind, event.customerName])).toEqual([
      ['festival', null],
      ['birthday', '农历'],
    ]);
    const { ahead: list } = await ask(3);
    expect(list.total).toBe(EXPECTED.length);
    expect(list.rows.map((event) => event.on)).toEqual(['2026-04-01', '2026-04-05', '2026-04-10']);
  });

  it('of one customer are the same as in the list of all', async () => {
    const { company } = arrange();
    const span = { from: '2026-03-20', to: '2026-06-30' };
    const { events } = await book.call('dates.list', span);
    const own = (await book.call('dates.list', { ...span, customerId: company })).events;
    const sorted = (list: typeof own) => list.map((event) => JSON.stringify(event)).toSorted();
    expect(sorted(own)).toEqual(sorted(events.filter((event) => event.customerId === company)));
    expect(own).toHaveLength(7);
  });

  it('refuse a span of years', async () => {
    const asked = book.call('dates.list', { from: '0001-01-01', to: '9999-12-31' });
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
