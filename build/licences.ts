// Names, versions and licences of every package in the lockfile, for the About screen.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/project.mjs';

interface Locked {
  name?: string;
  version?: string;
  license?: string;
  optional?: boolean;
}

/** The packages that are installed here, by name. */
export function licences(): { name: string; version: string; licence: string }[] {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const found = new Map<string, { name: string; version: string; licence: string }>();
  for (const [place, one] of Object.entries(lock.packages)) {
    if (!place.startsWith('node_modules/') || (one.optional && !existsSync(path.join(root, place)))) continue;
    const name = one.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(name, { name, version: one.version ?? '', licence: one.license ?? 'see package' });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}
