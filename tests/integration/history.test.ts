import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mark } from '#shared/contracts/sync.ts';
import { type WritableDb, write } from '../../electron/data/database/connection.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { keepHistory } from '../../electron/data/sync/history.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const SHE = uuid();
let book: TestBook;
let db: WritableDb;
let customer: string;

/** A row as a pull writes it. */
const put = (table: string, row: Record<string, string | number | null>): void => {
  const all = { stamps: '{}', ...row };
  const names = Object.keys(all);
  write(db, `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(all),
  );
};
const rename = (name: string, at: TestBook = book) =>
  at.call('customer.update', { id: customer, fields: { name } });
const sent = (): void => void write(db, 'DELETE FROM outbox').run();
const changeOf = (recordId: string): number =>
  write<{ seq: number }>(db, 'SELECT max(seq) AS seq FROM change WHERE record_id = ?').get(recordId)?.seq ??
  0;

/** The newest change of a record, refused, with the value put back, as the engine leaves it. */
const refuse = (
  entity: string,
  recordId: string,
  back: Record<string, string | null>,
  op = 'update',
): string => {
  const id = uuid();
  const change = write<{ fields: string; before: string }>(db, 'SELECT * FROM change WHERE seq = ?').get(
    changeOf(recordId),
  );
  write(db, 'DELETE FROM outbox WHERE change_seq = ?').run(changeOf(recordId));
  for (const [column, value] of Object.entries(back))
    write(db, `UPDATE ${entity} SET ${column} = ? WHERE id = ?`).run(value, recordId);
  write(
    db,
    `INSERT INTO refused (id, change_seq, entity, record_id, customer_id, op, mutation, reason, refused_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'not_allowed', '2026-11-01T00:00:00.000Z')`,
  ).run(
    id,
    changeOf(recordId),
    entity,
    recordId,
    customer,
    op,
    JSON.stringify({ entity, id: recordId, op, fields: JSON.parse(change?.fields ?? '{}') }),
  );
  return id;
};

const conflict = (field: string, kept: unknown, lost: unknown): string => {
  const id = uuid();
  const at = '2026-11-01T00:00:00.000Z';
  put('field_conflict', {
    id,
    customer_id: customer,
    entity: 'customer',
    record_id: customer,
    field,
    kept: JSON.stringify(kept),
    kept_at: at,
    lost: JSON.stringify(lost),
    lost_by: SHE,
    lost_at: at,
    created_at: at,
  });
  return id;
};

const short = (marks: readonly Mark[]) =>
  marks.map(({ kind, entity, field }) => `${kind} ${entity} ${field}`).sort();
const history = (field?: string, id = customer, entity = 'customer') =>
  book.call('record.history', { entity, id, ...(field && { field }) });

beforeEach(async () => {
  book = openTestBook(features, { hooks: commitHooks });
  db = book.book.writable;
  customer = uuid();
  await book.call('customer.create', { id: customer, fields: { kind: 'person', name: '赵一' } });
  put('user', {
    id: SHE,
    username: 'wang',
    name: '王主任',
    role: 'leader',
    active: 1,
    created_at: '2026-01-01T00:00:00.000Z',
  });
});
afterEach(() => book.close());

describe('sync.marks', () => {
  it('marks what is new as a whole, and once sent the fields that were typed, each once', async () => {
    await rename('赵二');
    expect(short((await book.call('sync.marks', { customerId: customer })).marks)).toEqual([
      'waiting customer null',
    ]);
    sent();
    await rename('赵三');
    await rename('赵四');
    const note = uuid();
    await book.call('note.create', {
      id: note,
      fields: { customerId: customer, body: 'x', takenAt: '2026-11-01T00:00:00.000Z', zone: 'Asia/Shanghai' },
    });
    expect(short((await book.call('sync.marks', { customerId: customer })).marks)).toEqual([
      'waiting customer name',
      'waiting note null',
    ]);
    const only = await book.call('sync.marks', { recordIds: [note] });
    expect(only.marks.map(({ recordId }) => recordId)).toEqual([note]);
  });

  it('names what was refused and what conflicts by its item, until it is settled, and not for others', async () => {
    sent();
    await rename('赵二');
    const refusedId = refuse('customer', customer, { name: '赵一' });
    const conflictId = conflict('address', '甲', '乙');
    const { marks } = await book.call('sync.marks', { customerId: customer });
    expect(marks).toEqual([
      expect.objectContaining({ kind: 'refused', field: 'name', itemId: refusedId }),
      expect.objectContaining({ kind: 'conflict', field: 'address', itemId: conflictId }),
    ]);
    await book.call('sync.discardRefused', { id: refusedId });
    await book.call('sync.settleConflict', { id: conflictId, as: 'kept' });
    expect((await book.call('sync.marks', { customerId: customer })).marks).toEqual([]);
    expect((await book.call('sync.marks', { customerId: uuid() })).marks).toEqual([]);
  });

  it('tells a list what is disputed below its customers', async () => {
    const note = uuid();
    await book.call('note.create', {
      id: note,
      fields: { customerId: customer, body: 'x', takenAt: '2026-11-01T00:00:00.000Z', zone: 'Asia/Shanghai' },
    });
    sent();
    refuse('note', note, {}, 'create');
    const { marks } = await book.call('sync.marks', { recordIds: [customer] });
    expect(marks).toEqual([expect.objectContaining({ recordId: note, customerId: customer, field: null })]);
  });
});

describe('record.history', () => {
  it('tells one line per field, newest first, with who typed it and how it stands', async () => {
    sent();
    keepHistory(
      db,
      {
        entity: 'customer',
        id: customer,
        op: 'update',
        fields: { address: '甲路' },
        before: { address: null },
        stamps: { address: '2026-01-01T00:00:00.000Z-0000-her' },
      },
      uuid(),
    );
    write(db, "UPDATE change SET author = ?, typed_at = '2099-01-01T00:00:00.000Z' WHERE seq = ?").run(
      SHE,
      changeOf(customer),
    );
    write(db, "UPDATE customer SET address = '甲路' WHERE id = ?").run(customer);
    await rename('赵二');
    const { lines, total, fields } = await history();
    expect(
      lines.map(({ field, before, after, by, state, held }) => [field, before, after, by, state, held]),
    ).toEqual([
      ['address', null, '甲路', '王主任', 'current', true],
      ['name', '赵一', '赵二', null, 'waiting', true],
      ['kind', null, 'person', null, 'current', true],
      ['name', null, '赵一', null, 'past', false],
    ]);
    expect(total).toBeGreaterThanOrEqual(lines.length);
    expect(fields).toEqual(expect.arrayContaining(['address', 'name', 'kind']));
    expect((await history('name')).lines).toHaveLength(2);
    const page = await book.call('record.history', {
      entity: 'customer',
      id: customer,
      field: 'name',
      offset: 1,
      limit: 1,
    });
    expect(page).toMatchObject({ total: 2, lines: [{ after: '赵一' }] });
  });

  it('keeps what was refused and what was lost, mine or not', async () => {
    sent();
    await rename('赵二');
    refuse('customer', customer, { name: '赵一' });
    const conflictId = conflict('address', '甲', '乙');
    const { lines } = await history();
    expect(lines.find(({ after }) => after === '赵二')).toMatchObject({ state: 'refused', held: false });
    expect(lines.find(({ after }) => after === '赵一')).toMatchObject({ state: 'current', held: true });
    expect(lines.filter(({ field }) => field === 'address')).toEqual([
      expect.objectContaining({ seq: 0, conflictId, after: '乙', by: '王主任', state: 'lost' }),
    ]);
  });

  it('has nothing to say about a record nobody changed here', async () => {
    expect(await history(undefined, uuid())).toEqual({ total: 0, fields: [], lines: [] });
  });
});

describe('record.restoreField', () => {
  const restore = (more: object, entity = 'customer', id = customer) =>
    book.call('record.restoreField', { entity, id, field: 'name', side: 'after', seq: 0, ...more });
  const nameNow = async () => (await book.call('customer.get', { id: customer })).customer.name;

  it('types the value again, as a change of its own that undo takes back', async () => {
    await rename('赵二');
    const seq = changeOf(customer);
    await rename('赵三');
    const { commandId } = await restore({ seq, side: 'before' });
    expect(await nameNow()).toBe('赵一');
    expect((await history('name')).lines[0]).toMatchObject({
      before: '赵三',
      after: '赵一',
      state: 'waiting',
    });
    await book.call('undo.command', { commandId });
    expect(await nameNow()).toBe('赵三');
    await restore({ seq });
    expect(await nameNow()).toBe('赵二');
  });

  it('brings back what a conflict lost, and what was removed', async () => {
    const conflictId = conflict('address', '甲', '乙');
    await restore({ conflictId, field: 'address' });
    expect((await book.call('customer.get', { id: customer })).customer.address).toBe('乙');
    await book.call('customer.remove', { ids: [customer] });
    await restore({ seq: changeOf(customer), field: 'deleted', side: 'before' });
    expect(await nameNow()).toBe('赵一');
  });

  it('settles the state of a promise together with its day', async () => {
    const id = uuid();
    await book.call('promise.create', {
      id,
      fields: { customerId: customer, text: '寄资料', madeOn: '2026-11-01' },
    });
    await book.call('promise.update', { id, fields: { status: 'kept', settledOn: '2026-11-02' } });
    await restore({ seq: changeOf(id), field: 'status', side: 'before' }, 'promise', id);
    const row = write(db, 'SELECT status, settled_on FROM promise WHERE id = ?').get(id);
    expect(row).toEqual({ status: 'open', settled_on: null });
  });

  it.each([
    ['a change of another record', { seq: 1 }, 'customer', uuid(), 'not_found'],
    ['a field the change did not touch', { seq: 1, field: 'address' }, 'customer', null, 'not_found'],
    ['a mark of the program', { seq: 1, field: 'createdAt' }, 'customer', null, 'not_allowed'],
    ['what the bank owns', { seq: 1, field: 'productName' }, 'holding', null, 'not_allowed'],
    ['what only signing writes', { seq: 1, field: 'state' }, 'visitReport', null, 'not_allowed'],
    ['a contact that took place', { seq: 1, field: 'summary' }, 'interaction', null, 'not_allowed'],
    ['an entity nobody knows', { seq: 1, field: 'x' }, 'constructor', null, 'not_allowed'],
  ] as const)('refuses %s', async (_, more, entity, id, code) => {
    await expect(restore(more, entity, id ?? customer)).rejects.toMatchObject({ code });
  });

  it('refuses a step of a visit that no plain change may make', async () => {
    const id = uuid();
    const fields = {
      customerId: customer,
      startsAt: '2026-11-01T01:00:00.000Z',
      endsAt: '2026-11-01T02:00:00.000Z',
    };
    await book.call('visit.create', { id, fields: { ...fields, zone: 'Asia/Shanghai' } });
    await book.call('visit.transition', { id, to: 'cancelled', reason: '生病' });
    const seq = changeOf(id);
    write(db, "UPDATE visit SET state = 'signed' WHERE id = ?").run(id);
    await expect(restore({ seq, field: 'state', side: 'before' }, 'visit', id)).rejects.toMatchObject({
      code: 'locked_record',
    });
  });
});
