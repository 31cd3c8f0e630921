// Step 1: the packages of package-lock.json. Quick when they are there: npm is not even started.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execute, tail } from './exec.mjs';
import { SetupError, say, sayWhile, since } from './log.mjs';
import { modules, projectNode, root } from './project.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean }} Locked
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Names of what the lockfile asks for and node_modules does not have, by npm's own record of what it installed. */
export function missingPackages() {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return ['node_modules'];
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(path.join(root, 'package-lock.json')))
    .filter(([folder, wanted]) => {
      if (folder === '') return false;
      const found = installed[folder];
      // Optional packages are those of other systems; whether the one for this system came is checked below.
      return found ? found.integrity !== wanted.integrity : !wanted.optional;
    })
    .map(([folder]) => folder);
}

const wayOut = 'See that the npm registry can be reached (npm ping), then run the command again.';

export async function ensurePackages() {
  const missing = missingPackages();
  if (missing.length === 0 && projectNode()) return false;
  const started = Date.now();
  say(`Installing packages (${missing.length === 1 ? missing[0] : `${missing.length} differ`}) …`);
  // No package's script runs at install time (.npmrc): what needs a step has one in build/setup.
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
  ];
  const { code, output } = await sayWhile(
    () => `… still installing packages (${since(started)})`,
    execute('npm', args, { cwd: root, env: npmEnvironment(), shell: process.platform === 'win32' }),
  );
  if (code !== 0) throw new SetupError('Install packages', `npm ci failed:\n${tail(output)}`, wayOut);
  if (!projectNode()) {
    const cause = `There is no packaged Node for ${process.platform} ${process.arch}, and Node ${process.versions.node} is too old.`;
    throw new SetupError('Find Node', cause, 'Install Node 24 and run the command again.');
  }
  say(`Packages installed in ${since(started)}.`);
  return true;
}

/** npm hands its own settings to the scripts that it runs; a nested npm must read its own instead. */
export function npmEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(package|lifecycle|command|config_(ignore_scripts|omit|production|dry_run))/i.test(name),
    ),
  );
}
