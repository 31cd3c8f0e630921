// Step 4: the SQLite addon. Its prebuilt binary needs Node-API 10; for an older runtime the same source is compiled
// with the experimental Node-API, which has had the functions in question since Node 20.
import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cached, shortHash } from './cache.ts';
import { execute, tail } from './exec.mjs';
import { SetupError, say, sayWhile, since } from './log.mjs';
import { binScript, cacheFolder, modules, nodePackage, projectEnv, projectNode } from './project.mjs';

const source = path.join(modules, 'better-sqlite3');
const file = 'better_sqlite3.node';

export const prebuiltServes = (napi: number) => napi >= 10;

/** Exactly one place of binding.gyp is changed; if it is not found, the package has changed and wants a look. */
export function withExperimentalApi(gyp: string) {
  const [before, after, ...more] = gyp.split("'NAPI_VERSION=10'");
  if (after === undefined || more.length > 0) {
    const cause = 'binding.gyp of better-sqlite3 does not define NAPI_VERSION=10 as expected.';
    throw new SetupError('Compile SQLite', cause, 'Adapt build/setup/sqlite-binding.ts to the new version.');
  }
  return `${before}'NAPI_EXPERIMENTAL'${after}`;
}

async function compile(folder: string) {
  const started = Date.now();
  say('Compiling SQLite for this runtime (once, about a minute and a half) …');
  const work = await mkdtemp(path.join(os.tmpdir(), 'visitbook-sqlite-'));
  try {
    await cp(source, work, { recursive: true, filter: (name) => !name.includes('prebuilds') });
    const gyp = path.join(work, 'binding.gyp');
    await writeFile(gyp, withExperimentalApi(await readFile(gyp, 'utf8')));
    const args = [
      'rebuild',
      '--release',
      '--force_build=1',
      `--nodedir=${nodePackage}`,
      `--jobs=${os.cpus().length}`,
    ];
    const { code, output } = await sayWhile(
      () => `… still compiling SQLite (${since(started)})`,
      execute(projectNode() ?? 'node', [binScript('node-gyp'), ...args], {
        cwd: work,
        env: projectEnv({ NODE_PATH: modules }),
      }),
    );
    if (code !== 0) {
      const wayOut =
        'See that python3, make and g++ work (apt-get install python3 make g++), then try again.';
      throw new SetupError('Compile SQLite', `node-gyp failed:\n${tail(output)}`, wayOut);
    }
    await copyFile(path.join(work, 'build/Release', file), path.join(folder, file));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  say(`SQLite compiled in ${since(started)}.`);
}

function folderName() {
  const lock = JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages['node_modules/better-sqlite3'];
  const key = shortHash(JSON.stringify([integrity, process.platform, process.arch, 'NAPI_EXPERIMENTAL', 1]));
  return `sqlite-${version}-${key}`;
}

/** Where the compiled addon of the installed package belongs. */
export const bindingPath = () => path.join(cacheFolder, folderName(), file);

/** The addon for a runtime whose Node-API is too old for the prebuilt one. */
export async function compiledBinding(): Promise<string> {
  await cached(folderName(), compile);
  return bindingPath();
}

/** Written, closed and read again inside the runtime itself: a wrong binary crashes here, not in front of a user. */
const trial = `
  const [moduleFolder, nativeBinding] = process.argv.slice(1);
  const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
  const Database = require(moduleFolder);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'visitbook-trial-'));
  const open = () => {
    const db = new Database(path.join(folder, 'trial.db'), nativeBinding ? { nativeBinding } : {});
    db.pragma("cipher='sqlcipher'");
    db.pragma('key="x\\'' + '2b'.repeat(32) + '\\'"');
    return db;
  };
  let db = open();
  db.exec("CREATE VIRTUAL TABLE note USING fts5(text, tokenize='trigram'); INSERT INTO note VALUES ('走访簿可用')");
  db.close();
  const plain = fs.readFileSync(path.join(folder, 'trial.db')).includes('SQLite format');
  db = open();
  const found = db.prepare("SELECT count(*) AS n, sqlite_version() AS version FROM note WHERE text MATCH '走访簿'").get();
  db.close();
  fs.rmSync(folder, { recursive: true });
  if (plain || found.n !== 1) throw new Error('The database is not encrypted or lost a row.');
  console.log('SQLITE ' + found.version);
`;

export async function tryBinding(electron: string, nativeBinding: string | null): Promise<string> {
  const { code, stdout, output } = await execute(electron, ['-e', trial, source, nativeBinding ?? ''], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const version = /SQLITE (\S+)/.exec(stdout)?.[1];
  if (code === 0 && version) return version;
  const cause = `An encrypted database could not be written and read (exit ${code}):\n${tail(output)}`;
  const wayOut = nativeBinding ? `Delete ${path.dirname(nativeBinding)} and try again.` : 'Run: npm ci';
  throw new SetupError('Try SQLite in Electron', cause, wayOut);
}
