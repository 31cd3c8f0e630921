// npm run package: the unpacked app as it would be installed, its fuses read back, and started once. Made with the
// stand-in runtime it is only for trying, and says so.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, type Configuration, Platform } from 'electron-builder';
import { ensureBundle } from '../bundle.ts';
import { openDisplay } from '../setup/display.ts';
import { execute, tail } from '../setup/exec.mjs';
import { explain, SetupError, say } from '../setup/log.mjs';
import { root } from '../setup/project.mjs';
import { electronArguments, electronEnvironment, type Runtime } from '../setup/runtime.ts';
import { ensureRuntime } from '../setup/setup.ts';

const warning = 'NOT FOR RELEASE: this app contains the stand-in runtime for development machines.';

function configuration(runtime: Runtime): Configuration {
  const base: Configuration = { extends: 'electron-builder.yml' };
  if (runtime.source === 'official') return base;
  const binding = runtime.nativeBinding;
  return {
    ...base,
    directories: { output: 'out/package-not-for-release' },
    electronDist: path.dirname(runtime.electron),
    electronVersion: runtime.version,
    // Where main looks first for the addon: the prebuilt one needs a newer runtime than this.
    extraResources: binding ? [{ from: binding, to: 'sqlite/better_sqlite3.node' }] : [],
  };
}

/** Path of the app's executable below the folder that electron-builder wrote. */
function executableIn(folder: string) {
  const unpacked = readdirSync(folder).find((name) => /unpacked$|^mac/.test(name)) ?? '';
  const names = ['visitbook', 'Visitbook.exe', 'Visitbook.app/Contents/MacOS/Visitbook'];
  const found = names.map((name) => path.join(folder, unpacked, name)).find(existsSync);
  if (found) return found;
  throw new SetupError('Package the app', `No executable was found in ${folder}.`, 'Read the output above.');
}

const expectedFuses: [FuseV1Options, FuseState][] = [
  [FuseV1Options.RunAsNode, FuseState.DISABLE],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
  [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
  [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
  [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
];

/** What the packager was told and what is in the program may differ; only the second counts. */
async function checkFuses(executable: string) {
  const wire = await getCurrentFuseWire(executable);
  const wrong = expectedFuses
    .filter(([fuse, state]) => wire[fuse] !== state)
    .map(([fuse]) => FuseV1Options[fuse]);
  if (wrong.length === 0) return;
  throw new SetupError('Check the fuses', `Not as declared: ${wrong.join(', ')}`, 'Look at electronFuses.');
}

/** A native library that was not unpacked from the archive fails only when the app runs. */
async function smoke(executable: string, runtime: Runtime) {
  const display = await openDisplay();
  try {
    const { VISITBOOK_SQLITE_BINDING: _, ...env } = electronEnvironment(runtime);
    const { code, stdout, output } = await execute(executable, [...electronArguments(), '--smoke'], {
      cwd: root,
      env: { ...env, ...display.env },
    });
    const answer = stdout.trim().split('\n').at(-1) ?? '';
    if (code === 0 && answer.startsWith('{')) return answer;
    const cause = `It ended with ${code} and said:\n${tail(output)}`;
    throw new SetupError('Start the packaged app', cause, 'See the log in out/smoke-data-*.');
  } finally {
    display.stop();
  }
}

try {
  const runtime = await ensureRuntime();
  await ensureBundle();
  const config = configuration(runtime);
  const output = path.join(root, config.directories?.output ?? 'out/package');
  await build({ projectDir: root, config, targets: Platform.current().createTarget('dir') });
  const executable = executableIn(output);
  await checkFuses(executable);
  say('The fuses of the packaged program are as declared.');
  const answer = await smoke(executable, runtime);
  if (runtime.source !== 'official') {
    writeFileSync(path.join(path.dirname(executable), 'NOT-FOR-RELEASE.txt'), `${warning}\n`);
    say(warning);
  }
  say(`Packaged: ${executable}`);
  process.stdout.write(`${answer}\n`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
