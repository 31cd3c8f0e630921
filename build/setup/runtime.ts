// The result of the setup: which Electron runs the app here, and how. Start, tests, tour and benchmarks read it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './log.mjs';
import { root } from './project.mjs';

export { electronArguments } from './sandbox.ts';

export interface Runtime {
  /** Path of the executable. */
  electron: string;
  version: string;
  chrome: string;
  node: string;
  /** environment: VISITBOOK_ELECTRON; official: as package.json declares; fallback: the stand-in of the npm registry. */
  source: 'environment' | 'official' | 'fallback';
  /** Compiled SQLite addon, or null where the prebuilt one serves. */
  nativeBinding: string | null;
  sqlite: string;
}

const file = path.join(root, 'out/runtime.json');

export function storedRuntime(): Runtime | null {
  try {
    const runtime: Runtime = JSON.parse(readFileSync(file, 'utf8'));
    const complete = [runtime.electron, runtime.nativeBinding ?? runtime.electron].every((name) =>
      existsSync(name),
    );
    return complete ? runtime : null;
  } catch {
    return null;
  }
}

export function storeRuntime(runtime: Runtime) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`);
}

export function readRuntime(): Runtime {
  const runtime = storedRuntime();
  if (runtime) return runtime;
  throw new SetupError('Find the runtime', 'It has not been set up, or is gone.', 'Run: npm run setup');
}

/** Environment of the app; main hands the addon's path to the data process. */
export function electronEnvironment(runtime: Runtime): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(ELECTRON_RUN_AS_NODE|NODE_OPTIONS|npm_)/.test(entry[0]),
  );
  const env: Record<string, string> = Object.fromEntries(inherited);
  if (runtime.nativeBinding) env.VISITBOOK_SQLITE_BINDING = runtime.nativeBinding;
  else delete env.VISITBOOK_SQLITE_BINDING;
  return env;
}
