// Runs a program of tests/ that needs the built app: tour, benchmarks, soak. It finds a display in its environment
// and the rest by readRuntime().
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBundle } from './bundle.ts';
import { openDisplay } from './setup/display.ts';
import { explain, SetupError } from './setup/log.mjs';
import { root } from './setup/project.mjs';
import { ensureRuntime } from './setup/setup.ts';
import { run } from './suites/suite.ts';

export async function runTool(script: string) {
  try {
    const file = path.join(root, script);
    if (!existsSync(file))
      throw new SetupError('Find the program', `${script} does not exist.`, 'Check the branch.');
    await ensureRuntime();
    await ensureBundle();
    const display = await openDisplay();
    try {
      process.exitCode = await run([file, ...process.argv.slice(2)], display.env);
    } finally {
      display.stop();
    }
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
