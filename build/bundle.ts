// Step 5: from sources to dist/: the page, and one CommonJS file each for main, preload, the data process and its backups.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { licences } from './licences.ts';
import { SetupError, say, since } from './setup/log.mjs';
import { manifest, root } from './setup/project.mjs';

const dist = path.join(root, 'dist');
const stamp = path.join(dist, 'stamp');
const inputs = ['electron', 'renderer', 'shared', 'package-lock.json', 'package.json', 'build/bundle.ts'];

/** Output name on the left, source on the right. Each is built alone, so that none shares a chunk with another. */
const nodeEntries = {
  main: 'electron/main.ts',
  preload: 'electron/preload.ts',
  data: 'electron/data/data.ts',
  'backup-worker': 'electron/data/database/backup/worker.ts',
};
const pages = ['renderer/index.html', 'renderer/print.html'];

const shared: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  define: { __APP_VERSION__: JSON.stringify(manifest.version) },
};

function nodeSide(name: string, entry: string): InlineConfig {
  const native = ['electron', ...Object.keys(manifest.dependencies)];
  return {
    ...shared,
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: native },
    build: {
      ssr: true,
      target: 'node20',
      outDir: path.join(dist, 'electron'),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { [name]: path.join(root, entry) },
        platform: 'node',
        external: [...native, ...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}

function pageSide(): InlineConfig {
  const html = pages.filter((page) => existsSync(path.join(root, page)));
  return {
    ...shared,
    root: path.join(root, 'renderer'),
    base: '/',
    define: { ...shared.define, __LICENCES__: JSON.stringify(licences()) },
    plugins: [react()],
    build: {
      // The engine is known: Chromium 130 in the stand-in runtime, newer in the declared one.
      target: 'chrome130',
      outDir: path.join(dist, 'renderer'),
      emptyOutDir: true,
      sourcemap: true,
      chunkSizeWarningLimit: 4_000,
      // Under the content security policy, pictures and fonts come as files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // Libraries probe for exports that a dependency may have in one of its builds only.
        onLog(level, log, print) {
          if (log.code !== 'IMPORT_IS_UNDEFINED' || !log.message.includes('node_modules')) print(level, log);
        },
        input: Object.fromEntries(html.map((page) => [path.basename(page, '.html'), path.join(root, page)])),
      },
    },
  };
}

function fingerprint() {
  const hash = createHash('sha256');
  const add = (name: string) =>
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(path.join(root, name)));
  for (const input of inputs.filter((name) => existsSync(path.join(root, name)))) {
    if (path.extname(input)) {
      add(input);
      continue;
    }
    const found = readdirSync(path.join(root, input), { withFileTypes: true, recursive: true });
    const files = found.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name));
    const names = files.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    for (const name of names.sort()) add(name);
  }
  return hash.digest('hex');
}

/** Builds what the app runs from, unless the sources are those of the last build. */
export async function ensureBundle() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  say('Building the app …');
  process.env.NODE_ENV ??= 'production';
  rmSync(stamp, { force: true });
  rmSync(path.join(dist, 'electron'), { recursive: true, force: true });
  const configs = [...Object.entries(nodeEntries).map(([name, entry]) => nodeSide(name, entry)), pageSide()];
  for (const config of configs) {
    await build(config).catch((error) => {
      throw new SetupError('Build the app', error.message, 'Correct the source that is named above.');
    });
  }
  writeFileSync(stamp, wanted);
  say(`App built in ${since(started)}.`);
}
