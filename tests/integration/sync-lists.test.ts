import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Refusal } from '#shared/sync/protocol.ts';
import { type WritableDb, write } from '../../electron/data/database/connection.ts';
import { setMeta } from '../../electron/data/database/recovery/meta.ts';
import { features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const ME = '01900000-0000-7000-8000-000000000001';
const SHE = '01900000-0000-7000-8000-000000000002';

let book: TestBook;
let db: WritableDb;
let customer: string;

/** A stamped row, as a pull writes it. */
const put = (table: string, row: Record<string, unknown>): void => {
  const all = { stamps: '{}', ...row };
  const names = Object.keys(all);
  write(
    db,
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  ).run(...Object.values(all));
};

const connect = (): void => {
  const user = { id: ME, username: 'li', name: '李经理', role: 'manager' };
  const rest = {
    url: 'http://127.0.0.1:1',
    serverName: '城东支行',
    username: 'li',
    deviceName: '笔记本',
    deviceId: uuid(),
    refreshToken: 'r',
    signedIn: true,
    bookName: '一组',
    scope: 'assigned',
    lease: null,
    lastSyncAt: null,
  };
  setMeta(db, 'sync.connection', JSON.stringify({ ...rest, user }));
  for (const [id, name] of [
    [ME, '李经理'],
    [SHE, '王主任'],
  ])
    put('user', {
      id,
      username: name,
      name,
      role: 'manager',
      active: 1,
      created_at: '2026-01-01T00:00:00.000Z',
    });
};

/** A refusal of the newest change of a record, with the row put back, as the engine leaves it. */
const refuse = (recordId: string, reason: Refusal, field: string | null = null): string => {
  const change = write<{
    seq: number;
    entity: string;
    op: string;
    fields: string;
    before: string | null;
    base: string;
    stamp: string;
    schema_version: number;
  }>(db, 'SELECT * FROM change WHERE record_id = ? ORDER BY seq DESC').get(recordId);
  if (!change) throw new Error('nothing was typed');
  const { seq, entity, op, fields, before, base, stamp, schema_version } = change;
  write(db, 'DELETE FROM outbox WHERE change_seq = ?').run(seq);
  if (op === 'create') write(db, `DELETE FROM ${entity} WHERE id = ?`).run(recordId);
  else
    for (const [name, value] of Object.entries(JSON.parse(before ?? '{}')))
      write(db, `UPDATE ${entity} SET ${name} = ? WHERE id = ?`).run(value, recordId);
  const id = uuid();
  write(
    db,
    `INSERT INTO refused (id, change_seq, entity, record_id, customer_id, op, mutation, reason, field, refused_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    seq,
    entity,
    recordId,
    customer,
    op,
    JSON.stringify({
      entity,
      id: recordId,
      op,
      fields: JSON.parse(fields),
      before: before && JSON.parse(before),
      base: JSON.parse(base),
      stamp,
      schemaVersion: schema_version,
    }),
    reason,
    field,
    '2026-11-23T02:00:00.000Z',
  );
  return id;
};

const dispute = (recordId: string, entity: string, field: string, kept: unknown, lost: unknown): string => {
  const id = uuid();
  put('field_conflict', {
    id,
    customer_id: customer,
    entity,
    record_id: recordId,
    field,
    kept: JSON.stringify(kept),
    kept_by: SHE,
    kept_at: '2026-11-23T01:00:00.000Z',
    lost: JSON.stringify(lost),
    lost_by: ME,
    lost_at: '2026-11-23T00:30:00.000Z',
    before: JSON.stringify('原文'),
    created_at: '2026-11-23T01:00:01.000Z',
  });
  return id;
};

const fieldNow = (table: string, field: string, id: string): unknown =>
  write<Record<string, unknown>>(db, `SELECT * FROM ${table} WHERE id = ?`).get(id)?.[field];

beforeEach(async () => {
  book = openTestBook(features);
  db = book.book.writable;
  connect();
  customer = uuid();
  await book.call('customer.create', {
    id: customer,
    fields: { kind: 'person', name: '周敏', address: '旧址' },
  });
});
afterEach(() => book.close());

describe('waiting', () => {
  it('lists what was typed with record, customer, values and time, in the order of sending', async () => {
    await book.call('customer.update', { id: customer, fields: { address: '新址 8 号' } });
    const task = uuid();
    await book.call('task.create', { id: task, fields: { customerId: customer, text: '寄合同\n两份' } });
    await book.call('task.remove', { ids: [task] });
    const { total, items } = await book.call('sync.waiting', {});
    expect(total).toBe(4);
    expect(items.map(({ op, entity, label, customerName }) => [op, entity, label, customerName])).toEqual([
      ['create', 'customer', '周敏', '周敏'],
      ['update', 'customer', '周敏', '周敏'],
      ['create', 'task', '寄合同', '周敏'],
      ['delete', 'task', '寄合同', '周敏'],
    ]);
    expect(items[1]?.fields).toEqual([{ field: 'address', before: '旧址', mine: '新址 8 号' }]);
    expect(items[3]?.fields).toEqual([{ field: 'deleted', before: false, mine: true }]);
    expect((await book.call('sync.waiting', { offset: 3, limit: 1 })).items).toHaveLength(1);
  });
});

describe('refused', () => {
  it('shows a refused change with its reason and retries it with a better value, once', async () => {
    await book.call('customer.update', { id: customer, fields: { address: '写错的地址' } });
    const id = refuse(customer, 'invalid_value', 'address');
    const { items } = await book.call('sync.refused', {});
    expect(items).toMatchObject([
      { id, reason: 'invalid_value', field: 'address', customerName: '周敏', settledAs: null },
    ]);
    expect(items[0]?.fields).toEqual([{ field: 'address', before: '旧址', mine: '写错的地址' }]);
    await expect(
      book.call('sync.retryRefused', { id, fields: { address: 'x'.repeat(401) } }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'address', rule: 'validation.tooBig' }],
    });
    await book.call('sync.retryRefused', { id, fields: { address: '好地址' } });
    expect(fieldNow('customer', 'address', customer)).toBe('好地址');
    expect((await book.call('sync.waiting', {})).items.at(-1)?.fields[0]?.mine).toBe('好地址');
    await expect(book.call('sync.retryRefused', { id, fields: {} })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await book.call('sync.refused', {})).total).toBe(0);
    const { items: past } = await book.call('sync.refused', { settled: true });
    expect(past).toMatchObject([{ id, settledAs: 'retried', fields: [{ mine: '写错的地址' }] }]);
  });

  it('types a refused new record again under its own id', async () => {
    const task = uuid();
    await book.call('task.create', { id: task, fields: { customerId: customer, text: '太长' } });
    const id = refuse(task, 'too_large');
    expect((await book.call('sync.refused', {})).items[0]).toMatchObject({ label: '太长', present: false });
    await book.call('sync.retryRefused', { id, fields: { text: '短' } });
    expect(fieldNow('task', 'text', task)).toBe('短');
  });

  it('keeps a discarded change readable and brings it back to the list by an undo', async () => {
    await book.call('customer.update', { id: customer, fields: { address: '不要了' } });
    const id = refuse(customer, 'out_of_scope');
    const { commandId } = await book.call('sync.discardRefused', { id });
    expect((await book.call('sync.refused', {})).total).toBe(0);
    const { items } = await book.call('sync.refused', { settled: true });
    expect(items).toMatchObject([{ settledAs: 'discarded', fields: [{ mine: '不要了' }] }]);
    await book.call('undo.command', { commandId });
    expect((await book.call('sync.refused', {})).items).toMatchObject([
      { id, settledAs: null, settledAt: null },
    ]);
  });

  it('takes a retry back whole: the value and the list are as before', async () => {
    await book.call('customer.update', { id: customer, fields: { address: '第二次' } });
    const id = refuse(customer, 'not_allowed');
    const { commandId } = await book.call('sync.retryRefused', { id, fields: {} });
    await book.call('undo.command', { commandId });
    expect(fieldNow('customer', 'address', customer)).toBe('旧址');
    expect((await book.call('sync.refused', {})).total).toBe(1);
  });
});

describe('conflicts', () => {
  it('names both sides and who typed them', async () => {
    const id = dispute(customer, 'customer', 'address', '旧址', '我的址');
    const { items } = await book.call('sync.conflicts', {});
    expect(items).toMatchObject([
      {
        id,
        label: '周敏',
        field: 'address',
        before: '原文',
        kept: { value: '旧址', by: '王主任', mine: false },
        lost: { value: '我的址', by: '李经理', mine: true },
        isText: true,
        now: '旧址',
        changedSince: false,
        gone: false,
      },
    ]);
  });

  it('keeps what is held', async () => {
    const id = dispute(customer, 'customer', 'address', '旧址', '我的址');
    await book.call('sync.settleConflict', { id, as: 'kept' });
    expect(fieldNow('customer', 'address', customer)).toBe('旧址');
    const { items } = await book.call('sync.conflicts', { settled: true });
    expect(items).toMatchObject([{ id, settledAs: 'kept', settledBy: '李经理' }]);
    expect((await book.call('sync.conflicts', {})).total).toBe(0);
  });

  it('takes the other value, and one undo takes both the value and the settling back', async () => {
    const id = dispute(customer, 'customer', 'address', '旧址', '我的址');
    const { commandId } = await book.call('sync.settleConflict', { id, as: 'lost' });
    expect(fieldNow('customer', 'address', customer)).toBe('我的址');
    await book.call('undo.command', { commandId });
    expect(fieldNow('customer', 'address', customer)).toBe('旧址');
    expect((await book.call('sync.conflicts', {})).items).toMatchObject([{ id, settledAs: null }]);
  });

  it('says when the record was changed since, and puts both texts under what it holds now', async () => {
    const id = dispute(customer, 'customer', 'about', '她的', '我的');
    await book.call('customer.update', { id: customer, fields: { about: '她的，后来补充' } });
    expect((await book.call('sync.conflicts', {})).items[0]).toMatchObject({
      changedSince: true,
      now: '她的，后来补充',
    });
    await book.call('sync.settleConflict', { id, as: 'both' });
    expect(fieldNow('customer', 'about', customer)).toMatch(/^她的，后来补充\n\n［李经理 · .+］\n我的$/);
  });

  it('refuses to put values together that are no texts', async () => {
    const id = dispute(customer, 'customer', 'class', 'A', 'B');
    await expect(book.call('sync.settleConflict', { id, as: 'both' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('removes what lived on, or lets it live, with all below', async () => {
    const task = uuid();
    await book.call('task.create', { id: task, fields: { customerId: customer, text: '还在' } });
    const id = dispute(customer, 'customer', 'deleted', false, true);
    const { commandId } = await book.call('sync.settleConflict', { id, as: 'lost' });
    expect(fieldNow('customer', 'deleted', customer)).toBe(1);
    expect(fieldNow('task', 'deleted', task)).toBe(1);
    await book.call('undo.command', { commandId });
    expect(fieldNow('task', 'deleted', task)).toBe(0);
  });
});

it('lists what sync did, newest first', async () => {
  for (const kind of ['connected', 'round'])
    write(db, 'INSERT INTO sync_event (at, kind, params) VALUES (?, ?, ?)').run(
      '2026-11-23T01:00:00.000Z',
      kind,
      '{"pushed":3}',
    );
  const { events } = await book.call('sync.events', {});
  expect(events.map(({ kind, params }) => [kind, params])).toEqual([
    ['round', { pushed: 3 }],
    ['connected', { pushed: 3 }],
  ]);
});

describe('the exported file', () => {
  it.each([
    ['zh-CN', ['== 待同步 ==', '== 被拒 ==', '== 冲突 ==', '周敏', '地址', '原因：这位客户不归你管理。']],
    [
      'en',
      ['== Waiting ==', '== Refused ==', '== Conflict ==', 'Address', 'Why: This customer is not yours'],
    ],
  ] as const)('says everything in %s', async (language, expected) => {
    await book.call('customer.update', { id: customer, fields: { address: '被拒的址' } });
    refuse(customer, 'out_of_scope');
    dispute(customer, 'customer', 'about', '她写的', '我写的\n两行');
    const path = join(book.folder, 'out.txt');
    const file = 'a'.repeat(22);
    book.files.set(file, path);
    const { items } = await book.call('sync.exportOutbox', { file, language });
    expect(items).toBe(3);
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    for (const words of [...expected, '被拒的址', '她写的', '王主任']) expect(text).toContain(words);
  });
});
