// npm test: sets up what is missing and runs every suite, or those that are named: npm test -- unit e2e
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBundle } from '../bundle.ts';
import { explain, say } from '../setup/log.mjs';
import { root } from '../setup/project.mjs';
import { ensureRuntime } from '../setup/setup.ts';
import { e2e } from '../suites/playwright.ts';
import { check, type Suite } from '../suites/suite.ts';
import { type Result, table, total } from '../suites/summary.ts';
import { vitest } from '../suites/vitest.ts';

/** The runner leaves a core free by default; on two cores that is half of the machine. */
const BOTH_CORES = ['--maxWorkers=2'];

const suites: Suite[] = [
  check('lint', 'biome', 'ci', '--error-on-warnings', '.'),
  check('imports', 'build/check-imports.ts'),
  check('types', 'tsc', '--noEmit'),
  check('locales', 'build/check-locales.ts'),
  vitest('unit'),
  vitest('integration', 'packages', BOTH_CORES),
  vitest('property', 'packages', BOTH_CORES),
  vitest('fault', 'app'),
  e2e,
];

function choose(names: string[]): Suite[] {
  if (names.length === 0) return suites;
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length === 0) return suites.filter((suite) => names.includes(suite.name));
  console.error(
    `No suite is called ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

async function timed(name: string, work: () => ReturnType<Suite['run']>): Promise<Result> {
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const counts = await work().catch((error) => {
    console.error(explain(error));
    return { passed: 0, failed: 1, skipped: 0 };
  });
  return { name, ...counts, seconds: (Date.now() - started) / 1000 };
}

/** Not a suite of its own: a setup that worked counts nothing, one that did not fails all that need it. */
async function setUp(chosen: Suite[]): Promise<unknown> {
  if (!chosen.some((suite) => suite.needs === 'app')) return null;
  try {
    await ensureRuntime();
    await ensureBundle();
    return null;
  } catch (error) {
    return error;
  }
}

mkdirSync(path.join(root, 'out/test'), { recursive: true });
const chosen = choose(process.argv.slice(2).filter((name) => !name.startsWith('-')));
const failure = await setUp(chosen);
const results: Result[] = [];
for (const suite of chosen) {
  const run = () => (failure && suite.needs === 'app' ? Promise.reject(failure) : suite.run());
  results.push(await timed(suite.name, run));
  if (process.exitCode === 130) say('Interrupted: the suites that follow are not run.');
  if (process.exitCode === 130) break;
}
console.log(`\n${table(results)}\n\n${total(results)}`);
process.exitCode ||= results.some((result) => result.failed > 0) ? 1 : 0;
