// What every suite of `npm test` is and answers.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { binScript, onEnding, projectEnv, root } from '../setup/project.mjs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Suite {
  name: string;
  /** app: needs Electron, a display and the built app; packages: runs on Node alone. */
  needs: 'packages' | 'app';
  run(): Promise<Counts>;
}

/** Runs a script on this Node with its output on the terminal and resolves to its exit code. */
export function run(args: string[], env: Record<string, string | undefined> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: projectEnv(env),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const stop = onEnding((signal) => {
      child.kill(signal);
      process.exitCode = 130;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      stop();
      resolve(code ?? 1);
    });
  });
}

/** A check is one test: it holds or it does not. */
export function check(name: string, ...[first = '', ...args]: string[]): Suite {
  return {
    name,
    needs: 'packages',
    async run() {
      const script = first.endsWith('.ts') ? path.join(root, first) : binScript(first);
      const code = await run([script, ...args]);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    },
  };
}

/** An empty place for a runner's own report; what is not written there did not happen. */
export function reportFile(name: string) {
  const file = path.join(root, 'out/test', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

export function readReport<T>(file: string): T | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** A runner that failed without naming a failed test (a crash, an unhandled error) counts as one failure. */
export function settle(counts: Counts, code: number): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
