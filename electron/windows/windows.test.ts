import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shellContract } from '#shared/contracts/shell.ts';
import { fitBounds } from './bounds.ts';
import { brokenPage } from './broken-page.ts';
import { webPreferences } from './web-preferences.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 800 };

describe('where a window opens', () => {
  it.each([
    ['at first', undefined, [screen], { width: 1440, height: 900 }],
    [
      'where it was',
      { x: 10, y: 20, width: 1200, height: 800 },
      [screen],
      { x: 10, y: 20, width: 1200, height: 800 },
    ],
    [
      'on the second screen',
      { x: 1930, y: 5, width: 1100, height: 750 },
      [screen, right],
      { x: 1930, y: 5, width: 1100, height: 750 },
    ],
    [
      'when that screen is gone',
      { x: 1930, y: 5, width: 1100, height: 750 },
      [screen],
      { width: 1100, height: 750 },
    ],
    [
      'when its title bar is above the screen',
      { x: 0, y: -600, width: 1100, height: 750 },
      [screen],
      { width: 1100, height: 750 },
    ],
    [
      'on a smaller screen',
      { x: 0, y: 0, width: 3000, height: 2000 },
      [right, screen],
      { x: 0, y: 0, width: 1920, height: 1080 },
    ],
    [
      'never smaller than can be worked with',
      { x: 0, y: 0, width: 10, height: 10 },
      [screen],
      { width: 1024, height: 700 },
    ],
    ['without any screen', undefined, [], { width: 1440, height: 900 }],
  ])('%s', (_when, saved, screens, expected) => {
    expect(fitBounds(saved, screens)).toEqual(expected);
  });
});

describe('what a page is given', () => {
  const given = webPreferences({ preload: 'preload.cjs', development: false, throttled: true });
  it('is a sandbox without Node', () => {
    expect(given).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
    });
  });
  it('is the names of the contract’s methods, and of no others', () => {
    const [argument = ''] = given.additionalArguments ?? [];
    expect(argument).toMatch(/^--visitbook-methods=(shell\.\w+,)*shell\.\w+$/);
    expect(argument.split(',')).toHaveLength(Object.keys(shellContract).length);
  });
  it('has no developer tools in a release', () => {
    expect(given.devTools).toBe(false);
    expect(webPreferences({ preload: '', development: true, throttled: true }).devTools).toBe(true);
  });
});

it('makes windows in one place only', () => {
  const root = join(import.meta.dirname, '..');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const makers = sources.filter((name) =>
    /new (BrowserWindow|WebContentsView|BrowserView)\b/.test(readFileSync(join(root, name), 'utf8')),
  );
  expect(makers).toEqual([join('windows', 'factory.ts')]);
});

it('shows a broken page without script, and texts as texts', () => {
  const html = brokenPage({ title: 'a<b', text: '<script>alert(1)</script>', again: 'again' });
  expect(html).not.toContain('<script');
  expect(html).toContain('a&#60;b');
  expect(html).toContain('href="app://visitbook/index.html"');
});
