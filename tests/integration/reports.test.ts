import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '#shared/contracts/registry.ts';
import type { VisitReport } from '#shared/domain/entities/index.ts';
import { signedContent } from '#shared/domain/rules/report.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const ZONE = 'Asia/Shanghai';
const NOW = '2026-03-04T08:00:00.000Z'; // a Wednesday, 16:00 in Shanghai
const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';
let book: TestBook;
let customerId: string;
let visitId: string;

beforeEach(async () => {
  book = openTestBook(features, { hooks: [...commitHooks], now: () => new Date(NOW) });
  customerId = uuid();
  visitId = uuid();
  await book.call('customer.create', { id: customerId, fields: { kind: 'person', name: '沈静宜' } });
  await book.call('visit.create', {
    id: visitId,
    fields: {
      customerId,
      startsAt: '2026-03-04T01:00:00.000Z',
      endsAt: '2026-03-04T02:00:00.000Z',
      zone: ZONE,
      purpose: 'review',
      place: '网点贵宾室',
    },
  });
});
afterEach(() => book.close());

const noteOf = async (body: string): Promise<string> => {
  const id = uuid();
  const fields = { customerId, visitId, body, takenAt: '2026-03-04T02:00:00.000Z', zone: ZONE };
  await book.call('note.create', { id, fields });
  return id;
};
const draft = async (): Promise<string> => {
  const { id } = await book.call('report.fromVisit', { id: uuid(), visitId });
  return id as string;
};
const complete = { discussion: '谈了到期资金', confirmedSummary: '双方确认分两笔' };
const sign = (id: string, more: Partial<Input<'report.sign'>> = {}) =>
  book.call('report.sign', { id, signature: PICTURE, signedBy: '沈静宜', ...more });
const signed = async (fields: Input<'report.update'>['fields'] = {}): Promise<string> => {
  const id = await draft();
  await book.call('report.update', { id, fields: { ...complete, ...fields } });
  await sign(id);
  return id;
};
const locked = expect.objectContaining({ code: 'locked_record' });
const visitState = async () => (await book.call('visit.get', { id: visitId })).state;

describe('report.fromVisit', () => {
  test('drafts from the visit, what was logged and noted, promises of the day and open next steps', async () => {
    const noteId = await noteOf('## 现状\n活期偏多\n\n## 约定\n我答应周五前发说明书\n- [ ] 查额度');
    await book.call('note.extract', { id: noteId });
    await book.call('interaction.log', {
      ...{ id: uuid(), customerId, visitId, kind: 'visit', at: NOW, zone: ZONE },
      ...{ summary: '聊了近况', nextHook: '带说明书' },
    });
    const id = await draft();
    const report = await book.call('report.get', { id });
    expect(report).toMatchObject({
      title: '沈静宜 2026-03-04',
      state: 'draft',
      version: 1,
      place: '网点贵宾室',
      purpose: 'review',
      participants: [{ name: '沈静宜', side: 'customer' }],
      discussion: '聊了近况\n\n## 现状\n活期偏多',
      confirmedSummary: null,
      nextHook: '带说明书',
      nextSteps: [{ text: '查额度', who: 'me' }],
      promises: [{ text: '发说明书', dueOn: '2026-03-06' }],
      versions: [{ id, version: 1, state: 'draft', signedAt: null }],
    });
    expect(await visitState()).toBe('reported');
    expect(await draft()).toBe(id);
  });

  test('a visit that did not take place has none', async () => {
    await book.call('visit.transition', { id: visitId, to: 'missed' });
    await expect(draft()).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('a draft that is thrown away leaves the visit without a report', async () => {
    const id = await draft();
    await book.call('report.remove', { id });
    expect(await book.call('visit.get', { id: visitId })).toMatchObject({
      state: 'underWay',
      reportId: null,
    });
  });
});

describe('report.sign', () => {
  test('names what is missing and changes nothing', async () => {
    const id = await draft();
    await expect(sign(id)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'discussion' }, { path: 'confirmedSummary' }],
    });
    await book.call('report.update', { id, fields: complete });
    await expect(sign(id, { signature: 'data:text/html,x' })).rejects.toMatchObject({
      fields: [{ path: 'signature' }],
    });
    expect((await book.call('report.get', { id })).state).toBe('draft');
  });

  test('locks with the hash of the content; the visit is signed; next steps are made once', async () => {
    await book.call('task.create', { id: uuid(), fields: { customerId, text: '查额度' } });
    const id = await signed({
      nextSteps: [
        { text: '查额度', who: 'me', dueOn: null },
        { text: '准备方案', who: 'me', dueOn: '2026-03-10' },
        { text: '提供报表', who: 'customer', dueOn: null },
      ],
    });
    const report = await book.call('report.get', { id });
    expect(report).toMatchObject({ state: 'signed', signedBy: '沈静宜', signedAt: NOW, signature: PICTURE });
    const hash = createHash('sha256')
      .update(signedContent(report as unknown as VisitReport))
      .digest('hex');
    expect(report.contentHash).toBe(hash);
    expect(await visitState()).toBe('signed');
    const tasksOf = async () =>
      (await book.call('task.list', { customerId })).rows.map((row) => row.text).toSorted();
    expect(await tasksOf()).toEqual(['准备方案', '查额度']);
    expect((await book.call('promise.list', { customerId })).rows).toMatchObject([
      { text: '提供报表', madeBy: 'customer', madeOn: '2026-03-04' },
    ]);
    const newId = uuid();
    await book.call('report.correct', { id, newId });
    await sign(newId);
    expect(await tasksOf()).toEqual(['准备方案', '查额度']);
  });
});

describe('a signed report', () => {
  test('cannot be changed or removed by any method, nor by undo', async () => {
    const id = await draft();
    await book.call('report.update', { id, fields: complete });
    const signing = uuid();
    await book.call('report.sign', { id, signature: PICTURE, signedBy: '沈静宜' }, signing);
    const before = await book.call('report.get', { id });
    await expect(book.call('report.update', { id, fields: { title: 'x' } })).rejects.toEqual(locked);
    await expect(book.call('report.remove', { id })).rejects.toEqual(locked);
    await expect(sign(id)).rejects.toEqual(locked);
    expect(await book.call('undo.command', { commandId: signing })).toMatchObject({ undone: 0 });
    expect(await book.call('undo.last', {})).toMatchObject({ undone: 0 });
    expect(await book.call('report.get', { id })).toEqual(before);
    await expect(book.call('visit.remove', { ids: [visitId] })).rejects.toEqual(locked);
    expect(await visitState()).toBe('signed');
  });

  test('is guarded on the commit path itself', async () => {
    const id = await signed();
    const commit = (op: 'update' | 'delete', fields: Record<string, unknown>) => () =>
      book.book.commit({
        ...{ commandId: uuid(), name: 'any', result: null, at: NOW, actor: 'me' },
        changes: [{ entity: 'visitReport', id, op, fields }],
      });
    expect(commit('update', { discussion: 'x' })).toThrow(locked);
    expect(commit('update', { state: 'draft' })).toThrow(locked);
    expect(commit('delete', {})).toThrow(locked);
  });

  test('goes with its customer and comes back with it; a merge files it under the other customer', async () => {
    const id = await signed();
    const removal = uuid();
    await book.call('customer.remove', { ids: [customerId] }, removal);
    await expect(book.call('report.get', { id })).rejects.toMatchObject({ code: 'not_found' });
    await book.call('undo.command', { commandId: removal });
    const other = uuid();
    await book.call('customer.create', { id: other, fields: { kind: 'person', name: '沈静宜' } });
    await book.call('customer.merge', { intoId: other, fromId: customerId });
    const report = await book.call('report.get', { id });
    expect(report.customerId).toBe(other);
    const hash = createHash('sha256')
      .update(signedContent(report as unknown as VisitReport))
      .digest('hex');
    expect(report.contentHash).toBe(hash);
  });

  test('is corrected by a new version; lists show the newest', async () => {
    const id = await signed();
    const newId = uuid();
    await book.call('report.correct', { id, newId });
    expect((await book.call('report.correct', { id, newId: uuid() })).id).toBe(newId);
    const correction = await book.call('report.get', { id: newId });
    expect(correction).toMatchObject({
      ...{ version: 2, supersedesId: id, state: 'draft', signature: null, contentHash: null },
      versions: [
        { id, version: 1, state: 'signed' },
        { id: newId, version: 2, state: 'draft' },
      ],
    });
    const ids = async (question: Input<'report.list'>) =>
      (await book.call('report.list', question)).rows.map((row) => row.id);
    expect(await ids({})).toEqual([newId]);
    expect(await ids({ allVersions: true })).toEqual([newId, id]);
    expect(await ids({ from: '2026-03-04', to: '2026-03-04', text: '分两笔', state: 'draft' })).toEqual([
      newId,
    ]);
    expect(await ids({ from: '2026-03-05' })).toEqual([]);
    await book.call('report.remove', { id: newId });
    expect(await ids({})).toEqual([id]);
    expect(await visitState()).toBe('signed');
  });
});

describe('notes', () => {
  test('turn lines once, follow edits while open, settle ticked boxes', async () => {
    const id = await noteOf('我答应明天回复利率优惠\n- [ ] 准备资产分布图\n下一步：下周三再联系');
    const { extracts } = await book.call('note.extract', { id });
    expect(extracts.map(({ kind, text }) => [kind, text])).toEqual([
      ['promise', '回复利率优惠'],
      ['task', '准备资产分布图'],
      ['task', '再联系'],
    ]);
    expect((await book.call('promise.list', { customerId })).rows).toMatchObject([
      { needsApproval: true, dueOn: '2026-03-05', noteId: id, visitId },
    ]);
    const before = await book.call('task.list', { customerId });
    expect(await book.call('note.extract', { id })).toMatchObject({ extracts });
    expect(await book.call('task.list', { customerId })).toEqual(before);
    await book.call('note.update', {
      id,
      fields: { body: '我答应明天回复利率优惠\n- [x] 准备资产分布图\n下一步：3月20日再联系一次' },
    });
    await book.call('note.extract', { id });
    const { rows } = await book.call('task.list', { customerId });
    expect(rows.map((row) => [row.text, row.status, row.dueOn])).toEqual([
      ['再联系一次', 'open', '2026-03-20'],
      ['准备资产分布图', 'done', null],
    ]);
    expect((await book.call('note.get', { id })).extracts.map((one) => one.recordId)).toEqual(
      extracts.map((one) => one.recordId),
    );
  });

  test('what was removed stays away, and is no extract of the note', async () => {
    const id = await noteOf('- [ ] 准备资产分布图');
    const { extracts } = await book.call('note.extract', { id });
    await book.call('task.remove', { ids: extracts.map((one) => one.recordId) });
    expect((await book.call('note.extract', { id })).extracts).toEqual([]);
    expect((await book.call('note.get', { id })).extracts).toEqual([]);
    expect((await book.call('task.list', { customerId })).total).toBe(0);
  });

  test('are listed pinned first, then the newest', async () => {
    const [first, second] = [await noteOf('a'), await noteOf('b')];
    await book.call('note.update', { id: first, fields: { pinned: true } });
    const { rows, total } = await book.call('note.list', { customerId, visitId });
    expect([total, rows.map((row) => row.id)]).toEqual([2, [first, second]]);
    expect(rows[0]?.customerName).toBe('沈静宜');
  });
});
