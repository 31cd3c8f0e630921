import { notifyError } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';

/**
 * Makes the user's own book and shows its recovery code; the first-run screen stays until the code is there. Then the book
 * meets its server, or its owner imports.
 */
export const useCreateBook = (next: 'import' | 'server' = 'import') => {
  const set = useSession((session) => session.set);
  return async (passphrase: string | null): Promise<void> => {
    set({ creating: true });
    try {
      window.location.hash = next === 'import' ? '#/import' : '#/today';
      const { recoveryCode } = await shell('shell.createBook', { demo: false, passphrase });
      set({ recoveryCode, creating: false, connecting: next === 'server' });
    } catch (error) {
      set({ creating: false });
      notifyError(error);
    }
  };
};
