// Runs a command of node_modules, or a TypeScript file, on the project's own Node:
//   node build/run.mjs biome check .        node build/run.mjs build/bundle.ts
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');

/** The Node that package.json declares; the one that runs this file may be older. */
export function projectNode() {
  const installed = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(installed) ? installed : process.execPath;
}

/** The script behind a command name: from the package of that name, or from whichever package declares it. */
export function binScript(name) {
  const owners = { biome: '@biomejs/biome', tsc: 'typescript', playwright: '@playwright/test' };
  const folder = path.join(modules, owners[name] ?? name);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[name];
  if (!script) throw new Error(`The package ${manifest.name} has no command called ${name}.`);
  return path.join(folder, script);
}

/** Environment in which a nested `node`, too, is the project's. */
export function projectEnv(extra = {}) {
  const PATH = [path.dirname(projectNode()), path.join(modules, '.bin'), process.env.PATH ?? ''];
  return { ...process.env, PATH: PATH.join(path.delimiter), ...extra };
}

/** Starts a script on the project's Node and resolves to its exit code. */
export function runNode(args, { env = {}, stdio = 'inherit', onStart } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode(), args, { cwd: root, env: projectEnv(env), stdio });
    onStart?.(child);
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

async function main() {
  const [name, ...rest] = process.argv.slice(2);
  if (!name) {
    console.error('Usage: node build/run.mjs <command of node_modules | file.ts> [arguments]');
    return 2;
  }
  if (!existsSync(modules)) {
    console.error('Nothing is installed yet. Run first: npm run setup');
    return 2;
  }
  const script = /\.[cm]?[jt]s$/.test(name) ? path.resolve(name) : binScript(name);
  // Ctrl+C reaches the child as well; this process waits for it and passes its code on.
  process.on('SIGINT', () => {});
  return runNode([script, ...rest]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
