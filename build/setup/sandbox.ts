// Chromium's sandbox on Linux: where it can work it stays on, and where it cannot the way out is named.
import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './log.mjs';

const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

function kernelSetting(name: string) {
  try {
    return readFileSync(path.join('/proc/sys', name), 'utf8').trim();
  } catch {
    return null;
  }
}

/** Some systems forbid unprivileged processes the namespaces that the sandbox is made of. */
const namespacesForbidden = () =>
  kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
  kernelSetting('kernel/unprivileged_userns_clone') === '0' ||
  kernelSetting('user/max_user_namespaces') === '0';

function isOwnedByRootWithSetuid(file: string) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.uid === 0 && (found.mode & 0o4000) !== 0;
}

export function checkSandbox(electron: string) {
  if (!isLinux || isRoot || !namespacesForbidden()) return;
  const helper = path.join(path.dirname(electron), 'chrome-sandbox');
  if (isOwnedByRootWithSetuid(helper)) return;
  const wayOut = `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
  throw new SetupError('Check the sandbox', 'This system allows it only to a helper owned by root.', wayOut);
}

/** Arguments that Electron needs before those of the app. */
export function electronArguments(): string[] {
  if (!isLinux) return [];
  const args = isRoot ? ['--no-sandbox'] : []; // as root it refuses to start with one
  // Containers often have 64 MB of shared memory, and a page that needs more crashes.
  const shared = existsSync('/dev/shm') ? statfsSync('/dev/shm') : null;
  if (!shared || shared.bsize * shared.blocks < 256e6) args.push('--disable-dev-shm-usage');
  return args;
}
