import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FromData, ToData } from '../../electron/data/control.ts';

/** A port as main brokers it, seen from the data process. */
class Port extends EventEmitter {
  readonly received: Record<string, unknown>[] = [];
  closed = false;
  start(): void {}
  close(): void {
    this.closed = true;
    this.emit('close');
  }
  postMessage(message: Record<string, unknown>): void {
    this.received.push(message);
  }
}

const parent = Object.assign(new EventEmitter(), {
  told: [] as FromData[],
  postMessage(message: FromData): void {
    this.told.push(message);
  },
});
const mask = process.umask();
let folder: string;
const key = new Uint8Array(randomBytes(32));

const tell = (message: ToData | Record<string, unknown>, port?: Port): void =>
  void parent.emit('message', { data: message, ports: port ? [port] : [] });

const until = async <T>(look: () => T | undefined): Promise<T> => {
  for (let n = 0; n < 1_000; n += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('nothing came');
};

/** The message of this kind that `work` brings about. */
const answer = (kind: FromData['kind'], work: () => void): Promise<FromData> => {
  const from = parent.told.length;
  work();
  return until(() => parent.told.slice(from).find((message) => message.kind === kind));
};
const ask = (port: Port, request: Record<string, unknown>): Promise<Record<string, unknown>> => {
  port.emit('message', { data: request });
  return until(() => port.received.find((message) => message.id === request.id));
};
const attach = (pageId: number): Port => {
  const port = new Port();
  tell({ kind: 'port', pageId }, port);
  return port;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visitbook-process-'));
  Object.assign(process, { parentPort: parent });
  await import('../../electron/data/data.ts');
});
afterAll(async () => {
  await answer('closed', () => tell({ kind: 'close' }));
  Reflect.deleteProperty(process, 'parentPort');
  process.umask(mask);
  rmSync(folder, { recursive: true, force: true });
});

describe('the data process', () => {
  const open = () => tell({ kind: 'open', folder, key, demo: false, appVersion: '0.0.0' });
  const customer = uuid();

  test('says that it is ready, and refuses requests while no book is open', async () => {
    expect(parent.told[0]).toEqual({ kind: 'ready' });
    const early = attach(7);
    expect(await ask(early, { id: 1, method: 'book.state', input: {} })).toEqual({
      id: 1,
      ok: false,
      error: { code: 'closed' },
    });
  });

  test('opens a book, answers pages, and tells every page what changed', async () => {
    expect(await answer('opened', open)).toEqual({ kind: 'opened', recovery: null });
    const [one, two] = [attach(1), attach(2)];
    const input = { id: customer, fields: { kind: 'person', name: '王芳' } };
    expect(await ask(one, { id: 1, method: 'customer.create', commandId: uuid(), input })).toMatchObject({
      ok: true,
    });
    const changed = { event: 'changed', changes: [{ entity: 'customer', ids: [customer] }] };
    await expect.poll(() => two.received).toContainEqual(changed);
    expect(one.received).toContainEqual(changed);
  });

  test('closes the former port of a page that was loaded again', async () => {
    const first = attach(3);
    const second = attach(3);
    expect([first.closed, second.closed]).toEqual([true, false]);
    expect(await ask(second, { id: 9, method: 'app.echo', input: { value: 1 } })).toMatchObject({
      value: { value: 1 },
    });
  });

  test('asks main for the file behind a token', async () => {
    const port = attach(4);
    const file = 'A'.repeat(22);
    port.emit('message', { data: { id: 5, method: 'import.inspect', input: { file } } });
    await expect.poll(() => parent.told.at(-1)).toMatchObject({ kind: 'resolve', token: file });
    const { requestId } = parent.told.at(-1) as Extract<FromData, { kind: 'resolve' }>;
    tell({ kind: 'resolved', requestId, ok: false });
    await expect
      .poll(() => port.received.find((message) => message.id === 5))
      .toMatchObject({
        ok: false,
        error: { code: 'file_token_unknown' },
      });
  });

  test('goes back to a backup and keeps what was typed since', async () => {
    const port = attach(5);
    const made = await ask(port, { id: 1, method: 'backup.now', commandId: uuid(), input: {} });
    const { name } = (made as { value: { name: string } }).value;
    const input = { id: uuid(), fields: { text: 'typed since' } };
    await ask(port, { id: 2, method: 'task.create', commandId: uuid(), input });
    const opened = await answer('opened', () => tell({ kind: 'restore', name }));
    expect(opened).toMatchObject({ recovery: { key: 'recovery.restored', params: { replayed: 1 } } });
    expect(await ask(port, { id: 3, method: 'book.state', input: {} })).toMatchObject({
      value: { customers: 1, waiting: 2 },
    });
    const listed = await answer('backups', () => tell({ kind: 'listBackups', folder, key }));
    expect((listed as Extract<FromData, { kind: 'backups' }>).backups.length).toBeGreaterThanOrEqual(2);
  });

  test('that cannot open a book says why, and which backups there are', async () => {
    const other = new Uint8Array(randomBytes(32));
    const failed = await answer('openFailed', () =>
      tell({ kind: 'open', folder, key: other, demo: false, appVersion: '0.0.0' }),
    );
    expect(failed).toMatchObject({ code: 'not_a_database' });
    expect((failed as Extract<FromData, { kind: 'openFailed' }>).backups.length).toBeGreaterThanOrEqual(2);
    expect(await answer('opened', open)).toMatchObject({ recovery: null });
  });

  test('notes a control message it does not understand and goes on', async () => {
    expect(await answer('log', () => tell({ kind: 'format' }))).toMatchObject({ level: 'warn' });
    expect(await ask(attach(6), { id: 1, method: 'book.state', input: {} })).toMatchObject({ ok: true });
  });
});
