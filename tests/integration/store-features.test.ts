import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../electron/data/database/commit.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const AT = '2026-03-02T01:02:03.004Z';
let book: TestBook;
beforeEach(() => {
  book = openTestBook(features, { hooks: commitHooks });
});
afterEach(() => book.close());

const addCustomer = async (name: string, commandId = uuid()): Promise<string> => {
  const id = uuid();
  await book.call('customer.create', { id, fields: { kind: 'person', name } }, commandId);
  return id;
};
const nameOf = async (id: string) => (await book.call('customer.get', { id })).customer.name;
const rows = (sql: string) => book.book.writable.prepare(sql).all();
const count = (table: string) => rows(`SELECT 1 FROM ${table} WHERE deleted = 0`).length;

describe('records', () => {
  test('a repeated command is answered, not applied again', async () => {
    const commandId = uuid();
    const id = uuid();
    const input = { id, fields: { kind: 'person' as const, name: 'once' } };
    const first = await book.call('customer.create', input, commandId);
    expect(await book.call('customer.create', input, commandId)).toEqual(first);
    expect(count('customer')).toBe(1);
  });

  test('an update keeps what it does not name, and stamps only what changed', async () => {
    const id = await addCustomer('A');
    await book.call('customer.update', { id, fields: { name: 'A', area: 'north' } });
    const [change] = rows(`SELECT fields, before FROM change WHERE op = 'update'`);
    expect(change).toEqual({ fields: '{"area":"north"}', before: '{"area":null}' });
  });

  test('nothing hangs below a customer who is not there', async () => {
    const task = { id: uuid(), fields: { text: 'x', customerId: uuid() } };
    await expect(book.call('task.create', task)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a removed customer takes along all below, and one undo brings all back', async () => {
    const id = await addCustomer('A');
    const other = await addCustomer('B');
    await book.call('task.create', { id: uuid(), fields: { text: 'call', customerId: id } });
    await book.call('note.create', { id: uuid(), fields: { customerId: id, takenAt: AT, zone: 'UTC' } });
    await book.call('relation.create', {
      id: uuid(),
      fields: { customerId: other, otherCustomerId: id, kind: 'friend' },
    });
    const { commandId } = await book.call('customer.remove', { ids: [id] });
    expect([count('customer'), count('task'), count('note'), count('relation')]).toEqual([1, 0, 0, 0]);
    expect(await book.call('undo.command', { commandId })).toEqual({ commandId, undone: 4, skipped: 0 });
    expect([count('customer'), count('task'), count('note'), count('relation')]).toEqual([2, 1, 1, 1]);
  });

  test('a removed tag goes from the customers who carry it, and comes back to them', async () => {
    const tag = uuid();
    await book.call('tag.create', { id: tag, fields: { name: 'golf' } });
    const id = await addCustomer('A');
    await book.call('customer.update', { id, fields: { tags: [tag] } });
    await book.call('tag.remove', { ids: [tag] });
    expect((await book.call('customer.get', { id })).customer.tags).toEqual([]);
    await book.call('undo.last', {});
    expect((await book.call('customer.get', { id })).customer.tags).toEqual([tag]);
  });
});

describe('the state of the book', () => {
  test('counts what lives, as it is counted anew, change by change', async () => {
    const counted = async () => {
      const { customers, interactions, waiting } = await book.call('book.state', {});
      expect(customers).toBe(count('customer'));
      expect(interactions).toBe(count('interaction'));
      expect(waiting).toBe(rows('SELECT 1 FROM outbox').length);
    };
    await counted();
    const id = await addCustomer('A');
    await counted();
    const call = { id: uuid(), customerId: id, kind: 'call' as const, at: AT, zone: 'UTC' };
    await book.call('interaction.log', call);
    await counted();
    await book.call('customer.remove', { ids: [id] });
    await counted();
    await book.call('undo.last', {});
    await counted();
  });
});

describe('undo', () => {
  test('takes one command after the other back, to the first', async () => {
    const id = await addCustomer('one');
    await book.call('customer.update', { id, fields: { name: 'two' } });
    await book.call('customer.update', { id, fields: { name: 'three' } });
    await book.call('undo.last', {});
    expect(await nameOf(id)).toBe('two');
    await book.call('undo.last', {});
    expect(await nameOf(id)).toBe('one');
    expect(await book.call('undo.last', {})).toMatchObject({ undone: 1, skipped: 0 });
    expect(count('customer')).toBe(0);
    expect(await book.call('undo.last', {})).toMatchObject({ commandId: null });
  });

  test('leaves alone what was changed since, and takes back the rest', async () => {
    const id = await addCustomer('A');
    const { commandId } = await book.call('customer.update', { id, fields: { name: 'B', area: 'north' } });
    await book.call('customer.update', { id, fields: { area: 'south' } });
    expect(await book.call('undo.command', { commandId })).toEqual({ commandId, undone: 0, skipped: 1 });
    const { customer } = await book.call('customer.get', { id });
    expect([customer.name, customer.area]).toEqual(['A', 'south']);
  });

  test('an undo can be taken back itself', async () => {
    const id = await addCustomer('A');
    await book.call('customer.update', { id, fields: { name: 'B' } });
    const undoId = uuid();
    await book.call('undo.last', {}, undoId);
    await book.call('undo.command', { commandId: undoId });
    expect(await nameOf(id)).toBe('B');
  });

  test('does not unlock a signed report', async () => {
    const customerId = await addCustomer('A');
    const [visitId, id] = [uuid(), uuid()];
    const hours = { startsAt: AT, endsAt: '2026-03-02T02:02:03.004Z', zone: 'UTC' };
    await book.call('visit.create', { id: visitId, fields: { customerId, ...hours } });
    await book.call('report.fromVisit', { id, visitId });
    await book.call('report.update', { id, fields: { facts: 'met', confirmedSummary: 'agreed' } });
    const { commandId } = await book.call('report.sign', { id, signature: '', signedBy: 'A' });
    expect((await book.call('undo.command', { commandId })).skipped).toBeGreaterThan(0);
    expect((await book.call('report.get', { id })).state).toBe('signed');
  });
});

describe('review', () => {
  const park = (mutations: Partial<JournalEntry['mutations'][number]>[]): string => {
    const id = uuid();
    const entry = { commandId: id, name: 'task.create', at: AT, actor: 'me', result: null, mutations };
    book.book.writable
      .prepare('INSERT INTO review (id, at, command, reason, content) VALUES (?, ?, ?, ?, ?)')
      .run(id, AT, 'task.create', 'conflict', JSON.stringify(entry));
    return id;
  };
  const task = (id: string, fields: Record<string, unknown>) => ({
    entity: 'task' as const,
    id,
    op: 'create' as const,
    fields,
  });

  test('shows what an entry wanted to write', async () => {
    park([task(uuid(), { text: 'send the offer', createdAt: AT })]);
    const { entries } = await book.call('review.list', {});
    expect(entries[0]?.content).toContain('text: send the offer');
    expect((await book.call('book.state', {})).review).toBe(1);
  });

  test('applies it to the records as they are now', async () => {
    const id = uuid();
    await book.call('task.create', { id, fields: { text: 'as it is' } });
    await book.call('task.remove', { ids: [id] });
    const entry = park([task(id, { text: 'as it was typed', createdAt: AT })]);
    await book.call('review.settle', { id: entry, how: 'apply' });
    expect((await book.call('task.list', { limit: 10 })).rows.map((row) => row.text)).toEqual([
      'as it was typed',
    ]);
    expect(await book.call('review.list', {})).toEqual({ entries: [] });
  });

  test('keeps it as a note with its customer, or as a task', async () => {
    const customerId = await addCustomer('A');
    await book.call('review.settle', {
      id: park([task(uuid(), { customerId, text: 'about A' })]),
      how: 'keepAsNote',
    });
    await book.call('review.settle', {
      id: park([task(uuid(), { customerId: uuid(), text: 'about nobody' })]),
      how: 'keepAsNote',
    });
    expect(rows('SELECT body FROM note')).toEqual([{ body: expect.stringContaining('about A') }]);
    expect(rows('SELECT text FROM task')).toEqual([{ text: expect.stringContaining('about nobody') }]);
  });

  test('discards it once, and keeps its content', async () => {
    const id = park([task(uuid(), { text: 'x' })]);
    await book.call('review.settle', { id, how: 'discard' });
    await expect(book.call('review.settle', { id, how: 'apply' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(rows('SELECT settled_as, content FROM review')).toEqual([
      { settled_as: 'discard', content: expect.stringContaining('"text":"x"') },
    ]);
  });
});

describe('what belongs to this device', () => {
  test('drafts are kept, listed and dropped; a command that used one drops it with its records', async () => {
    await book.call('draft.put', { key: 'a', value: { text: '半句话' } });
    await book.call('draft.put', { key: 'a', value: { text: '半句话,' } });
    expect(await book.call('draft.get', { key: 'a' })).toMatchObject({ value: { text: '半句话,' } });
    expect((await book.call('draft.list', {})).drafts.map((draft) => draft.key)).toEqual(['a']);
    await book.call('draft.drop', { key: 'a' });
    expect(await book.call('draft.get', { key: 'a' })).toEqual({ value: null, savedAt: null });
    await book.call('draft.put', { key: 'b', value: 1 });
    const commandId = uuid();
    book.book.commit({
      commandId,
      name: 'test',
      changes: [],
      result: null,
      at: AT,
      actor: 'me',
      dropDrafts: ['b'],
    });
    expect((await book.call('draft.list', {})).drafts).toEqual([]);
  });

  test('settings are kept and told', async () => {
    await book.call('settings.set', { key: 'theme', value: { accent: 'teal' } });
    expect(await book.call('settings.get', {})).toEqual({ values: { theme: { accent: 'teal' } } });
    expect(book.events).toContainEqual({
      event: 'changed',
      changes: [{ entity: 'setting', ids: ['theme'] }],
    });
    await expect(book.call('settings.set', { key: 'big', value: 1n as unknown })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
