import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { root } from '../../build/setup/project.mjs';
import { electronArguments, electronEnvironment, readRuntime } from '../../build/setup/runtime.ts';
import { removeFolder } from '../support/app.ts';

const run = promisify(execFile);

/** The program that `npm run package` left behind. */
const packagedProgram = (output: string): string => {
  const line = output.split('\n').find((one) => one.includes('Packaged: ')) ?? '';
  return line.slice(line.indexOf('Packaged: ') + 'Packaged: '.length).trim();
};

test('the packaged app keeps an encrypted book and reads its customers back', async () => {
  test.setTimeout(180_000);
  const { stdout, stderr } = await run(process.execPath, ['build/run.mjs', 'package'], {
    cwd: root,
    maxBuffer: 20_000_000,
  });
  const program = packagedProgram(stdout + stderr);
  expect(program).not.toBe('');
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-packaged-'));
  const { VISITBOOK_SQLITE_BINDING: _, ...env } = electronEnvironment(readRuntime());
  const start = async () => {
    const { stdout: said } = await run(program, [...electronArguments(), '--smoke'], {
      cwd: folder,
      env: { ...env, VISITBOOK_USER_DATA: join(folder, 'data') },
    });
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as { screen: string; customers: number };
  };
  await start();
  const database = readFileSync(join(folder, 'data', 'books', 'demo', 'book.db'));
  expect(database.subarray(0, 15).toString()).not.toBe('SQLite format 3');
  expect(readdirSync(join(folder, 'data', 'books', 'demo'))).toContain('keys.json');
  expect(await start()).toMatchObject({ screen: 'today', customers: 300 });
  removeFolder(folder);
});
