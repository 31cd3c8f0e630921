import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../../tests/support/folder.ts';
import { bindingOverride, closeFolder, isRemoteControlled } from './guards.ts';
import { CONTENT_SECURITY_POLICY } from './headers.ts';
import { mayNavigate } from './navigation.ts';
import { isAllowed, isOutward } from './permissions.ts';
import { isTrustedSender } from './sender.ts';
import { waysOut } from './ways-out.ts';

it.each([
  ['https://example.com/a?b=c', 'open'],
  ['HTTPS://example.com', 'open'],
  ['mailto:somebody@example.com', 'ask'],
  ['tel:+8613800000000', 'ask'],
  ['http://example.com', 'never'],
  ['https://bank.example@evil.example/', 'never'],
  ['file:///etc/passwd', 'never'],
  ['smb://host/share', 'never'],
  ['javascript:alert(1)', 'never'],
  ['ms-msdt:/id', 'never'],
  ['\\\\host\\share', 'never'],
  ['', 'never'],
])('%s leaves the app: %s', (url, way) => {
  expect(waysOut(url)).toBe(way);
});

it.each([
  ['app://visitbook/index.html#/today', true, true],
  ['app://visitbook/index.html', false, false],
  ['app://visitbook.evil/index.html', true, false],
  ['https://visitbook/', true, false],
  ['data:text/html,x', true, false],
  ['about:blank', true, false],
])('navigation to %s, main frame %s: %s', (url, isMainFrame, may) => {
  expect(mayNavigate(url, isMainFrame)).toBe(may);
});

it.each([
  'media',
  'geolocation',
  'notifications',
  'midi',
  'clipboard-read',
  'fileSystem',
  'openExternal',
  'x',
])('denies the permission %s even to our own page', (permission) => {
  expect(isAllowed(permission, 'app://visitbook/')).toBe(false);
});

it('lets our own pages copy, and no other', () => {
  expect(isAllowed('clipboard-sanitized-write', 'app://visitbook')).toBe(true);
  expect(isAllowed('clipboard-sanitized-write', 'https://example.com')).toBe(false);
});

it.each([
  ['https://example.com/x', true],
  ['ws://localhost:1', true],
  ['file:///etc/passwd', true],
  ['not a url', true],
  ['app://visitbook/index.html', false],
  ['blob:app://visitbook/1', false],
  ['data:image/png;base64,AA==', false],
])('a request for %s goes outward: %s', (url, outward) => {
  expect(isOutward(url)).toBe(outward);
});

it('allows no network, script or frame in the policy', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
  expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/script-src[^;]*(unsafe|https?:|\*)/);
});

it.each([
  [['visitbook', '--remote-debugging-port=9222'], true],
  [['visitbook', '--remote-debugging-pipe'], true],
  [['visitbook', '--inspect-brk'], true],
  [['visitbook', '--inspect=0.0.0.0:1'], true],
  [['visitbook', '--INSPECT'], true],
  [['visitbook', '--inspect-port=1'], true],
  [['visitbook', '--js-flags=--allow-natives-syntax'], true],
  [['visitbook', '--smoke', '--inspection'], false],
  [['visitbook', '/tmp/--inspect'], false],
])('%j is remote control: %s', (argv, is) => {
  expect(isRemoteControlled(argv)).toBe(is);
});

const frame = (url: string, parent: object | null = null) => ({ senderFrame: { url, parent } }) as never;
it('listens to the main frame of our own pages only', () => {
  expect(isTrustedSender(frame('app://visitbook/index.html#/today'))).toBe(true);
  expect(isTrustedSender(frame('app://visitbook/index.html', {}))).toBe(false);
  expect(isTrustedSender(frame('https://evil.example/app://visitbook/'))).toBe(false);
  expect(isTrustedSender({ senderFrame: null })).toBe(false);
});

it.skipIf(process.platform === 'win32')(
  'makes the data folder and what is written in it the user’s alone',
  () => {
    const before = process.umask();
    try {
      const folder = join(testFolder(), 'data');
      mkdirSync(folder, { mode: 0o755 });
      closeFolder(folder);
      writeFileSync(join(folder, 'x'), '');
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, 'x')).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  },
);

it('takes a library from the environment outside of packages only', () => {
  const resources = testFolder();
  const environment = { VISITBOOK_SQLITE_BINDING: '/somewhere/x.node' };
  expect(bindingOverride(undefined, environment)).toBe('/somewhere/x.node');
  expect(bindingOverride(resources, environment)).toBeUndefined();
  mkdirSync(join(resources, 'sqlite'));
  writeFileSync(join(resources, 'sqlite', 'better_sqlite3.node'), '');
  expect(bindingOverride(resources, environment)).toBe(join(resources, 'sqlite', 'better_sqlite3.node'));
});
