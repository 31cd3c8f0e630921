import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { FailPoint } from '../../electron/data/database/fail-points.ts';

const root = resolve(import.meta.dirname, '../..');

/** Builds the program that is killed, once for all kills: starting it from sources would cost most of the time. */
export const buildChild = async (): Promise<{ file: string; remove(): void }> => {
  const outDir = join(root, 'out', `fault-${process.pid}`);
  const bundle = (name: string, entry: string) =>
    build({
      root,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      ssr: { target: 'node', noExternal: true, external: ['better-sqlite3'] },
      build: {
        ssr: true,
        target: 'node20',
        outDir,
        emptyOutDir: false,
        rolldownOptions: {
          input: { [name]: join(root, entry) },
          external: ['better-sqlite3', /^node:/],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    });
  mkdirSync(outDir, { recursive: true });
  await bundle('child', 'tests/fault/child.ts');
  await bundle('backup-worker', 'electron/data/database/backup/worker.ts');
  return { file: join(outDir, 'child.cjs'), remove: () => rmSync(outDir, { recursive: true, force: true }) };
};

export interface Line {
  id?: number;
  ok?: boolean;
  error?: unknown;
  opened?: unknown;
  failed?: string;
  log?: string;
}

/** Starts the program; every line it got out before it died arrives, also those the kill overtook. */
export const startChild = (options: {
  file: string;
  folder: string;
  key: Uint8Array;
  point: FailPoint | null;
  hits: number;
  onLine(line: Line): void;
}) => {
  const child = spawn(
    process.execPath,
    [
      options.file,
      options.folder,
      Buffer.from(options.key).toString('hex'),
      options.point ?? '',
      `${options.hits}`,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let rest = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) options.onLine(JSON.parse(line) as Line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  child.stdin.on('error', () => undefined); // it was killed while we were writing
  return {
    send: (request: unknown) => void child.stdin.write(`${JSON.stringify(request)}\n`),
    kill: () => void child.kill('SIGKILL'),
    ended: new Promise<{ signal: string | null; errors: string }>((done) =>
      child.on('close', (_code, signal) => done({ signal, errors })),
    ),
  };
};

/** Keeps a folder whose book failed a check, for looking at. */
export const keepEvidence = (folder: string): string => {
  const kept = join(root, 'out', `fault-evidence-${process.pid}-${Date.now()}`);
  cpSync(folder, kept, { recursive: true });
  return kept;
};
