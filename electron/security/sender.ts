import type { IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from './app-url.ts';

/** true when a message comes from the main frame of one of our own pages. */
export const isTrustedSender = (event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean => {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
};
