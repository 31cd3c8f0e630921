import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const home = mkdtempSync(path.join(os.tmpdir(), 'visitbook-cache-'));
const folder = path.join(home, 'visitbook');
let cached: typeof import('./cache.ts').cached;

beforeAll(async () => {
  vi.stubEnv('XDG_CACHE_HOME', home);
  vi.resetModules();
  ({ cached } = await import('./cache.ts'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

const write = (text: string) => (target: string) => writeFile(path.join(target, 'file'), text);

describe('the cache of the setup', () => {
  it('makes a folder once', async () => {
    expect(await cached('once', write('first'))).toBe(path.join(folder, 'once'));
    await cached('once', write('second'));
    expect(readFileSync(path.join(folder, 'once/file'), 'utf8')).toBe('first');
  });

  it('keeps nothing of what failed', async () => {
    const half = async (target: string) => {
      await write('half')(target);
      throw new Error('cut off');
    };
    await expect(cached('failed', half)).rejects.toThrow('cut off');
    expect(readdirSync(folder)).toEqual(['once']);
  });

  it('lets two clones make the same folder at once', async () => {
    const made = await Promise.all([cached('both', write('a')), cached('both', write('a'))]);
    expect(new Set(made).size).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['both', 'once']);
  });

  it('removes what a killed run left behind a day ago', async () => {
    await mkdir(path.join(folder, 'making-old'));
    await mkdir(path.join(folder, 'making-new'));
    const old = Date.now() / 1000 - 90_000;
    utimesSync(path.join(folder, 'making-old'), old, old);
    await cached('more', write('a'));
    expect(readdirSync(folder).sort()).toEqual(['both', 'making-new', 'more', 'once']);
  });
});
