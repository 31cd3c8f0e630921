// Steps 2 to 4 in order: libraries, Electron, SQLite. Quick when a former run did them.
import { existsSync } from 'node:fs';
import { execute, tail } from './exec.mjs';
import { fallbackElectron, fallbackExists, fallbackPath } from './fallback-electron.ts';
import { SetupError, say, since } from './log.mjs';
import { declaredVersion, downloadElectron, installedElectron } from './official-electron.ts';
import { type Runtime, storedRuntime, storeRuntime } from './runtime.ts';
import { checkSandbox } from './sandbox.ts';
import { bindingPath, compiledBinding, prebuiltServes, tryBinding } from './sqlite-binding.ts';
import { ensureSystemLibraries } from './system-libraries.ts';

type Choice = Pick<Runtime, 'source'> & { electron: string | null; reason?: string };

/** An executable, or null for the stand-in that is still to be fetched. */
async function chooseElectron(): Promise<Choice> {
  const given = process.env.VISITBOOK_ELECTRON;
  if (given && !existsSync(given)) {
    const wayOut = 'Point it at an Electron executable or unset it.';
    throw new SetupError('Find Electron', `VISITBOOK_ELECTRON is ${given}, which does not exist.`, wayOut);
  }
  if (given) return { electron: given, source: 'environment' };
  const installed = installedElectron();
  if (installed) return { electron: installed, source: 'official' };
  const result = await downloadElectron();
  if ('electron' in result) return { electron: result.electron, source: 'official' };
  return { electron: null, source: 'fallback', reason: result.reason };
}

async function versionsOf(electron: string): Promise<NodeJS.ProcessVersions> {
  const { code, stdout, output } = await execute(electron, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (code === 0) return JSON.parse(stdout);
  const wayOut =
    'If a shared library is named above, install it; else delete the file and run the command again.';
  throw new SetupError('Start Electron', `${electron} does not run:\n${tail(output, 4)}`, wayOut);
}

/** Is the stored answer still the one that a fresh look would give? */
function stillRight(runtime: Runtime) {
  if (runtime.nativeBinding && runtime.nativeBinding !== bindingPath()) return false;
  const given = process.env.VISITBOOK_ELECTRON;
  if (given) return runtime.source === 'environment' && runtime.electron === given;
  const installed = installedElectron();
  if (installed) return runtime.source === 'official' && runtime.electron === installed;
  return runtime.electron === fallbackPath;
}

/** The runtime of a former run while it is still right, else the best that can be had now; `fresh` always looks again. */
export async function ensureRuntime({ fresh = false } = {}): Promise<Runtime> {
  const stored = fresh ? null : storedRuntime();
  if (stored && stillRight(stored)) {
    await ensureSystemLibraries({ window: true, compiler: false });
    return stored;
  }
  const started = Date.now();
  const choice = await chooseElectron();
  if (choice.reason !== undefined) {
    say(`Electron ${declaredVersion} could not be downloaded: ${choice.reason}`);
    if (!fallbackExists()) {
      const wayOut =
        'Connect to the internet, set ELECTRON_MIRROR, or set VISITBOOK_ELECTRON to an executable.';
      throw new SetupError('Get Electron', `${choice.reason}`, wayOut);
    }
  }
  const fallback = choice.electron === null;
  await ensureSystemLibraries({ window: true, compiler: fallback });
  // Downloading waits for the network and compiling for the processor, so both go on at once.
  // If one fails the other still ends in the cache, for the next try.
  const work = [choice.electron ?? fallbackElectron(), fallback ? compiledBinding() : null] as const;
  await Promise.allSettled(work);
  const [electron, early] = await Promise.all(work);
  checkSandbox(electron);
  const versions = await versionsOf(electron);
  const napi = Number(versions.napi ?? versions.modules);
  const nativeBinding = early ?? (prebuiltServes(napi) ? null : await compileLater());
  const sqlite = await tryBinding(electron, nativeBinding);
  const { electron: version = '?', chrome = '?', node } = versions;
  const runtime: Runtime = { electron, version, chrome, node, source: choice.source, nativeBinding, sqlite };
  storeRuntime(runtime);
  say(
    `Electron ${version} (${choice.source}), Chromium ${chrome}, Node ${node}, SQLite ${sqlite}: ${since(started)}.`,
  );
  return runtime;
}

async function compileLater() {
  await ensureSystemLibraries({ window: false, compiler: true });
  return compiledBinding();
}
