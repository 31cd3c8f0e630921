import { useEffect } from 'react';
import { notifyError } from './notify.tsx';
import { shell } from './shell-client.ts';

/** Tells main, once, that this screen can be used: what a start on the command line waits for. With a number of customers it proves that the store was read. */
export const useReady = (screen: string, usable = true, customers?: number): void => {
  useEffect(() => {
    if (usable)
      shell('shell.ready', { screen, ...(customers !== undefined && { customers }) }).catch(notifyError);
  }, [screen, usable, customers]);
};
