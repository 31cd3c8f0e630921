import { useEffect } from 'react';
import { notifyError } from './notify.tsx';
import { shell } from './shell-client.ts';

/** Tells main, once, that this screen can be used: what a start on the command line waits for. */
export const useReady = (screen: string, usable = true): void => {
  useEffect(() => {
    if (usable) shell('shell.ready', { screen }).catch(notifyError);
  }, [screen, usable]);
};
