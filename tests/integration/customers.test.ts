import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { customerFactsHook, ensureFacts } from '../../electron/data/repositories/customer-facts/hook.ts';
import { customers } from '../../electron/data/repositories/customers/feature.ts';
import { records } from '../../electron/data/repositories/records/records.ts';
import { undo } from '../../electron/data/repositories/records/undo.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { put, putCompany, putContact, putPerson, ZONE } from '../support/customers.ts';

const NOW = '2026-03-31T04:00:00.000Z';
let book: TestBook;
beforeEach(() => {
  book = openTestBook([customers, records, undo], { hooks: [customerFactsHook], now: () => new Date(NOW) });
});
afterEach(() => book.close());

const names = async (view: Parameters<TestBook['call']>[1]): Promise<string[]> =>
  (await book.call('customer.list', view as { text?: string })).rows.map((row) => row.name);
const phone = (number: string) => [{ label: '', number }];

describe('customer.list', () => {
  it('orders by sound, pages without gaps, and sees what a commit changed', async () => {
    for (const name of ['赵云', 'Bob', '曾国华', '王芳', 'alice']) putPerson(book, name);
    expect(await names({})).toEqual(['alice', 'Bob', '王芳', '曾国华', '赵云']);
    expect(await names({ offset: 3, limit: 2 })).toEqual(['曾国华', '赵云']);
    const id = putPerson(book, '陈晨');
    expect(await names({})).toContain('陈晨');
    expect(await book.call('customer.position', { id })).toEqual({ position: 2 });
    put(book, 'customer', {}, id, 'delete');
    expect(await names({})).not.toContain('陈晨');
    expect(await book.call('customer.position', { id })).toEqual({ position: -1 });
  });

  it.each([
    ['芳', ['王芳']],
    ['SMITH', ['John Smith']],
    ['138-0013', ['王芳']],
    ['no-77', ['John Smith']],
    ['老王', ['王芳']],
    ['%', []],
  ])('finds %s in the box of the view', async (text, expected) => {
    putPerson(book, '王芳', { phones: phone('138 0013 8000'), alias: '老王' });
    putPerson(book, 'John Smith', { customerNo: 'NO-77' });
    expect(await names({ text })).toEqual(expected);
  });

  it('gives only the columns a view shows, custom ones by name', async () => {
    putPerson(book, '王芳', { area: '浦东', custom: { 'a "b"': 'x' } });
    const more = async (columns?: ['area', 'custom:a "b"', 'custom:none']) =>
      (await book.call('customer.list', { columns })).rows[0]?.more;
    expect(await more()).toEqual({});
    expect(await more(['area', 'custom:a "b"', 'custom:none'])).toEqual({
      area: '浦东',
      'custom:a "b"': 'x',
      'custom:none': null,
    });
  });

  it.each([
    [{ field: 'class', operator: 'contains', value: 'A' }],
    [{ field: 'class', operator: 'is', value: 5 }],
    [{ field: 'dueOn', operator: 'before', value: '2026-02-30' }],
    [{ field: 'dueOn', operator: 'withinDays', value: 1e300 }],
    [{ field: 'age', operator: 'atLeast' }],
    [{ field: 'custom:x', operator: 'withinDays', value: 1 }],
  ] as const)('refuses the filter %o', async (item) => {
    const asked = book.call('customer.list', { filter: { all: true, items: [item] } });
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('ensureFacts', () => {
  it('fills in what a book of before has no facts for, and leaves a whole one alone', async () => {
    putPerson(book, '王芳');
    expect(ensureFacts(book.book.writable)).toBe(false);
    book.book.writable.exec('DELETE FROM customer_fact');
    expect(ensureFacts(book.book.writable)).toBe(true);
    expect(await names({})).toEqual(['王芳']);
  });
});

describe('customer.count', () => {
  it('counts many large filters and refuses one that nobody can have built', async () => {
    putPerson(book, 'a', { class: 'A' });
    putPerson(book, 'b');
    const any = (size: number) => ({
      all: false,
      items: Array.from({ length: size }, () => ({
        field: 'class' as const,
        operator: 'is' as const,
        value: 'A',
      })),
    });
    const wide = { all: true, items: Array.from({ length: 10 }, () => any(25)) };
    const { counts } = await book.call('customer.count', { filters: [wide, any(0), wide, any(30)] });
    expect(counts).toEqual([1, 2, 1, 1]);
    const asked = book.call('customer.count', {
      filters: [{ all: true, items: Array.from({ length: 20 }, () => any(25)) }],
    });
    await expect(asked).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('customer.get', () => {
  it('answers with everything around a company', async () => {
    const id = putCompany(book, '华信', { class: 'A' });
    const other = putPerson(book, '王芳');
    put(book, 'companyContact', { customerId: id, name: '张总' });
    put(book, 'relation', { customerId: id, otherName: '李四', kind: 'supplier' });
    put(book, 'relation', { customerId: other, otherCustomerId: id, kind: 'owner' });
    put(book, 'holding', { customerId: id, kind: 'current', productName: '活期', balanceMinor: 5 });
    put(book, 'facility', {
      customerId: id,
      kind: 'creditLine',
      name: '授信',
      limitMinor: 100,
      usedMinor: 90,
    });
    put(book, 'promise', { customerId: id, text: '报价', madeOn: '2026-03-01', dueOn: '2026-03-30' });
    putContact(book, id, '2026-03-20T02:00:00.000Z');
    putContact(book, id, '2026-03-25T02:00:00.000Z', { outcome: 'noAnswer' });
    const page = await book.call('customer.get', { id });
    expect(page.contact).toMatchObject({
      state: 'ok',
      dueOn: '2026-04-19',
      lastContactAt: '2026-03-20T02:00:00.000Z',
    });
    expect(page.risks.map((risk) => risk.kind).sort()).toEqual(['limitNearlyUsed', 'promiseOverdue']);
    expect(page.relations.map((one) => [one.otherName, one.otherId, one.incoming])).toEqual([
      ['李四', null, false],
      ['王芳', other, true],
    ]);
    expect(page.counts).toEqual({
      interactions: 2,
      notes: 0,
      visits: 0,
      reports: 0,
      openPromises: 1,
      openTasks: 0,
    });
    expect(page.waiting).toBe(1);
    expect([page.contacts.length, page.holdings.length, page.facilities.length]).toEqual([1, 1, 1]);
  });

  it('knows nobody who was removed', async () => {
    const id = putPerson(book, '王芳');
    put(book, 'customer', {}, id, 'delete');
    await expect(book.call('customer.get', { id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('customer.timeline', () => {
  it('pages through every kind without gap or repetition, even within one instant', async () => {
    const id = putPerson(book, '王芳');
    const at = (n: number) => `2026-03-${String(1 + Math.floor(n / 4)).padStart(2, '0')}T02:00:00.000Z`;
    for (let n = 0; n < 24; n++) {
      if (n % 3 === 0) putContact(book, id, at(n), { summary: `聊天 ${n}` });
      else if (n % 3 === 1)
        put(book, 'note', { customerId: id, takenAt: at(n), zone: ZONE, body: `笔记 ${n}` });
      else put(book, 'task', { customerId: id, text: `任务 ${n}`, createdAt: at(n) });
    }
    const seen: string[] = [];
    let before: string | undefined;
    for (;;) {
      const { items, more } = await book.call('customer.timeline', { id, limit: 5, before });
      seen.push(...items.map((item) => item.id));
      expect(items.map((item) => item.at)).toEqual(
        items
          .map((item) => item.at)
          .toSorted()
          .reverse(),
      );
      before = items.at(-1)?.at;
      if (!more) break;
    }
    expect(seen).toHaveLength(24);
    expect(new Set(seen).size).toBe(24);
  });

  it('filters by kind and words, and lets a correction and a report stand for what they replace', async () => {
    const id = putPerson(book, '王芳');
    const wrong = putContact(book, id, '2026-03-01T02:00:00.000Z', { summary: '错' });
    putContact(book, id, '2026-03-01T02:00:00.000Z', { summary: '对 100%', correctsId: wrong });
    const visit = { customerId: id, startsAt: NOW, endsAt: NOW, zone: ZONE };
    const visitId = put(book, 'visit', visit);
    put(book, 'visit', { ...visit, title: '再访' });
    put(book, 'visitReport', { customerId: id, visitId, title: '报告', visitedAt: NOW, zone: ZONE });
    const titles = async (question: { kinds?: ['call' | 'report']; text?: string }) =>
      (await book.call('customer.timeline', { id, ...question })).items.map(
        (item) => item.title || item.text,
      );
    expect((await titles({})).sort()).toEqual(['再访', '对 100%', '报告'].sort());
    expect(await titles({ kinds: ['call'] })).toEqual(['对 100%']);
    expect(await titles({ kinds: ['report'] })).toEqual(['报告']);
    expect(await titles({ text: '0%' })).toEqual(['对 100%']);
    expect(await titles({ text: '_' })).toEqual([]);
  });
});

describe('customer.merge', () => {
  it('brings both together, and one undo takes it back', async () => {
    const tags = [uuid(), uuid()];
    const into = putPerson(book, '王芳', {
      phones: phone('13800138000'),
      tags: [tags[0]],
      custom: { a: '1', c: '1' },
      occupation: '教师',
    });
    const from = putPerson(book, '王 芳', {
      phones: [...phone('138 0013 8000'), ...phone('021-61234567')],
      tags,
      custom: { b: '2', c: '3' },
      occupation: '医生',
      area: '浦东',
      doNotCall: true,
    });
    const friend = putPerson(book, '李四');
    put(book, 'relation', { customerId: friend, otherCustomerId: from, kind: 'friend' });
    put(book, 'relation', { customerId: into, otherCustomerId: from, kind: 'sibling' });
    putContact(book, from, '2026-03-20T02:00:00.000Z');
    put(book, 'task', { customerId: from, text: '准备' });
    const before = { into: await book.call('customer.get', { id: into }), list: await names({}) };

    const { commandId } = await book.call('customer.merge', { intoId: into, fromId: from });
    const merged = await book.call('customer.get', { id: into });
    expect(merged.customer).toMatchObject({
      name: '王芳',
      alias: '王 芳',
      occupation: '教师',
      area: '浦东',
      doNotCall: true,
      tags,
      custom: { a: '1', b: '2', c: '1', 'c (王 芳)': '3' },
    });
    expect(merged.customer.phones.map((one) => one.number)).toEqual(['13800138000', '021-61234567']);
    expect(merged.counts).toMatchObject({ interactions: 1, openTasks: 1 });
    expect(merged.contact.lastContactAt).toBe('2026-03-20T02:00:00.000Z');
    expect(merged.relations.map((one) => one.otherName)).toEqual(['李四']);
    await expect(book.call('customer.get', { id: from })).rejects.toMatchObject({ code: 'not_found' });

    await book.call('undo.command', { commandId });
    const after = await book.call('customer.get', { id: into });
    expect({ ...after, waiting: 0 }).toEqual({ ...before.into, waiting: 0 });
    expect(await names({})).toEqual(before.list);
    expect((await book.call('customer.get', { id: from })).counts).toMatchObject({
      interactions: 1,
      openTasks: 1,
    });
  });

  it('refuses to merge a customer with itself or with nobody', async () => {
    const id = putPerson(book, '王芳');
    await expect(book.call('customer.merge', { intoId: id, fromId: id })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(book.call('customer.merge', { intoId: id, fromId: uuid() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('customer.updateMany', () => {
  it('changes class and tags of many, and counts the tags', async () => {
    const tagId = put(book, 'tag', { name: '重点' });
    const old = put(book, 'tag', { name: '旧' });
    const ids = [putPerson(book, 'a', { tags: [old] }), putPerson(book, 'b', { class: 'C' })];
    await book.call('customer.updateMany', {
      ids: [...ids, uuid()],
      set: { class: 'A' },
      addTags: [tagId],
      removeTags: [old],
    });
    const { rows } = await book.call('customer.rows', { ids });
    expect(rows.map((row) => [row.class, row.tags])).toEqual([
      ['A', [tagId]],
      ['A', [tagId]],
    ]);
    const { tags } = await book.call('tag.list', {});
    expect(tags.map((one) => [one.name, one.count])).toEqual([
      ['旧', 0],
      ['重点', 2],
    ]);
  });
});

describe('customer.duplicates', () => {
  it.each([
    ['the name written apart', { name: '王 芳' }, ['name']],
    ['a phone written otherwise', { name: '李', phones: ['+86 138-0013-8000'] }, ['phone']],
    ['the sound of the name and the id tail', { name: '汪芳', idTail: '1234' }, ['idTail']],
    ['name and employer', { name: '王芳', employer: '明德电子' }, ['name', 'employer']],
    ['the customer number', { name: 'x', customerNo: '88' }, ['customerNo']],
  ])('recognises %s', async (_, typed, because) => {
    const id = putPerson(book, '王芳', {
      phones: phone('13800138000'),
      idTail: '1234',
      employer: '明德电子有限公司',
      customerNo: '88',
    });
    putPerson(book, '李娜');
    const asked = await book.call('customer.duplicates', { kind: 'person', ...typed });
    expect(asked.duplicates.map((one) => [one.id, one.because])).toEqual([[id, because]]);
    expect((await book.call('customer.duplicates', { kind: 'person', id, ...typed })).duplicates).toEqual([]);
  });

  it('recognises a company by its core name', async () => {
    const id = putCompany(book, '上海华信国际贸易有限公司');
    putCompany(book, '上海明德电子有限公司');
    for (const name of ['上海市华信国际贸易', '上海华兴国际贸易公司']) {
      const { duplicates } = await book.call('customer.duplicates', { kind: 'company', name });
      expect(duplicates.map((one) => one.id)).toEqual([id]);
    }
  });

  it('finds nothing for an empty form', async () => {
    putPerson(book, '王芳');
    expect(await book.call('customer.duplicates', { kind: 'person' })).toEqual({ duplicates: [] });
  });
});

describe('pickers', () => {
  it.each([
    ['王', ['王芳', '王小明']],
    ['wf', ['王芳']],
    ['wangx', ['王小明']],
    ['wang xiao', ['王小明']],
    ['8000', ['王芳']],
    ['smith', ['John Smith']],
    ['zz', []],
    ['%', []],
  ])('suggests for %s', async (text, expected) => {
    putPerson(book, '王芳', { phones: phone('138 0013 8000') });
    putPerson(book, '王小明');
    putPerson(book, 'John Smith');
    const { rows } = await book.call('customer.suggest', { text });
    expect(rows.map((row) => row.name)).toEqual(expected);
  });

  it('suggests those met last when nothing is typed', async () => {
    const [a, b] = [putPerson(book, 'a'), putPerson(book, 'b')];
    putPerson(book, 'never');
    putContact(book, a, '2026-03-02T02:00:00.000Z');
    putContact(book, b, '2026-03-03T02:00:00.000Z');
    const { rows } = await book.call('customer.suggest', { text: '', limit: 2 });
    expect(rows.map((row) => row.name)).toEqual(['b', 'a']);
  });

  it('counts the values of a column and knows the custom fields that are left', async () => {
    putPerson(book, 'a', { area: '浦东', custom: { job: 'x' } });
    const id = putPerson(book, 'b', { area: '浦东', custom: { job: 'y', 'k "1"': 'z' } });
    putPerson(book, 'c', { area: '徐汇' });
    expect((await book.call('customer.values', { column: 'area' })).values).toEqual([
      { value: '浦东', count: 2 },
      { value: '徐汇', count: 1 },
    ]);
    expect((await book.call('customer.values', { column: 'custom:job', text: 'X' })).values).toEqual([
      { value: 'x', count: 1 },
    ]);
    expect(await book.call('customer.customFields', {})).toEqual({ names: ['job', 'k "1"'] });
    put(book, 'customer', {}, id, 'delete');
    expect(await book.call('customer.customFields', {})).toEqual({ names: ['job'] });
  });
});
