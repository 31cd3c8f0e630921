// Where things are and which Node runs them. Plain built-ins only: this also runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const modules = path.join(root, 'node_modules');
export const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Folder shared by all clones on this machine: what is big to download or slow to compile. */
export const cacheFolder = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'visitbook',
);

/** The package that carries the declared Node for this system; the registry has none for macOS. */
export const nodePackage = path.join(
  modules,
  `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
);

/** The Node that package.json declares, else the one that runs this file if it is new enough, else nothing. */
export function projectNode() {
  const declared = path.join(nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(declared)) return declared;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : null;
}

/**
 * Environment in which a nested `node`, too, is the project's.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnv(extra = {}) {
  const PATH = [
    path.dirname(projectNode() ?? process.execPath),
    path.join(modules, '.bin'),
    process.env.PATH,
  ];
  const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...env } = process.env;
  return { ...env, PATH: PATH.filter(Boolean).join(path.delimiter), ...extra };
}

/**
 * The script behind the name of a command.
 * @param {string} name
 */
export function binScript(name) {
  /** @type {Record<string, string>} */
  const owners = { biome: '@biomejs/biome', tsc: 'typescript', playwright: '@playwright/test' };
  const folder = path.join(modules, owners[name] ?? name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin?.[name];
  if (!script) throw new Error(`No installed package has a command called ${name}.`);
  return path.join(folder, script);
}

const endings = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Calls back when this process is told to end, or when the one that started it is gone: the shell between npm and
 * its script passes no signal on.
 * @param {(signal: NodeJS.Signals) => void} callback
 * @returns {() => void} stops listening
 */
export function onEnding(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) callback('SIGTERM');
  }, 500);
  timer.unref();
  for (const signal of endings) process.on(signal, callback);
  return () => {
    clearInterval(timer);
    for (const signal of endings) process.off(signal, callback);
  };
}

/**
 * Runs a script on the project's Node, passes signals on and resolves to its exit code.
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>}
 */
export function runNode(args, { env = {}, stdio = 'inherit' } = {}) {
  const node = projectNode();
  if (!node) throw new Error('No Node 22.18 or newer was found. Install Node 24 and run the command again.');
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, env: projectEnv(env), stdio });
    const stop = onEnding((signal) => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stop();
      resolve(code ?? (signal ? 128 + os.constants.signals[signal] : 1));
    });
  });
}
