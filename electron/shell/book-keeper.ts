import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/contracts/errors.ts';
import type { BookStatus } from '#shared/contracts/shell.ts';
import type { FromData, ToData } from '../data/control.ts';
import type { KeyRing } from '../security/key-vault/key-ring.ts';
import { createVault, type Vault } from '../security/key-vault/vault.ts';
import type { AppStateStore } from './app-state.ts';

const KEEP_REMOVED_DAYS = 30;

export interface BookKeeperParts {
  userData: string;
  state: AppStateStore;
  ring: KeyRing;
  nativeBinding: string | undefined;
  send(message: ToData): void;
  onStatus(status: BookStatus): void;
}

/** Knows which book is active, holds its key while it is open, and tells the data process what to open. */
export const createBookKeeper = (parts: BookKeeperParts) => {
  const { userData, state } = parts;
  const folderOf = (book: 'main' | 'demo'): string => join(userData, 'books', book);
  const vaultOf = (book: 'main' | 'demo'): Vault => {
    const folder = folderOf(book);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return createVault(folder, parts.ring);
  };
  let key: Uint8Array | null = null;
  let vault: Vault | null = null;
  let status: BookStatus = {
    state: 'none',
    demo: false,
    protection: null,
    error: null,
    backups: [],
    recovery: null,
  };
  let waiting: { resolve(): void; reject(error: AppError): void }[] = [];
  let closed: (() => void) | null = null;

  const tell = (change: Partial<BookStatus>): void => {
    status = { ...status, ...change };
    parts.onStatus(status);
  };
  const settled = (): Promise<void> => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  const settle = (error?: AppError): void => {
    for (const one of waiting) error ? one.reject(error) : one.resolve();
    waiting = [];
  };
  const open = (): Promise<void> => {
    const book = state.get().activeBook;
    if (!book || !key) return Promise.resolve();
    const done = settled();
    tell({ state: 'opening', demo: book === 'demo', protection: vault?.protection() ?? null, error: null });
    parts.send({
      kind: 'open',
      folder: folderOf(book),
      key: new Uint8Array(key),
      demo: book === 'demo',
      ...(parts.nativeBinding && { nativeBinding: parts.nativeBinding }),
    });
    return done;
  };
  const close = async (): Promise<void> => {
    const done = new Promise<void>((resolve) => {
      closed = resolve;
    });
    parts.send({ kind: 'close' });
    await done;
    key?.fill(0);
    key = null;
  };
  const purgeRemoved = (): void => {
    const removed = join(userData, 'removed');
    if (!existsSync(removed)) return;
    for (const name of readdirSync(removed)) {
      const path = join(removed, name);
      if (Date.now() - statSync(path).mtimeMs > KEEP_REMOVED_DAYS * 86_400_000)
        rmSync(path, { recursive: true });
    }
  };

  return {
    status: () => status,

    /** Called when a data process is there: opens what can be opened without asking. */
    async begin(): Promise<void> {
      if (key) return void open().catch(() => undefined);
      const book = state.get().activeBook;
      if (!book || !vaultOf(book).exists()) return tell({ state: 'none', demo: false, protection: null });
      vault = vaultOf(book);
      try {
        key = await vault.openSilently();
        if (!key) return tell({ state: 'locked', demo: book === 'demo', protection: vault.protection() });
      } catch (error) {
        return tell({
          state: 'failed',
          demo: book === 'demo',
          error: error instanceof AppError ? error.code : 'internal',
        });
      }
      // a failure is told by the status
      await open().catch(() => undefined);
    },

    /** What the data process says about the book. */
    receive(message: FromData): void {
      if (message.kind === 'opened') {
        tell({ state: 'open', recovery: message.recovery, error: null });
        settle();
      } else if (message.kind === 'openFailed') {
        tell({ state: 'failed', error: message.code, backups: message.backups });
        settle(new AppError(message.code as AppError['code'], { params: message.params }));
      } else if (message.kind === 'closed') closed?.();
    },

    givenUp: (): void => tell({ state: 'failed', error: 'internal' }),

    async create(demo: boolean, passphrase: string | null): Promise<string | null> {
      const book = demo ? 'demo' : 'main';
      const next = vaultOf(book);
      if (next.exists()) throw new AppError('not_allowed');
      if (key) await close();
      const made = demo
        ? { key: next.createUnprotected(), recoveryCode: null }
        : await next.create(passphrase);
      key = made.key;
      vault = next;
      state.set({ activeBook: book });
      await open();
      return made.recoveryCode;
    },

    async unlock(passphrase: string | undefined, recoveryCode: string | undefined): Promise<void> {
      if (!vault) throw new AppError('not_allowed');
      key =
        recoveryCode === undefined
          ? await vault.openByPassphrase(passphrase ?? '')
          : await vault.openByRecoveryCode(recoveryCode);
      await open();
    },

    async changePassphrase(current: string | null, next: string): Promise<string> {
      if (!vault || !key || status.demo) throw new AppError('not_allowed');
      if (current !== null) await vault.openByPassphrase(current);
      const code = await vault.rewrap(key, next);
      tell({ protection: 'passphrase' });
      return code;
    },

    retry: (): Promise<void> => open(),

    async restore(name: string): Promise<void> {
      const done = settled();
      tell({ state: 'opening' });
      parts.send({ kind: 'restore', name });
      await done;
    },

    async removeDemo(): Promise<void> {
      if (state.get().activeBook !== 'demo') throw new AppError('not_allowed');
      await close();
      mkdirSync(join(userData, 'removed'), { recursive: true, mode: 0o700 });
      renameSync(folderOf('demo'), join(userData, 'removed', `demo-${Date.now()}`));
      const main = vaultOf('main').exists();
      state.set({ activeBook: main ? 'main' : null });
      vault = null;
      tell({ state: 'none', demo: false, protection: null, recovery: null });
      if (main) await this.begin();
    },

    async restoreDemo(): Promise<boolean> {
      const removed = join(userData, 'removed');
      const newest = existsSync(removed) ? readdirSync(removed).sort().at(-1) : undefined;
      if (!newest || vaultOf('demo').exists()) return false;
      if (key) await close();
      rmSync(folderOf('demo'), { recursive: true, force: true });
      renameSync(join(removed, newest), folderOf('demo'));
      state.set({ activeBook: 'demo' });
      await this.begin();
      return true;
    },

    purgeRemoved,
  };
};
export type BookKeeper = ReturnType<typeof createBookKeeper>;
