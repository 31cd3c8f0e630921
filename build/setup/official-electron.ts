// Step 3a: the Electron that package.json declares: the one installed, else the one its own installer downloads.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { execute } from './exec.mjs';
import { watchGrowth } from './folder-size.ts';
import { say, since } from './log.mjs';
import { cacheFolder, manifest, modules } from './project.mjs';

const folder = path.join(modules, 'electron');
export const declaredVersion: string = manifest.devDependencies.electron;

export function installedElectron(): string | null {
  const note = path.join(folder, 'path.txt');
  const version = path.join(folder, 'dist', 'version');
  if (!existsSync(note) || !existsSync(version)) return null;
  if (readFileSync(version, 'utf8').replace(/^v/, '').trim() !== declaredVersion) return null;
  const executable = path.join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(executable) ? executable : null;
}

/** The path of the executable, or why it could not be had. */
export async function downloadElectron(): Promise<{ electron: string } | { reason: string }> {
  const started = Date.now();
  say(`Getting Electron ${declaredVersion} from its release host …`);
  await mkdir(cacheFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(cacheFolder, 'download-'));
  try {
    const { code, output } = await watchGrowth(`Electron ${declaredVersion}`, temporary, 125e6, (signal) =>
      execute(process.execPath, [path.join(folder, 'install.js')], {
        env: { ...process.env, TMPDIR: temporary },
        signal,
      }),
    );
    const electron = installedElectron();
    if (code === 0 && electron) {
      say(`Electron ${declaredVersion} installed in ${since(started)}.`);
      return { electron };
    }
    return { reason: reasonIn(output) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The line that says what happened, without the stack below it. */
function reasonIn(output: string) {
  const lines = output.split('\n').filter((line) => line.trim() && !/^\s+at /.test(line));
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'no reason given').trim();
}
