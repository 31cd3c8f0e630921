import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, expect, test, vi } from 'vitest';
import { type BookHost, openHost } from '../../../electron/data/book-host.ts';
import { keepConnection } from '../../../electron/data/sync/connection.ts';

const DAY_MS = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'visitbook-lease-'));
let host: BookHost | null = null;

afterEach(async () => {
  vi.useRealTimers();
  await host?.close();
  host = null;
  rmSync(folder, { recursive: true, force: true });
});

const open = (): BookHost =>
  openHost({
    folder,
    key: randomBytes(32),
    demo: false,
    appVersion: '0.0.0',
    files: { resolve: () => Promise.reject(new Error('no files here')) },
    emit: () => undefined,
    log: console.error,
    onRevoked: () => undefined,
  });

test('a laptop that does not meet its server reads only, then is locked, and loses nothing', async () => {
  host = open();
  const { book, router } = host;
  let id = 0;
  const ask = async (method: string, input: unknown) => {
    const answer = await router.handle({ id: ++id, method, commandId: uuid(), input });
    return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.params?.state ?? ''}`.trim();
  };
  const create = () => ask('customer.create', { id: uuid(), fields: { kind: 'person', name: '王芳' } });
  const list = () => ask('book.state', {});
  expect(await create()).toBe('ok');
  const metDaysAgo = (days: number): void =>
    keepConnection(book.writable, {
      url: 'https://bank.example',
      serverName: 'bank',
      username: 'ann',
      deviceName: 'laptop',
      deviceId: uuid(),
      refreshToken: 'x',
      signedIn: false,
      user: null,
      bookName: null,
      scope: null,
      lease: { at: new Date(Date.now() - days * DAY_MS).toISOString(), days: 14 },
      lastSyncAt: null,
    });

  metDaysAgo(13);
  expect([await create(), await list()]).toEqual(['ok', 'ok']);
  metDaysAgo(15);
  expect(await create()).toBe('lease_ended read_only');
  expect(await ask('tag.list', {})).toBe('ok');
  metDaysAgo(29);
  expect(await create()).toBe('lease_ended locked');
  expect(await ask('tag.list', {})).toBe('lease_ended locked');
  // how it stands, and what waits, is told even then
  expect([await list(), await ask('sync.state', {})]).toEqual(['ok', 'ok']);
  metDaysAgo(0);
  expect(await create()).toBe('ok');
});
