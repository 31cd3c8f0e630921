import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type BookName = 'main' | 'demo';

const KEEP_REMOVED_DAYS = 30;
const DAY_MS = 86_400_000;
const REMOVED = /^demo-(\d+)$/;

/** Where books lie on the disk, and where a removed demo waits to be taken back. */
export const createBookFolders = (userData: string, now: () => number = Date.now) => {
  const books = join(userData, 'books');
  const removed = join(userData, 'removed');
  const of = (book: BookName): string => join(books, book);
  const ensure = (folder: string): string => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  };
  const hasContent = (book: BookName): boolean => existsSync(of(book)) && readdirSync(of(book)).length > 0;
  /** Removed demo books, newest first. */
  const waiting = (): { name: string; at: number }[] =>
    (existsSync(removed) ? readdirSync(removed) : [])
      .map((name) => ({ name, at: Number(REMOVED.exec(name)?.[1] ?? Number.NaN) }))
      .filter(({ at }) => !Number.isNaN(at))
      .sort((a, b) => b.at - a.at);

  return {
    of,
    /** true when there is a book, with or without its keys. */
    exists: (book: BookName): boolean =>
      ['book.db', 'journal'].some((name) => existsSync(join(of(book), name))),
    /** Moves out of the way, and keeps, what lies where a new book is to be made: without its keys it cannot be opened. */
    setAside(book: BookName): void {
      if (hasContent(book)) renameSync(of(book), join(books, `${book}-aside-${now()}`));
    },
    /** Takes back the folder of a book that could not be made. */
    discard: (book: BookName): void => rmSync(of(book), { recursive: true, force: true }),
    removeDemo(): void {
      renameSync(of('demo'), join(ensure(removed), `demo-${now()}`));
    },
    /** Brings the demo book that was removed last back; false when there is none. */
    restoreDemo(): boolean {
      const newest = waiting()[0];
      if (!newest) return false;
      this.setAside('demo');
      renameSync(join(removed, newest.name), join(ensure(books), 'demo'));
      return true;
    },
    /** Deletes demo books that were removed 30 days ago or longer. */
    purgeRemoved(): void {
      for (const { name, at } of waiting())
        if (now() - at > KEEP_REMOVED_DAYS * DAY_MS) rmSync(join(removed, name), { recursive: true });
    },
  };
};
export type BookFolders = ReturnType<typeof createBookFolders>;
