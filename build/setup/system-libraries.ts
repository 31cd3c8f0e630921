// Step 2, Linux only: the shared libraries of a desktop program. As root they are installed, else the command is shown.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { execute, tail } from './exec.mjs';
import { SetupError, say, since } from './log.mjs';

/** Shared object or program on the left, the Debian package that brings it on the right. */
const libraries = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libXss.so.1': 'libxss1',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libdrm.so.2': 'libdrm2',
  'libxkbcommon.so.0': 'libxkbcommon0',
};
const compiler = { python3: 'python3', make: 'make', 'g++': 'g++' };

export const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function hasProgram(name: string) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)));
}

async function missingLibraries(): Promise<string[]> {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find(existsSync) ?? 'ldconfig';
  const { code, stdout } = await execute(ldconfig, ['-p']);
  if (code !== 0) return [];
  const known = new Set([...stdout.matchAll(/^\s*(\S+) \(/gm)].map((match) => match[1]));
  return Object.entries(libraries).flatMap(([file, name]) => (known.has(file) ? [] : [name]));
}

async function hasChineseFont() {
  const { code, stdout } = await execute('fc-list', [':lang=zh', 'family']);
  return code === 0 && stdout.trim() !== '';
}

/** Newer Debian and Ubuntu renamed some libraries to …t64 when their time_t grew. */
async function installableName(name: string) {
  const { code } = await execute('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
  return code === 0 ? `${name}t64` : name;
}

async function aptGet(args: string[], what: string) {
  const started = Date.now();
  let spoken = started;
  const { code, output } = await execute('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    onLine: (line) => {
      if (Date.now() - spoken < 5_000) return;
      spoken = Date.now();
      say(`… ${what} (${since(started)}): ${line.trim().slice(0, 90)}`);
    },
  });
  if (code === 0) return;
  const wayOut = `See that this machine reaches its Debian packages, then run: apt-get ${args.join(' ')}`;
  throw new SetupError('Install system libraries', `apt-get failed:\n${tail(output)}`, wayOut);
}

async function install(packages: string[]) {
  const started = Date.now();
  say(`Installing from Debian: ${packages.join(' ')} …`);
  await aptGet(['update', '-q'], 'reading package lists');
  const names = await Promise.all(packages.map(installableName));
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...names], 'installing');
  say(`System packages installed in ${since(started)}.`);
}

/** Sees that what a window (and, if asked for, the compiler) needs is on this machine. */
export async function ensureSystemLibraries(wanted: { window: boolean; compiler: boolean }) {
  if (process.platform !== 'linux') return;
  const needed = wanted.window ? await missingLibraries() : [];
  if (wanted.window && !hasDisplay() && !hasProgram('Xvfb')) needed.push('xvfb');
  if (wanted.compiler) {
    needed.push(...Object.entries(compiler).flatMap(([name, from]) => (hasProgram(name) ? [] : [from])));
  }
  // A missing font spoils the look of Chinese text but stops nothing.
  const font = wanted.window && !(await hasChineseFont()) ? ['fontconfig', 'fonts-noto-cjk'] : [];
  if (needed.length + font.length === 0) return;

  const canInstall = process.getuid?.() === 0 && hasProgram('apt-get');
  if (canInstall) return install([...needed, ...font]);
  if (needed.length === 0)
    return say(`No Chinese font found. To add one: sudo apt-get install ${font.join(' ')}`);
  const names = await Promise.all([...needed, ...font].map(installableName));
  const wayOut = hasProgram('apt-get')
    ? `sudo apt-get install --no-install-recommends ${names.join(' ')}`
    : `Install what brings these on this system (Debian's names): ${names.join(' ')}`;
  throw new SetupError('Find system libraries', `Missing: ${needed.join(', ')}`, wayOut);
}
