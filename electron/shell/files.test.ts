import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../tests/support/folder.ts';
import { createAppState } from './app-state.ts';
import { createBookFolders } from './book-folders.ts';
import { createFileTokens } from './file-tokens.ts';
import { createLog, describeError, redact } from './log.ts';
import { countPages, writeWhole } from './pdf-file.ts';

const DAY_MS = 86_400_000;

describe('removed demo books', () => {
  const setUp = () => {
    const userData = testFolder();
    let now = 1_000 * DAY_MS;
    const folders = createBookFolders(userData, () => now);
    const demo = (content: string): void => {
      mkdirSync(folders.of('demo'), { recursive: true });
      writeFileSync(join(folders.of('demo'), 'book.db'), content);
    };
    const later = (days: number): void => {
      now += days * DAY_MS;
    };
    const removed = () => readdirSync(join(userData, 'removed'));
    return { folders, demo, later, removed };
  };
  it('come back newest first', () => {
    const { folders, demo, later } = setUp();
    for (const content of ['older', 'newer']) {
      demo(content);
      folders.removeDemo();
      later(1);
    }
    expect(folders.restoreDemo()).toBe(true);
    expect(readFileSync(join(folders.of('demo'), 'book.db'), 'utf8')).toBe('newer');
  });
  it('are deleted after 30 days and not before', () => {
    const { folders, demo, later, removed } = setUp();
    demo('old');
    folders.removeDemo();
    later(29);
    demo('young');
    folders.removeDemo();
    folders.purgeRemoved();
    expect(removed()).toHaveLength(2);
    later(2);
    folders.purgeRemoved();
    expect(removed()).toHaveLength(1);
  });
});

describe('the state of the program', () => {
  it('is remembered, and a damaged file counts as none', () => {
    const folder = testFolder();
    createAppState(folder).set({ activeBook: 'demo', theme: 'dark' });
    expect(createAppState(folder).get()).toMatchObject({
      activeBook: 'demo',
      theme: 'dark',
      language: 'system',
    });
    writeFileSync(join(folder, 'state.json'), '{"activeBook":"../../etc"}');
    expect(createAppState(folder).get()).toMatchObject({ activeBook: null, theme: 'system' });
  });
});

describe('tokens of files', () => {
  it('are long, new each time, and name a file to main only', () => {
    const tokens = createFileTokens();
    const { file, name } = tokens.add('/somewhere/客户.csv');
    expect(name).toBe('客户.csv');
    expect(file).toMatch(/^[\w-]{43}$/);
    expect(tokens.add('/somewhere/客户.csv').file).not.toBe(file);
    expect(tokens.resolve(file).path).toBe('/somewhere/客户.csv');
    expect(() => tokens.resolve('x')).toThrow('file_token_unknown');
  });
});

describe('the log', () => {
  it.each([
    ['call 13800138000 now', '13800138000'],
    ['card 6222021234567890', '6222021234567890'],
    ['mail ada@bank.example failed', 'ada@'],
    ['客户王小明不存在', '王小明'],
    ['cannot read "Ada Lovelace"', 'Ada'],
    ['open /home/ada/book.db', 'ada'],
    ['open C:\\Users\\ada\\book.db', 'ada'],
    ['id 019a3f5e-7c11-7b2a-9c55-0a1b2c3d4e5f', '0a1b2c3d4e5f'],
  ])('%s does not show %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
  });
  it('names errors without their messages', () => {
    const error = Object.assign(new TypeError('no such column: 王小明'), { code: 'SQLITE_ERROR' });
    const text = describeError(error);
    expect(text).toMatch(/^TypeError SQLITE_ERROR \| at /);
    expect(text).not.toContain('王小明');
    expect(text).not.toContain('no such column');
    expect(describeError('王小明')).toBe('string');
  });
  it('turns over before it grows large, keeps one former file, and repeats nothing', () => {
    const folder = testFolder();
    const file = join(folder, 'logs', 'visitbook.log');
    const log = createLog(file);
    log('the same');
    log('the same');
    expect(readFileSync(file, 'utf8').match(/the same/g)).toHaveLength(1);
    writeFileSync(file, 'x'.repeat(3 * 1024 * 1024));
    log('another');
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['visitbook.log', 'visitbook.log.1']);
    expect(statSync(file).size).toBeLessThan(100);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('a PDF file', () => {
  it('is written whole or not at all', async () => {
    const folder = testFolder();
    const file = join(folder, 'report.pdf');
    await writeWhole(file, Buffer.from('first'));
    await writeWhole(file, Buffer.from('second'));
    expect(readFileSync(file, 'utf8')).toBe('second');
    await expect(writeWhole(join(folder, 'none', 'x.pdf'), Buffer.from(''))).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    mkdirSync(join(folder, 'taken.pdf', 'x'), { recursive: true });
    await expect(writeWhole(join(folder, 'taken.pdf'), Buffer.from(''))).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    expect(readdirSync(folder).sort()).toEqual(['report.pdf', 'taken.pdf']);
  });
  it('has its pages counted, and not its lists of pages', () => {
    expect(countPages(Buffer.from('/Type /Pages /Type /Page\n/Type /Page>>'))).toBe(2);
  });
});
