// What an Electron runs that was given the folder of an app as argument. Official builds bring their own; this one
// is put into the stand-in runtime. It has to work in that runtime's CommonJS.
const main = `'use strict';
const { app } = require('electron');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(given ?? '.');
const manifest = require(path.join(folder, 'package.json'));
process.defaultApp = true;
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version ?? '0.0.0');
app.setDesktopName?.(manifest.desktopName ?? manifest.name + '.desktop');
app.setAppPath(folder);
import(pathToFileURL(path.join(folder, manifest.main ?? 'index.js')).href).catch((error) => {
  console.error(error);
  app.exit(1);
});
`;

export const defaultApp = {
  'package.json': `${JSON.stringify({ name: 'electron', main: 'main.cjs' })}\n`,
  'main.cjs': main,
};
