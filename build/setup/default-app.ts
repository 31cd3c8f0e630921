// What an Electron runs that was given the folder of an app as argument. Official builds bring their own; this one
// is put into the stand-in runtime. It waits for the app's main file, because Electron holds back its `ready` event
// until the module that it loaded first has finished: schemes and switches can be set before.
const main = `import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(given ?? '.');
const manifest = createRequire(import.meta.url)(path.join(folder, 'package.json'));
process.defaultApp = true;
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version ?? '0.0.0');
app.setDesktopName?.(manifest.desktopName ?? manifest.name + '.desktop');
app.setAppPath(folder);
try {
  await import(pathToFileURL(path.join(folder, manifest.main ?? 'index.js')).href);
} catch (error) {
  console.error(error);
  app.exit(1);
}
`;

export const defaultApp = {
  'package.json': `${JSON.stringify({ name: 'electron', main: 'main.mjs' })}\n`,
  'main.mjs': main,
};
