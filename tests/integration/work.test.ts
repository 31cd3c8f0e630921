import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '#shared/contracts/registry.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const ZONE = 'Asia/Shanghai';
const NOW = '2026-03-04T02:00:00.000Z'; // a Wednesday, 10:00 in Shanghai
let book: TestBook;
let customerId: string;

beforeEach(async () => {
  book = openTestBook(features, { hooks: [...commitHooks], now: () => new Date(NOW) });
  customerId = uuid();
  await book.call('customer.create', { id: customerId, fields: { kind: 'person', name: '沈静宜' } });
});
afterEach(() => book.close());

const planVisit = async (fields: Partial<Input<'visit.create'>['fields']> = {}): Promise<string> => {
  const id = uuid();
  await book.call('visit.create', {
    id,
    fields: {
      customerId,
      startsAt: '2026-03-04T01:00:00.000Z',
      endsAt: '2026-03-04T02:00:00.000Z',
      zone: ZONE,
      purpose: 'review',
      ...fields,
    },
  });
  return id;
};

const logContact = async (fields: Partial<Input<'interaction.log'>> = {}): Promise<string> => {
  const id = uuid();
  await book.call('interaction.log', { id, customerId, kind: 'call', at: NOW, zone: ZONE, ...fields });
  return id;
};

const refusal = (code: string) => expect.objectContaining({ code });

describe('interaction.log', () => {
  test('writes the contact with promise, next step and next visit, settles what it settles, drops the draft', async () => {
    const [taskId, promiseId, lateId] = [uuid(), uuid(), uuid()];
    await book.call('task.create', { id: taskId, fields: { customerId, text: '打电话' } });
    const promised = { customerId, text: '发资料', madeOn: '2026-02-01' };
    await book.call('promise.create', { id: promiseId, fields: { ...promised, dueOn: '2026-03-04' } });
    await book.call('promise.create', { id: lateId, fields: { ...promised, dueOn: '2026-03-03' } });
    await book.call('draft.put', { key: 'logCall', value: { summary: 'x' } });
    const [newPromise, newTask, newVisit] = [uuid(), uuid(), uuid()];
    const id = await logContact({
      purpose: 'birthday',
      summary: '  聊了近况 ',
      nextHook: '带说明书',
      promise: { id: newPromise, text: '周五前回复费率优惠', dueOn: '2026-03-06' },
      nextStep: { id: newTask, text: '准备资料' },
      nextVisit: {
        id: newVisit,
        startsAt: '2026-03-11T02:00:00.000Z',
        endsAt: '2026-03-11T03:00:00.000Z',
        mode: 'branch',
      },
      completesTaskIds: [taskId],
      keepsPromiseIds: [promiseId, lateId],
      draftKey: 'logCall',
    });
    expect(await book.call('interaction.get', { id })).toMatchObject({
      customerName: '沈静宜',
      summary: '聊了近况',
      channel: 'phone',
      form: 'psychological',
      method: 'emotional',
      domain: 'service',
    });
    const { rows: promises } = await book.call('promise.list', { customerId });
    const statusOf = (one: string) => promises.find((row) => row.id === one)?.status;
    expect([statusOf(promiseId), statusOf(lateId), statusOf(newPromise)]).toEqual([
      'kept',
      'keptLate',
      'open',
    ]);
    expect(promises.find((row) => row.id === newPromise)).toMatchObject({
      needsApproval: true,
      madeOn: '2026-03-04',
      interactionId: id,
    });
    const { rows: tasks } = await book.call('task.list', { customerId });
    expect(tasks.map((row) => [row.id, row.status])).toEqual([
      [newTask, 'open'],
      [taskId, 'done'],
    ]);
    expect(await book.call('visit.get', { id: newVisit })).toMatchObject({
      state: 'planned',
      aim: '带说明书',
    });
    expect((await book.call('draft.get', { key: 'logCall' })).value).toBeNull();
  });

  test('one undo takes all of it back', async () => {
    const visitId = await planVisit();
    const commandId = uuid();
    await book.call(
      'interaction.log',
      {
        id: uuid(),
        customerId,
        visitId,
        kind: 'visit',
        at: NOW,
        zone: ZONE,
        nextStep: { id: uuid(), text: 'x' },
      },
      commandId,
    );
    expect((await book.call('visit.get', { id: visitId })).state).toBe('underWay');
    await book.call('undo.command', { commandId });
    expect((await book.call('visit.get', { id: visitId })).state).toBe('planned');
    expect((await book.call('interaction.list', { customerId })).total).toBe(0);
    expect((await book.call('task.list', { customerId })).total).toBe(0);
  });

  test('a correction replaces the row in lists and marks it; the same row is corrected once', async () => {
    const wrong = await logContact({ summary: 'wrong' });
    const right = await logContact({ summary: 'right', correctsId: wrong });
    const { total, rows } = await book.call('interaction.list', { customerId });
    expect([total, rows.map((row) => row.summary)]).toEqual([1, ['right']]);
    expect((await book.call('interaction.get', { id: wrong })).correctedById).toBe(right);
    await expect(logContact({ correctsId: wrong })).rejects.toEqual(refusal('conflict'));
  });

  test('refuses what is not there or belongs to somebody else, and writes nothing', async () => {
    const other = uuid();
    await book.call('customer.create', { id: other, fields: { kind: 'person', name: '余颖' } });
    const foreign = uuid();
    await book.call('companyContact.create', { id: foreign, fields: { customerId: other, name: 'x' } });
    await expect(logContact({ companyContactId: foreign })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'companyContactId' }],
    });
    await expect(logContact({ completesTaskIds: [uuid()] })).rejects.toEqual(refusal('not_found'));
    await expect(logContact({ customerId: uuid() })).rejects.toEqual(refusal('not_found'));
    expect((await book.call('interaction.list', {})).total).toBe(0);
  });
});

describe('visits', () => {
  test('go along their states and nowhere else', async () => {
    const id = await planVisit({ purpose: null });
    const move = (to: Input<'visit.transition'>['to'], reason?: string) =>
      book.call('visit.transition', { id, to, ...(reason && { reason }) });
    await expect(move('confirmed')).rejects.toMatchObject({
      code: 'not_allowed',
      fields: [{ path: 'purpose' }],
    });
    await book.call('visit.update', { id, fields: { aim: '谈续作' } });
    await move('confirmed');
    await expect(move('signed')).rejects.toEqual(refusal('not_allowed'));
    await move('cancelled', '客户出差');
    expect(await book.call('visit.get', { id })).toMatchObject({
      state: 'cancelled',
      cancelReason: '客户出差',
    });
    await expect(move('underWay')).rejects.toEqual(refusal('not_allowed'));
    await move('planned');
    expect(await book.call('visit.get', { id })).toMatchObject({ state: 'planned', cancelReason: null });
    await move('underWay');
    await expect(move('reported')).rejects.toMatchObject({ fields: [{ path: 'report' }] });
  });

  test('the plain record methods cannot jump over states', async () => {
    const id = await planVisit();
    await expect(book.call('visit.update', { id, fields: { state: 'signed' } })).rejects.toEqual(
      refusal('not_allowed'),
    );
    await expect(planVisit({ state: 'reported' })).rejects.toEqual(refusal('not_allowed'));
    await book.call('visit.update', { id, fields: { state: 'planned', place: '网点' } });
    expect((await book.call('visit.get', { id })).place).toBe('网点');
  });

  test('are listed by time, state, customer and words', async () => {
    const [early, late] = [
      await planVisit(),
      await planVisit({ startsAt: '2026-03-09T01:00:00.000Z', place: '100%大厦' }),
    ];
    const idsOf = async (question: Input<'visit.list'>) =>
      (await book.call('visit.list', question)).rows.map((row) => row.id);
    expect(await idsOf({})).toEqual([early, late]);
    expect(await idsOf({ newestFirst: true, limit: 1 })).toEqual([late]);
    expect(await idsOf({ from: '2026-03-05T00:00:00.000Z' })).toEqual([late]);
    expect(await idsOf({ to: '2026-03-05T00:00:00.000Z', states: ['planned'] })).toEqual([early]);
    expect(await idsOf({ text: '0%' })).toEqual([late]);
    expect(await idsOf({ text: '静宜' })).toEqual([early, late]);
    expect(await idsOf({ customerId: uuid() })).toEqual([]);
  });
});

describe('promises and tasks', () => {
  const promised = async (): Promise<string> => {
    const id = uuid();
    const fields = { customerId, text: '给报价', madeOn: '2026-02-20', dueOn: '2026-03-03' };
    await book.call('promise.create', { id, fields });
    return id;
  };

  test.each([
    ['kept', '2026-03-03', 'kept'],
    ['kept', '2026-03-04', 'keptLate'],
    ['broken', '2026-03-04', 'broken'],
    ['withdrawn', '2026-03-04', 'withdrawn'],
  ] as const)('settled as %s on %s is %s', async (as, on, status) => {
    const id = await promised();
    await book.call('promise.settle', { id, as, on, evidence: '微信' });
    const { rows } = await book.call('promise.list', { customerId });
    expect(rows).toMatchObject([{ id, status, settledOn: on, evidence: '微信' }]);
    await book.call('promise.settle', { id, as: 'open', on });
    expect((await book.call('promise.list', { statuses: ['open'] })).rows).toMatchObject([
      { settledOn: null },
    ]);
  });

  test('renegotiated keeps the old one with its reason and opens the new one', async () => {
    const id = await promised();
    const again = { id, as: 'renegotiated', on: '2026-03-04' } as const;
    await expect(book.call('promise.settle', { ...again, newDueOn: '2026-03-20' })).rejects.toMatchObject({
      fields: [{ path: 'reason' }],
    });
    await book.call('promise.settle', { ...again, reason: '额度下周才放', newDueOn: '2026-03-20' });
    const { rows } = await book.call('promise.list', { customerId });
    expect(rows.map((row) => [row.status, row.dueOn, row.reason])).toEqual([
      ['open', '2026-03-20', null],
      ['renegotiated', '2026-03-03', '额度下周才放'],
    ]);
    await expect(book.call('promise.settle', { id, as: 'kept', on: '2026-03-04' })).rejects.toEqual(
      refusal('not_allowed'),
    );
  });

  test('a task is done and open again', async () => {
    const id = uuid();
    await book.call('task.create', { id, fields: { text: '准备', dueOn: '2026-03-05' } });
    await book.call('task.complete', { id, done: true, on: '2026-03-04' });
    expect((await book.call('task.list', { statuses: ['done'] })).rows).toMatchObject([
      { doneOn: '2026-03-04', customerName: null },
    ]);
    await book.call('task.complete', { id, done: false, on: '2026-03-04' });
    expect((await book.call('task.list', { dueBefore: '2026-03-06' })).rows).toMatchObject([
      { status: 'open' },
    ]);
    expect((await book.call('task.list', { dueBefore: '2026-03-05' })).total).toBe(0);
  });
});
