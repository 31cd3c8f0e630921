import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../tests/support/folder.ts';
import { contentTypeOf, fileOfUrl, isAppUrl } from './app-url.ts';

/** A root with a page, and secrets beside it that a link in it leads to. */
const site = (): { root: string } => {
  const folder = testFolder();
  const root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, 'folder.html'));
  writeFileSync(join(root, 'index.html'), 'page');
  writeFileSync(join(root, 'assets', 'a b.js'), 'script');
  writeFileSync(join(root, 'notes.db'), 'not served');
  writeFileSync(join(folder, 'secret.json'), 'secret');
  mkdirSync(join(folder, 'renderer-twin'));
  writeFileSync(join(folder, 'renderer-twin', 'x.js'), 'secret');
  symlinkSync(join(folder, 'secret.json'), join(root, 'link.json'));
  symlinkSync(folder, join(root, 'up'));
  return { root };
};

it.each([
  ['app://visitbook/', 'index.html'],
  ['app://visitbook/index.html?x=1#/today', 'index.html'],
  ['app://visitbook//assets/a%20b.js', 'assets/a b.js'],
])('serves %s', (url, file) => {
  const { root } = site();
  expect(fileOfUrl(root, url)).toBe(join(root, file));
});

it.each([
  'app://visitbook/../secret.json',
  'app://visitbook/assets/../../secret.json',
  'app://visitbook/%2e%2e/secret.json',
  'app://visitbook/%2E%2E%2Fsecret.json',
  'app://visitbook/..%2fsecret.json',
  'app://visitbook/%252e%252e%252fsecret.json',
  'app://visitbook/..%5csecret.json',
  'app://visitbook/..\\secret.json',
  'app://visitbook/../renderer-twin/x.js',
  'app://visitbook/index.html%00.js',
  'app://visitbook/%00',
  'app://visitbook/C:/secret.json',
  'app://visitbook/%E0%A4%A',
  'app://visitbook/link.json',
  'app://visitbook/up/secret.json',
  'app://visitbook/folder.html',
  'app://visitbook/notes.db',
  'app://visitbook/missing.js',
  'app://visitbook/assets',
  'app://other/index.html',
  'app://visitbook.evil/index.html',
  'app://user@visitbook/index.html',
  'app://visitbook:80/index.html',
  'file:///etc/hosts.json',
  'nonsense',
])('answers nothing for %s', (url) => {
  expect(fileOfUrl(site().root, url)).toBeNull();
});

it('tells our pages by parsed scheme and host, not by how a URL begins', () => {
  expect(isAppUrl('app://visitbook/print.html')).toBe(true);
  expect(isAppUrl('app://visitbook@evil.example/')).toBe(false);
  expect(isAppUrl('https://evil.example/#app://visitbook/')).toBe(false);
  expect(isAppUrl('APP://visitbook/')).toBe(true);
});

it('serves known kinds only', () => {
  expect(contentTypeOf('x.JS')).toMatch('text/javascript');
  expect(contentTypeOf('x.exe')).toBeUndefined();
  expect(contentTypeOf('x.js.map')).toBeUndefined();
});
