import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BookStatus } from '#shared/contracts/shell.ts';
import { testFolder } from '../../tests/support/folder.ts';
import type { ToData } from '../data/control.ts';
import type { KeyRing } from '../security/key-vault/key-ring.ts';
import { createAppState } from './app-state.ts';
import { createBookFolders } from './book-folders.ts';
import { createBookKeeper } from './book-keeper.ts';

const noRing: KeyRing = {
  available: async () => false,
  protect: () => Promise.reject(new Error('no ring')),
  reveal: () => Promise.reject(new Error('no ring')),
};
const backup = { name: 'book-1.db', at: '2026-01-01T00:00:00.000Z', bytes: 1 };

/** The keeper over real folders and a data process that answers as told. */
const setUp = (userData = testFolder()) => {
  const sent: ToData[] = [];
  const told: BookStatus[] = [];
  let failWith: string | null = null;
  let wasGivenUp = false;
  const folders = createBookFolders(userData);
  const keeper = createBookKeeper({
    folders,
    state: createAppState(userData),
    ring: noRing,
    nativeBinding: undefined,
    appVersion: '0.0.0',
    vaultOptions: { cost: { iterations: 1, memory: 64, parallelism: 1 }, wait: async () => undefined },
    revive: () => wasGivenUp,
    onStatus: (status) => told.push(status),
    send(message) {
      // the bytes are sent, not shared
      sent.push(structuredClone(message));
      queueMicrotask(() => {
        if (message.kind === 'close') keeper.receive({ kind: 'closed' });
        if (message.kind !== 'open' && message.kind !== 'restore') return;
        if (failWith)
          return keeper.receive({ kind: 'openFailed', code: failWith, params: {}, backups: [backup] });
        if (message.kind === 'open') {
          mkdirSync(message.folder, { recursive: true });
          writeFileSync(join(message.folder, 'book.db'), 'database');
        }
        keeper.receive({ kind: 'opened', recovery: null });
      });
    },
  });
  return {
    userData,
    keeper,
    folders,
    sent,
    told,
    opened: () => sent.filter((message) => message.kind === 'open'),
    failWith: (code: string | null) => {
      failWith = code;
    },
    giveUp: () => {
      wasGivenUp = true;
      keeper.givenUp();
    },
    /** The program is started anew over the same folder. */
    again: () => setUp(userData),
  };
};

it('offers the first-run doors when there is no book', async () => {
  const { keeper, userData } = setUp();
  await keeper.started();
  expect(keeper.status().state).toBe('none');
  expect(existsSync(join(userData, 'books'))).toBe(false);
});

it('makes a book, locks it at the next start and opens it by passphrase', async () => {
  const first = setUp();
  await first.keeper.started();
  const code = await first.keeper.create(false, 'passphrase');
  expect(code).toMatch(/^(\w{5}-){6}\w{5}$/);
  expect(first.keeper.status()).toMatchObject({ state: 'open', demo: false, protection: 'passphrase' });
  const next = first.again();
  await next.keeper.started();
  expect(next.keeper.status()).toMatchObject({ state: 'locked', protection: 'passphrase' });
  await expect(next.keeper.unlock('wrong', undefined)).rejects.toMatchObject({ code: 'wrong_passphrase' });
  expect(next.sent).toEqual([]);
  await next.keeper.unlock('passphrase', undefined);
  expect(next.keeper.status().state).toBe('open');
  expect(next.opened()[0]?.key).toEqual(first.opened()[0]?.key);
});

it('keeps what is asked before the first look at the disk waiting', async () => {
  const first = setUp();
  await first.keeper.started();
  await first.keeper.create(false, 'passphrase');
  const next = first.again();
  expect(next.keeper.status().state).toBe('opening');
  const unlocking = next.keeper.unlock('passphrase', undefined);
  await next.keeper.started();
  await unlocking;
  expect(next.keeper.status().state).toBe('open');
});

it('finds the book again when state.json is lost', async () => {
  const first = setUp();
  await first.keeper.started();
  await first.keeper.create(false, 'passphrase');
  rmSync(join(first.userData, 'state.json'));
  const next = first.again();
  await next.keeper.started();
  expect(next.keeper.status().state).toBe('locked');
});

it('wants a passphrase for a real book where there is no key ring, and none for the demo', async () => {
  const { keeper } = setUp();
  await keeper.started();
  await expect(keeper.create(false, null)).rejects.toMatchObject({ code: 'passphrase_required' });
  expect(await keeper.create(true, null)).toBeNull();
  expect(keeper.status()).toMatchObject({ state: 'open', demo: true, protection: 'none' });
});

it('never replaces a book', async () => {
  const { keeper } = setUp();
  await keeper.started();
  await keeper.create(false, 'passphrase');
  await expect(keeper.create(false, 'another one')).rejects.toMatchObject({ code: 'not_allowed' });
  expect(keeper.status().state).toBe('open');
});

it('leaves nothing of a new book that cannot be opened, and goes back to the former one', async () => {
  const { keeper, userData, failWith } = setUp();
  await keeper.started();
  await keeper.create(true, null);
  failWith('disk_full');
  const failing = keeper.create(false, 'passphrase');
  await expect(failing).rejects.toMatchObject({ code: 'disk_full' });
  expect(readdirSync(join(userData, 'books'))).toEqual(['demo']);
  failWith(null);
  await keeper.retry();
  expect(keeper.status()).toMatchObject({ state: 'open', demo: true });
});

it('tells that the keys of a book are gone, and keeps it when another one is made', async () => {
  const first = setUp();
  await first.keeper.started();
  await first.keeper.create(false, 'passphrase');
  const folder = first.folders.of('main');
  for (const copy of ['keys.json', 'keys.json.bak', 'backups/keys.json']) rmSync(join(folder, copy));
  const next = first.again();
  await next.keeper.started();
  expect(next.keeper.status()).toMatchObject({ state: 'failed', error: 'keys_unreadable' });
  await next.keeper.create(false, 'another one');
  const books = readdirSync(join(first.userData, 'books'));
  const kept = books.find((name) => name.startsWith('main-aside-')) ?? '';
  expect(readdirSync(join(first.userData, 'books', kept))).toContain('book.db');
});

it('tells why a book cannot be opened and what one can go back to, and restores it', async () => {
  const { keeper, failWith, sent } = setUp();
  await keeper.started();
  await keeper.create(true, null);
  failWith('corrupt');
  await expect(keeper.retry()).rejects.toMatchObject({ code: 'corrupt' });
  expect(keeper.status()).toMatchObject({ state: 'failed', error: 'corrupt', backups: [backup] });
  failWith(null);
  await keeper.restore(backup.name);
  expect(sent.at(-1)).toEqual({ kind: 'restore', name: backup.name });
  expect(keeper.status()).toMatchObject({ state: 'open', error: null, backups: [] });
});

it('opens the book again after a crash of the data process, without the page noticing', async () => {
  const { keeper, told, opened } = setUp();
  await keeper.started();
  await keeper.create(false, 'passphrase');
  const before = told.length;
  keeper.ended();
  await keeper.started();
  expect(opened()).toHaveLength(2);
  expect(opened()[1]).toEqual(opened()[0]);
  expect(told.slice(before).map(({ state }) => state)).not.toContain('opening');
});

it('says so when the data process was given up, and opens when it is tried again', async () => {
  const { keeper, giveUp } = setUp();
  await keeper.started();
  await keeper.create(true, null);
  keeper.ended();
  giveUp();
  expect(keeper.status()).toMatchObject({ state: 'failed', error: 'internal' });
  await keeper.retry();
  await keeper.started();
  expect(keeper.status().state).toBe('open');
});

it('changes the passphrase for who knows it, or who came in by recovery code', async () => {
  const first = setUp();
  await first.keeper.started();
  const code = await first.keeper.create(false, 'passphrase');
  await expect(first.keeper.changePassphrase(null, 'another one')).rejects.toMatchObject({
    code: 'wrong_passphrase',
  });
  await expect(first.keeper.changePassphrase('wrong', 'another one')).rejects.toMatchObject({
    code: 'wrong_passphrase',
  });
  const next = first.again();
  await next.keeper.started();
  await next.keeper.unlock(undefined, code ?? '');
  expect(await next.keeper.changePassphrase(null, 'a new one')).not.toBe(code);
  const last = next.again();
  await last.keeper.started();
  await last.keeper.unlock('a new one', undefined);
  expect(last.keeper.status().state).toBe('open');
});

it('puts the demo away, opens one’s own book, and brings the demo back', async () => {
  const { keeper, sent, userData } = setUp();
  await keeper.started();
  await keeper.create(false, 'passphrase');
  await expect(keeper.removeDemo()).rejects.toMatchObject({ code: 'not_allowed' });
  await keeper.create(true, null);
  await keeper.removeDemo();
  expect(keeper.status()).toMatchObject({ state: 'locked', demo: false });
  expect(sent.at(-1)).toEqual({ kind: 'close' });
  expect(readdirSync(join(userData, 'books'))).toEqual(['main']);
  expect(await keeper.restoreDemo()).toBe(true);
  expect(keeper.status()).toMatchObject({ state: 'open', demo: true });
  expect(await keeper.restoreDemo()).toBe(false);
});
