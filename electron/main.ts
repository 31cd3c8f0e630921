import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { startApp } from './app.ts';
import { closeFolder, isRemoteControlled } from './security/guards.ts';
import { declareScheme } from './security/protocol.ts';

const smoke = process.argv.includes('--smoke');
const out = app.isPackaged ? resolve('out') : join(app.getAppPath(), 'out');
const given = process.env.VISITBOOK_USER_DATA;

/** Where everything the user owns lies. A smoke start has a folder of its own. */
const chooseUserData = (): string => {
  if (given) return resolve(given);
  return smoke ? join(out, 'smoke-data') : app.getPath('userData');
};

const run = (): void => {
  const userData = chooseUserData();
  app.setPath('userData', userData);
  closeFolder(userData);
  app.setPath('sessionData', join(userData, 'session'));
  closeFolder(app.getPath('sessionData'));
  // as root Chromium has no sandbox, and then insists that it was told so for every process
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  declareScheme();
  // one program per data folder: two writers would corrupt it
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Visitbook is already open with this data folder.\n');
    app.exit(smoke ? 1 : 0);
    return;
  }
  if (smoke && !given)
    for (const name of ['books', 'removed', 'state.json'])
      rmSync(join(userData, name), { recursive: true, force: true });
  startApp({ userData, smoke, out });
};

if (app.isPackaged && isRemoteControlled(process.argv)) {
  process.stderr.write('Visitbook does not run under remote control.\n');
  app.exit(2);
} else run();
