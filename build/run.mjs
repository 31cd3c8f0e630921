// The only entry: installs the packages if need be, then runs on the project's own Node
//   a task        node build/run.mjs start --smoke      (build/tasks/start.ts)
//   a file        node build/run.mjs build/check-imports.ts
//   a command     node build/run.mjs biome check .
import { existsSync } from 'node:fs';
import path from 'node:path';
import { explain, SetupError } from './setup/log.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { binScript, root, runNode } from './setup/project.mjs';

/** @param {string} name */
function scriptOf(name) {
  const task = path.join(root, 'build/tasks', `${name}.ts`);
  if (existsSync(task)) return task;
  return /\.[cm]?[jt]s$/.test(name) ? path.resolve(name) : binScript(name);
}

async function main() {
  const [name, ...rest] = process.argv.slice(2);
  if (!name) throw new SetupError('Run', 'No name was given.', 'node build/run.mjs <task | file | command>');
  await ensurePackages();
  return runNode([scriptOf(name), ...rest]);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
