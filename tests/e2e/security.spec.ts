import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { root } from '../../build/setup/project.mjs';
import { electronArguments, electronEnvironment, readRuntime } from '../../build/setup/runtime.ts';
import { launchApp, type RunningApp, removeFolder } from '../support/app.ts';

let running: RunningApp;
test.beforeAll(async () => {
  running = await launchApp();
});
test.afterAll(async () => {
  await running.stop();
  removeFolder(running.folder);
});

/** What app:// answers to a URL, asked from main, so that no page's rules stand before it. */
const answerOf = (url: string) =>
  running.app.evaluate(async ({ net }, asked) => {
    const response = await net.fetch(asked);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: await response.text(),
    };
  }, url);

test('windows are isolated, sandboxed and without Node', async () => {
  const given = await running.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as Electron.WebContents & {
        getLastWebPreferences(): Electron.WebPreferences;
      };
      return contents.getLastWebPreferences();
    }),
  );
  expect(given).toHaveLength(1);
  expect(given[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
  });
});

test('the page finds nothing of Node or Electron', async () => {
  const found = await running.page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      '__dirname',
      'electron',
      'ipcRenderer',
      'setImmediate',
    ].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

test('preload exposes these functions and nothing else', async () => {
  const exposed = await running.page.evaluate(() =>
    Object.entries(window.visitbook).map(([name, value]) => `${name}: ${typeof value}`),
  );
  expect(exposed.sort()).toEqual(
    [
      'bookStatus',
      'cancelPrint',
      'changePassphrase',
      'chooseOpen',
      'chooseSave',
      'chooseSeveral',
      'connect',
      'createBook',
      'info',
      'onEvent',
      'openDataFolder',
      'openExternal',
      'printBrief',
      'printList',
      'printReady',
      'printReports',
      'ready',
      'removeDemo',
      'restoreBackup',
      'restoreDemo',
      'retryOpen',
      'setLanguage',
      'setTheme',
      'showFile',
      'unlock',
    ].map((name) => `${name}: function`),
  );
});

test('listening to events hands the page nothing but a way to stop', async () => {
  const answer = await running.page.evaluate(() => {
    const stop = window.visitbook.onEvent(() => undefined);
    return [typeof stop, typeof (stop as () => unknown)()];
  });
  expect(answer).toEqual(['function', 'undefined']);
});

test('the bridge cannot be changed by the page', async () => {
  const changed = await running.page.evaluate(() => {
    const before = window.visitbook.info;
    try {
      Object.assign(window.visitbook, { info: () => 'mine' });
    } catch {
      // frozen
    }
    try {
      Object.assign(window, { visitbook: {} });
    } catch {
      // not writable
    }
    return window.visitbook.info !== before;
  });
  expect(changed).toBe(false);
});

test('every answer of app:// carries the policy and its companions', async () => {
  for (const url of ['app://visitbook/index.html', 'app://visitbook/missing.js', 'app://visitbook/broken']) {
    const { headers } = await answerOf(url);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  }
});

test('app:// answers 404 to whatever lies outside of the pages', async () => {
  const pages = join(root, 'dist', 'renderer');
  const link = join(pages, 'link-of-a-test.json');
  rmSync(link, { force: true });
  symlinkSync(join(root, 'package.json'), link);
  try {
    for (const path of [
      '../../package.json',
      '%2e%2e/%2e%2e/package.json',
      '..%2f..%2fpackage.json',
      '%252e%252e%252f%252e%252e%252fpackage.json',
      '..%5c..%5cpackage.json',
      'index.html%00',
      'index.html%00.js',
      '%00',
      'link-of-a-test.json',
      'assets',
      'missing.html',
    ])
      expect([path, (await answerOf(`app://visitbook/${path}`)).status]).toEqual([path, 404]);
    expect((await answerOf('app://visitbook/index.html')).status).toBe(200);
    expect((await answerOf('app://elsewhere/index.html')).status).toBe(404);
  } finally {
    rmSync(link, { force: true });
  }
});

test('the policy holds: no foreign or inline script, no eval, no network, no frame', async () => {
  const violated = await running.page.evaluate(async () => {
    const directives = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => directives.add(event.effectiveDirective));
    const add = (tag: string, attributes: Record<string, string>) => {
      const element = Object.assign(document.createElement(tag), attributes);
      document.body.append(element);
      return element;
    };
    const ran: string[] = [];
    Object.assign(window, { ran });
    const added = [
      add('script', { textContent: 'window.ran.push("inline")' }),
      add('script', { src: 'data:text/javascript,window.ran.push("data")' }),
      add('script', { src: 'https://example.invalid/x.js' }),
      add('img', { src: 'https://example.invalid/x.png' }),
      add('iframe', { src: 'https://example.invalid/' }),
      add('iframe', { src: 'app://visitbook/index.html' }),
      add('object', { data: 'https://example.invalid/x' }),
      add('base', { href: 'https://example.invalid/' }),
    ];
    // later, because what the test tool itself calls may evaluate texts
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: shown to be forbidden
          globalThis.eval('window.ran.push("eval")');
        } catch {
          resolve();
        }
      }, 0),
    );
    await fetch('https://example.invalid/').catch(() => undefined);
    try {
      new WebSocket('wss://example.invalid/');
    } catch {
      // forbidden
    }
    navigator.sendBeacon?.('https://example.invalid/', 'x');
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const element of added) element.remove();
    return { directives: [...directives].sort(), ran };
  });
  expect(violated.ran).toEqual([]);
  for (const directive of [
    'script-src-elem',
    'script-src',
    'img-src',
    'frame-src',
    'connect-src',
    'object-src',
    'base-uri',
  ])
    expect(violated.directives).toContain(directive);
});

test('no request reaches a network, even where no policy asks', async () => {
  const outcome = await running.app.evaluate(async ({ net }) => {
    const results = [];
    for (const url of ['https://example.com/', 'http://127.0.0.1:9/'])
      results.push(
        await net.fetch(url).then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      );
    return results;
  });
  for (const one of outcome) expect(one).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('the page stays where it is, and opens no window', async () => {
  const { page, app } = running;
  const here = page.url();
  for (const target of [
    'https://example.invalid/',
    'http://visitbook/',
    'app://visitbook.example/',
    'file:///etc/hostname',
    'data:text/html,x',
    'javascript:document.title="taken"',
  ]) {
    await page.evaluate((url) => {
      window.location.href = url;
    }, target);
    await page.evaluate((url) => {
      for (const target of ['_self', '_blank', '_top']) {
        const link = Object.assign(document.createElement('a'), { href: url, target });
        document.body.append(link);
        link.click();
        link.remove();
      }
    }, target);
    expect(await page.evaluate((url) => window.open(url) === null, target)).toBe(true);
  }
  await page.waitForTimeout(300);
  expect(page.url()).toBe(here);
  expect(await page.title()).not.toBe('taken');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await page.evaluate(() => window.open('app://visitbook/index.html') === null)).toBe(true);
});

test('permissions are denied, asked or not', async () => {
  const answers = await running.page.evaluate(async () => {
    const ask = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const media = await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .then(() => 'granted')
      .catch((error: Error) => error.name);
    const place = await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    );
    const read = await navigator.clipboard
      .readText()
      .then(() => 'granted')
      .catch(() => 'denied');
    return {
      states: await Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(ask),
      ),
      notification: await Notification.requestPermission(),
      media,
      place,
      read,
    };
  });
  expect(new Set(answers.states)).toEqual(new Set(['denied']));
  expect(answers).toMatchObject({ notification: 'denied', place: 'denied', read: 'denied' });
  expect(answers.media).toMatch(/NotAllowedError|NotFoundError/);
});

test('links leave the app by https, by mail and telephone after asking, and no other way', async () => {
  const { app, page } = running;
  await app.evaluate(({ shell, dialog }) => {
    const seen: string[] = [];
    const answers = [1, 0];
    shell.openExternal = async (url) => {
      seen.push(url);
    };
    dialog.showMessageBox = async () => {
      seen.push('asked');
      return { response: answers.shift() ?? 1, checkboxChecked: false };
    };
    Object.assign(globalThis, { seen });
  });
  const open = (url: string) =>
    page.evaluate(async (wanted) => {
      const answer = await window.visitbook.openExternal({ url: wanted });
      return answer.ok && answer.value.opened;
    }, url);
  expect(await open('https://example.com/')).toBe(true);
  expect(await open('mailto:ada@example.com')).toBe(false);
  expect(await open('tel:+861010086')).toBe(true);
  for (const url of [
    'http://example.com/',
    'file:///etc/passwd',
    'https://a@b.example/',
    'javascript:1',
    'x',
  ])
    expect(await open(url)).toBe(false);
  const seen = await app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(seen).toEqual(['https://example.com/', 'asked', 'asked', 'tel:+861010086']);
});

test('odd arguments get a typed error and never reach a handler', async () => {
  const outcome = await running.page.evaluate(async () => {
    const bridge = window.visitbook as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    const hostile = [
      undefined,
      null,
      7,
      'x',
      [],
      { extra: 1 },
      { url: {} },
      { demo: 'yes' },
      { name: '../x' },
      () => 1,
    ];
    const bad: string[] = [];
    for (const [name, call] of Object.entries(bridge)) {
      if (name === 'onEvent') continue;
      for (const input of hostile) {
        const answer = (await call(input).catch(() => ({ ok: 'not sent' }))) as {
          ok: unknown;
          error?: { code: string };
        };
        const typed =
          answer.ok === 'not sent' || (answer.ok === false && answer.error?.code === 'invalid_input');
        if (!typed) bad.push(`${name} ${JSON.stringify(input)} ${JSON.stringify(answer)}`);
      }
    }
    return bad;
  });
  expect(outcome).toEqual([]);
});

test('a token that nobody gave out opens no file', async () => {
  const answer = await running.page.evaluate(() => window.visitbook.showFile({ file: 'A'.repeat(43) }));
  expect(answer).toEqual({ ok: false, error: { code: 'file_token_unknown' } });
});

test('what was downloaded by a page is not kept', async () => {
  await running.page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(new Blob(['x'])),
      download: 'canary-download.txt',
    });
    link.click();
  });
  await running.page.waitForTimeout(300);
  const folder = await running.app.evaluate(({ app }) => app.getPath('downloads'));
  const there = readdirSync(join(running.folder, 'data'));
  expect(there).not.toContain('canary-download.txt');
  expect(() => readFileSync(join(folder, 'canary-download.txt'))).toThrow();
});

test('a second start with the same data folder ends and shows the first', async () => {
  const runtime = readRuntime();
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const second = await promisify(execFile)(runtime.electron, [...electronArguments(), root], {
    env: { ...electronEnvironment(runtime), VISITBOOK_USER_DATA: join(running.folder, 'data') },
    timeout: 20_000,
  });
  expect(second.stderr).toContain('already open');
  await expect
    .poll(() =>
      running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((one) => one.isMinimized()),
      ),
    )
    .toEqual([false]);
});

test('a window dialog of a test is heeded once', async () => {
  const file = join(running.folder, 'some.csv');
  mkdirSync(running.folder, { recursive: true });
  writeFileSync(file, 'a,b\n');
  running.chooseNext(`${file}\n\n`);
  const choose = () => running.page.evaluate(() => window.visitbook.chooseOpen({ purpose: 'importCsv' }));
  expect(await choose()).toMatchObject({ ok: true, value: { name: 'some.csv', bytes: 4 } });
  expect(await choose()).toEqual({ ok: true, value: null });
});
