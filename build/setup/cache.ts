// What is costly to make is kept outside the checkout, one folder per recipe, and appears there whole or not at all.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './project.mjs';

export const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);

export async function fileHash(file: string, algorithm = 'sha256') {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A run that was killed could not clean up; a day later nobody is working there any more. */
async function removeAbandoned() {
  for (const name of await readdir(cacheFolder)) {
    const folder = path.join(cacheFolder, name);
    if (!/^(making|download)-/.test(name)) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > 86_400_000) await rm(folder, { recursive: true, force: true });
  }
}

/** The folder `name` of the cache, made by `make` in a temporary folder if it is not there yet. */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandoned();
  const temporary = await mkdtemp(path.join(cacheFolder, 'making-'));
  try {
    await make(temporary);
    await rename(temporary, folder).catch((error) => {
      // Another clone was faster: its folder has the same content.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}
