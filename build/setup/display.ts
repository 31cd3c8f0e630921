// A display for windows that nobody looks at. Xvfb picks a free number itself and ends with this process.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { SetupError } from './log.mjs';
import { hasDisplay } from './system-libraries.ts';

export interface Display {
  /** What to add to the environment of the program: empty where the machine has a display. */
  env: Record<string, string>;
  virtual: boolean;
  stop(): void;
}

function start(size: string): ChildProcess {
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'];
  // Should this process be killed, the kernel ends the server as well.
  const guard = existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'TERM'] : [];
  const [command = '', ...args] = [...guard, ...server];
  // A group of its own: Ctrl+C in the terminal must reach the program before its display goes away.
  return spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true });
}

function displayNumber(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = '';
    let number = '';
    child.stderr?.on('data', (text) => {
      errors += text;
    });
    (child.stdio[3] as Readable).on('data', (text) => {
      number += text;
      if (number.includes('\n')) resolve(number.trim());
    });
    const fail = (cause: string) =>
      reject(new SetupError('Start a virtual display', cause, 'Install xvfb, or run where DISPLAY is set.'));
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`Xvfb ended with ${code}: ${errors.trim()}`));
    setTimeout(() => fail('Xvfb gave no display number within 20 s.'), 20_000).unref();
  });
}

/** Will `openDisplay` have to make a display here? */
export const hasVirtualDisplay = () => process.platform === 'linux' && !hasDisplay();

/** The display of this machine, or a virtual one (Linux). Call `stop` when done; an exit of this process does it too. */
export async function openDisplay(size = '1440x900'): Promise<Display> {
  if (!hasVirtualDisplay()) return { env: {}, virtual: false, stop() {} };
  const child = start(size);
  const stop = () => {
    process.off('exit', stop);
    child.kill();
  };
  process.on('exit', stop);
  const number = await displayNumber(child);
  child.unref();
  for (const stream of [child.stderr, child.stdio[3]]) (stream as Readable & { unref?(): void })?.unref?.();
  return { env: { DISPLAY: `:${number}` }, virtual: true, stop };
}
