import { create } from 'zustand';
import type { BookStatus, ShellOutput } from '#shared/contracts/shell.ts';
import { onShellEvent, shell } from './shell-client.ts';

interface Session {
  info: ShellOutput<'shell.info'> | null;
  status: BookStatus | null;
  /** Shown once after a book was made; forgotten when the user has kept it. */
  recoveryCode: string | null;
  /** A book is being made: the first-run screen stays until its recovery code is known. */
  creating: boolean;
  /** The new book is about to meet its server. */
  connecting: boolean;
  set(change: Partial<Omit<Session, 'set'>>): void;
}

/** What main tells about the program and the book. */
export const useSession = create<Session>((set) => ({
  info: null,
  status: null,
  recoveryCode: null,
  creating: false,
  connecting: false,
  set: (change) => set(change),
}));

/** Asks main for the state of the book and follows it. */
export const followSession = async (): Promise<ShellOutput<'shell.info'>> => {
  onShellEvent((event) => {
    if (event.event === 'bookStatus') useSession.getState().set({ status: event.status });
  });
  const info = await shell('shell.info', {});
  useSession.getState().set({ info });
  useSession.getState().set({ status: await shell('shell.bookStatus', {}) });
  return info;
};
