import type { WebPreferences } from 'electron';
import { shellContract } from '#shared/contracts/shell.ts';
import { METHODS_ARGUMENT } from '#shared/contracts/shell-channels.ts';

/** What a page is given in any window of ours: a sandbox, a bridge of named functions, and nothing of Node. */
export const webPreferences = (options: {
  preload: string;
  development: boolean;
  throttled: boolean;
}): WebPreferences => ({
  preload: options.preload,
  // preload is derived from the contract without carrying it
  additionalArguments: [METHODS_ARGUMENT + Object.keys(shellContract).join(',')],
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  backgroundThrottling: options.throttled,
  devTools: options.development,
});
