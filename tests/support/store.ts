import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Book } from '../../electron/data/database/book.ts';
import { read } from '../../electron/data/database/connection.ts';
import { bookFiles } from '../../electron/data/database/files.ts';
import { openStore } from '../../electron/data/database/store.ts';
import type { Store, StoreOptions } from '../../electron/data/database/store-parts.ts';
import { commitHooks } from '../../electron/data/features.ts';

export const AT = '2026-03-02T01:02:03.004Z';

/** A folder with a key, in which a book can be opened, closed, damaged and opened again. */
export const makeStoreFolder = (folder = mkdtempSync(join(tmpdir(), 'visitbook-store-'))) => {
  const key = randomBytes(32);
  const opened: Store[] = [];
  return {
    folder,
    key,
    files: bookFiles(folder),
    open(options: Partial<StoreOptions> = {}): Store {
      const store = openStore({ folder, key, hooks: commitHooks, ...options });
      opened.push(store);
      return store;
    },
    /** Lets go of the files as a power cut would: nothing is tidied up. */
    async cut(store: Store): Promise<void> {
      await store.book.backups.settled();
      store.book.close();
    },
    async remove(): Promise<void> {
      for (const store of opened) if (store.book.db.open) await this.cut(store);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
export type StoreFolder = ReturnType<typeof makeStoreFolder>;

/** Commits a new customer; answers its id. */
export const addCustomer = (book: Book, name: string, commandId: string = uuid()): string => {
  const id = uuid();
  book.commit({
    commandId,
    name: 'customer.create',
    changes: [{ entity: 'customer', id, op: 'create', fields: { kind: 'person', name, createdAt: AT } }],
    result: { commandId, id },
    at: AT,
    actor: 'me',
  });
  return id;
};

export const renameCustomer = (book: Book, id: string, name: string): void => {
  book.commit({
    commandId: uuid(),
    name: 'customer.update',
    changes: [{ entity: 'customer', id, op: 'update', fields: { name } }],
    result: null,
    at: AT,
    actor: 'me',
  });
};

export const namesIn = (book: Book): string[] =>
  read<{ name: string }>(book.db, 'SELECT name FROM customer WHERE deleted = 0 ORDER BY name')
    .all()
    .map((row) => row.name);

export const countIn = (book: Book, table: string): number =>
  read<{ n: number }>(book.db, `SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
