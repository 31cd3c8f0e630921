// One package from the npm registry through the ordinary client, its content pinned: npm refuses any other bytes.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execute, tail } from './exec.mjs';
import { watchGrowth } from './folder-size.ts';
import { SetupError } from './log.mjs';
import { npmEnvironment } from './packages.mjs';

export interface PinnedPackage {
  name: string;
  version: string;
  integrity: string;
  /** Packed and unpacked together: what the temporary folder grows to. */
  expectedBytes: number;
}

/** Installs the package below `folder` and returns where it is. No script of the package runs. */
export async function fetchPackage(pinned: PinnedPackage, folder: string): Promise<string> {
  const { name, version, integrity } = pinned;
  const dependencies = { [name]: version };
  const lock = {
    name: 'download',
    lockfileVersion: 3,
    packages: { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'download', dependencies }));
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock));

  // npm's own cache would keep a second copy of something that is cached here already.
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--cache',
    path.join(folder, 'npm-cache'),
  ];
  const { code, output } = await watchGrowth(
    `${name}@${version}`,
    folder,
    pinned.expectedBytes,
    (signal) => execute('npm', args, { cwd: folder, env: npmEnvironment(), signal }),
    { stallSeconds: 300 },
  );
  if (code === 0) return path.join(folder, 'node_modules', name);
  const cause = `npm could not fetch ${name}@${version}:\n${tail(output)}`;
  throw new SetupError(
    'Fetch the runtime',
    cause,
    'See that the npm registry can be reached, then try again.',
  );
}
