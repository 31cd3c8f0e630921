import type { Session } from 'electron';

/** Both permission handlers deny: no page of ours needs a camera, a place, a notification or a device. Copying is free. */
const ALLOWED = new Set(['clipboard-sanitized-write']);

/** Closes a session: permissions, devices, downloads. */
export const closePermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(ALLOWED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
};
