// Runs a program quietly: its output is kept and shown only when it fails.
import { spawn } from 'node:child_process';

/**
 * @typedef {{ code: number | null, stdout: string, output: string }} Finished
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, onLine?: (line: string) => void,
 *   shell?: boolean }} [options]
 * @returns {Promise<Finished>}
 */
export function execute(command, args, { cwd, env, signal, onLine, shell } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, signal, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    let rest = '';
    /** @param {string} text */
    const take = (text) => {
      output += text;
      if (!onLine) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      take(text);
    });
    child.stderr.setEncoding('utf8').on('data', take);
    // A program that does not exist is a failed one, with the reason in its output.
    child.on('error', (error) => resolve({ code: null, stdout, output: output + error.message }));
    child.on('close', (code) => resolve({ code, stdout, output }));
  });
}

/**
 * The last lines of an output, without the empty ones.
 * @param {string} output
 * @param {number} [count]
 */
export function tail(output, count = 12) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
