// The hand-written files of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/project.mjs';

export interface Source {
  /** Relative to the repository, with forward slashes. */
  file: string;
  text: string;
}

export function readSources(folders: string[], extension = /\.tsx?$/): Source[] {
  return folders.flatMap((folder) => {
    const whole = path.join(root, folder);
    if (!existsSync(whole)) return [];
    return readdirSync(whole, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && extension.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((name) => !name.includes('node_modules'))
      .map((name) => ({
        file: path.relative(root, name).split(path.sep).join('/'),
        text: readFileSync(name, 'utf8'),
      }));
  });
}
