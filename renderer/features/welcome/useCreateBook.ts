import { notifyError } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';

/** Makes the user's own book and shows its recovery code; the first-run screen stays until the code is there. */
export const useCreateBook = () => {
  const set = useSession((session) => session.set);
  return async (passphrase: string | null): Promise<void> => {
    set({ creating: true });
    try {
      window.location.hash = '#/import';
      const { recoveryCode } = await shell('shell.createBook', { demo: false, passphrase });
      set({ recoveryCode, creating: false });
    } catch (error) {
      set({ creating: false });
      notifyError(error);
    }
  };
};
