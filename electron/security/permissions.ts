import type { Session } from 'electron';
import { isAppUrl } from './app-url.ts';

/** Copying to the clipboard is all that a page of ours may ask for. */
const ALLOWED = new Set(['clipboard-sanitized-write']);

/** What both permission handlers answer: no, but for that one from our own pages. */
export const isAllowed = (permission: string, url: string): boolean =>
  ALLOWED.has(permission) && isAppUrl(url);

/** Schemes that never leave the machine. */
const LOCAL = new Set(['app:', 'data:', 'blob:', 'devtools:', 'chrome-extension:']);

/** true for a request that would reach a network or the disk. */
export const isOutward = (url: string): boolean => {
  try {
    return !LOCAL.has(new URL(url).protocol);
  } catch {
    return true;
  }
};

/** Closes a session: permissions, devices, downloads, spelling dictionaries, and the network as a whole. */
export const closeSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isAllowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: isOutward(url) }));
};
