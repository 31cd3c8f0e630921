import { AppError } from '#shared/contracts/errors.ts';
import type { BookStatus } from '#shared/contracts/shell.ts';
import type { FromData, ToData } from '../data/control.ts';
import type { KeyRing } from '../security/key-vault/key-ring.ts';
import { createVault, type Vault, type VaultOptions } from '../security/key-vault/vault.ts';
import type { AppStateStore } from './app-state.ts';
import type { BookFolders, BookName } from './book-folders.ts';
import { createBookLink, type Opened, OpenFailure } from './book-link.ts';

export interface BookKeeperParts {
  folders: BookFolders;
  state: AppStateStore;
  ring: KeyRing;
  nativeBinding: string | undefined;
  appVersion: string;
  vaultOptions?: VaultOptions;
  send(message: ToData): void;
  /** Starts the data process again after it was given up; answers whether it had been. */
  revive(): boolean;
  onStatus(status: BookStatus): void;
}

const NO_BOOK: BookStatus = {
  state: 'none',
  demo: false,
  protection: null,
  error: null,
  backups: [],
  recovery: null,
};

const codeOf = (error: unknown): AppError['code'] => (error instanceof AppError ? error.code : 'internal');

/** Knows which book is active, holds its key while it is open, and tells the data process what to open. */
export const createBookKeeper = (parts: BookKeeperParts) => {
  const { folders, state } = parts;
  const link = createBookLink(parts.send);
  const vaultOf = (book: BookName): Vault =>
    createVault(folders.of(book), parts.ring, parts.vaultOptions ?? {});
  let key: Uint8Array | null = null;
  let vault: Vault | null = null;
  /** Opened by recovery code: whoever forgot the passphrase may set a new one without it. */
  let recovered = false;
  /** Until the first look at the disk nobody knows whether there is a book. */
  let status: BookStatus = { ...NO_BOOK, state: 'opening' };

  const tell = (change: Partial<BookStatus>): void => {
    status = { ...status, ...change };
    parts.onStatus(status);
  };
  const follow = async (opening: Promise<Opened>): Promise<void> => {
    // after a crash of the data process the page stays as it is, with what is being typed in it
    if (status.state !== 'open') tell({ state: 'opening', error: null });
    try {
      const { recovery } = await opening;
      tell({ state: 'open', recovery, error: null, backups: [] });
    } catch (error) {
      const backups = error instanceof OpenFailure ? error.backups : [];
      tell({ state: 'failed', error: codeOf(error), backups });
      throw error;
    }
  };
  const open = async (): Promise<void> => {
    const book = state.get().activeBook;
    if (!book || !key) return;
    tell({ demo: book === 'demo', protection: vault?.protection() ?? null });
    const nativeBinding = parts.nativeBinding ? { nativeBinding: parts.nativeBinding } : {};
    await follow(
      link.open({
        folder: folders.of(book),
        key: new Uint8Array(key),
        demo: book === 'demo',
        appVersion: parts.appVersion,
        ...nativeBinding,
      }),
    );
  };
  const close = async (): Promise<void> => {
    if (key) await link.close();
    key?.fill(0);
    key = null;
    vault = null;
    recovered = false;
    tell(NO_BOOK);
  };
  const isThere = (book: BookName): boolean => folders.exists(book) || vaultOf(book).exists();
  /** A book whose keys can be read is not replaced by a new one. */
  const isReadable = (book: BookName): boolean => {
    try {
      return vaultOf(book).protection() !== null;
    } catch {
      return false;
    }
  };
  /** Opens the active book as far as that goes without asking; what goes wrong is told by the status. */
  const begin = async (): Promise<void> => {
    // state.json may be lost; a book is not
    const book = state.get().activeBook ?? (isThere('main') ? 'main' : null);
    if (!book || !isThere(book)) return tell(NO_BOOK);
    if (state.get().activeBook !== book) state.set({ activeBook: book });
    try {
      vault ??= vaultOf(book);
      key ??= await vault.openSilently();
      if (key) await open();
      else
        tell({ ...NO_BOOK, state: 'locked', demo: book === 'demo', protection: vault?.protection() ?? null });
    } catch (error) {
      if (status.state !== 'failed')
        tell({ ...NO_BOOK, state: 'failed', demo: book === 'demo', error: codeOf(error) });
    }
  };

  const looked = Promise.withResolvers<void>();
  let hasLooked = false;
  let queue: Promise<unknown> = looked.promise;
  /** One after the other, and all after the first look: a book is never opened while it is being put away. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => undefined);
    return next;
  };

  return {
    status: () => status,
    receive: (message: FromData): void => link.receive(message),

    /** The server cut this device off and holds what waited here: the book goes, with its keys and backups. */
    removeRevoked: (): Promise<void> =>
      inTurn(async () => {
        if (state.get().activeBook !== 'main') return;
        await close();
        folders.discard('main');
        state.set({ activeBook: null });
        tell({ ...NO_BOOK, error: 'device_revoked' });
      }),

    /** A data process is there, the first one or one after a crash: opens what can be opened without asking. */
    started: (): Promise<void> => {
      link.started();
      if (hasLooked) return inTurn(begin);
      hasLooked = true;
      return begin().finally(looked.resolve);
    },
    /** The data process ended; it will be started again. */
    ended: (): void => link.ended(),
    /** The data process ended too often. */
    givenUp(): void {
      link.givenUp();
      looked.resolve();
      tell({ state: 'failed', error: 'internal' });
    },

    /** Makes a book and opens it; answers its recovery code. Nothing is left behind when it cannot be opened. */
    create: (demo: boolean, passphrase: string | null): Promise<string | null> =>
      inTurn(async () => {
        const book = demo ? 'demo' : 'main';
        const former = state.get().activeBook;
        if (isReadable(book)) throw new AppError('not_allowed');
        if (!demo && passphrase === null && !(await parts.ring.available()))
          throw new AppError('passphrase_required');
        await close();
        folders.setAside(book);
        vault = vaultOf(book);
        try {
          const made = demo
            ? { key: vault.createUnprotected(), recoveryCode: null }
            : await vault.create(passphrase);
          key = made.key;
          state.set({ activeBook: book });
          await open();
          return made.recoveryCode;
        } catch (error) {
          await close();
          folders.discard(book);
          state.set({ activeBook: former === book ? null : former });
          await begin();
          throw error;
        }
      }),

    unlock: (passphrase: string | undefined, recoveryCode: string | undefined): Promise<void> =>
      inTurn(async () => {
        if (!vault || key) throw new AppError('not_allowed');
        key =
          recoveryCode === undefined
            ? await vault.openByPassphrase(passphrase ?? '')
            : await vault.openByRecoveryCode(recoveryCode);
        recovered = recoveryCode !== undefined;
        await open();
      }),

    changePassphrase: (current: string | null, next: string): Promise<string> =>
      inTurn(async () => {
        if (!vault || !key || status.demo) throw new AppError('not_allowed');
        const mustKnow = vault.protection() === 'passphrase' && !recovered;
        if (mustKnow || current !== null) (await vault.openByPassphrase(current ?? '')).fill(0);
        const code = await vault.rewrap(key, next);
        recovered = false;
        tell({ protection: 'passphrase' });
        return code;
      }),

    /** Tries to open the book again after a failure. */
    async retry(): Promise<void> {
      if (parts.revive()) link.revived();
      else await inTurn(() => (key ? open() : begin()));
    },

    /** Goes back to a backup. @throws OpenFailure. */
    restore: (name: string): Promise<void> => inTurn(() => follow(link.restore(name))),

    /** Puts the demo book away; the book of one's own, if there is one, opens. */
    removeDemo: (): Promise<void> =>
      inTurn(async () => {
        if (state.get().activeBook !== 'demo') throw new AppError('not_allowed');
        await close();
        folders.removeDemo();
        state.set({ activeBook: isThere('main') ? 'main' : null });
        await begin();
      }),

    restoreDemo: (): Promise<boolean> =>
      inTurn(async () => {
        if (isReadable('demo')) return false;
        await close();
        if (!folders.restoreDemo()) {
          await begin();
          return false;
        }
        state.set({ activeBook: 'demo' });
        await begin();
        return true;
      }),
  };
};
export type BookKeeper = ReturnType<typeof createBookKeeper>;
