import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';
import { ask, catchPorts, portsGiven } from '../support/data-port.ts';

const PASSPHRASE = 'correct horse battery';
const CANARY = 'Kanarienvogel王小明4711';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const dataPid = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ app: electron }) => {
    const found = electron.getAppMetrics().find((one) => one.name === 'visitbook-data');
    if (!found) throw new Error('no data process');
    return found.pid;
  });

/** Runs a script in the page by way of main, because Playwright's page object does not outlive a crash. */
const inPage = (app: ElectronApplication, script: string): Promise<unknown> =>
  app.evaluate(({ BrowserWindow }, text) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // a script that is given to a crashed page never answers
    const late = new Promise((resolve) => setTimeout(() => resolve('no answer'), 1_000));
    return contents?.isCrashed() ? 'crashed' : Promise.race([contents?.executeJavaScript(text), late]);
  }, script);

const tagNamed = (name: string) => ({ id: randomUUID(), fields: { name } });
const started: RunningApp[] = [];
const start = async (options: Parameters<typeof launchApp>[0] = {}): Promise<RunningApp> => {
  const running = await launchApp(options);
  started.push(running);
  return running;
};
test.afterEach(async () => {
  for (const running of started.splice(0)) {
    await running.stop().catch(() => undefined);
    removeFolder(running.folder);
  }
});

test('a reload gets a new port, and the former one is dead', async () => {
  const { page } = await start();
  await page.evaluate(() => window.visitbook.createBook({ demo: true, passphrase: null }));
  await catchPorts(page);
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 1);
  expect(await ask(page, 'app.echo', { value: 1 })).toMatchObject({ ok: true, value: { value: 1 } });
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 2);
  expect(await ask(page, 'app.echo', { value: 2 }, { port: 1 })).toMatchObject({ ok: true });
  expect(await ask(page, 'app.echo', { value: 3 }, { port: 0, withinMs: 1_500 })).toBeNull();
  await page.reload();
  await catchPorts(page);
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 1);
  expect(await ask(page, 'app.echo', { value: 4 })).toMatchObject({ ok: true });
});

test('a killed data process comes back, and a retried command applies once', async () => {
  const { app, page } = await start();
  await openDemo(page);
  await catchPorts(page);
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 1);
  const before = await dataPid(app);
  const answered = tagNamed('answered before');
  const commandId = randomUUID();
  expect(await ask(page, 'tag.create', answered, { commandId })).toMatchObject({ ok: true });

  const unanswered = tagNamed('cut off');
  const cutOff = randomUUID();
  const lost = ask(page, 'tag.create', unanswered, { commandId: cutOff, withinMs: 3_000 });
  process.kill(before, 'SIGKILL');
  await lost;
  await portsGiven(page, 2);
  expect(await dataPid(app)).not.toBe(before);

  for (let time = 0; time < 2; time += 1) {
    expect(await ask(page, 'tag.create', answered, { commandId })).toMatchObject({ ok: true });
    expect(await ask(page, 'tag.create', unanswered, { commandId: cutOff })).toMatchObject({ ok: true });
  }
  // the same record under another command id shows that both are there, once
  for (const input of [answered, unanswered])
    expect(await ask(page, 'tag.create', input, { commandId: randomUUID() })).toMatchObject({ ok: false });
});

test('the page stays as it is while the data process is started again', async () => {
  const { app, page } = await start({ language: 'en' });
  await openDemo(page);
  await page.evaluate(() => {
    const states: string[] = [];
    window.visitbook.onEvent((event) => {
      if (event.event === 'bookStatus') states.push(event.status.state);
    });
    Object.assign(window, { states });
  });
  const before = await dataPid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => dataPid(app).catch(() => before)).not.toBe(before);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { states: string[] }).states))
    .toContain('open');
  expect(await page.evaluate(() => (window as unknown as { states: string[] }).states)).not.toContain(
    'opening',
  );
});

test('a crashed page is loaded again, and one that keeps crashing says so', async () => {
  const { app } = await start({ language: 'en' });
  const crash = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  const isBack = 'window.mark === undefined && typeof window.visitbook === "object"';
  for (let time = 0; time < 3; time += 1) {
    await inPage(app, 'window.mark = 1');
    await crash();
    await expect.poll(() => inPage(app, isBack)).toBe(true);
  }
  await crash();
  await expect
    .poll(() => inPage(app, 'document.querySelector("[role=alert]")?.textContent ?? ""'))
    .toContain('What was saved is safe');
  await inPage(app, 'document.querySelector("a").click()');
  await expect.poll(() => inPage(app, 'location.pathname')).toBe('/index.html');
});

test('nothing typed can be read in any file, and files are the user’s alone', async () => {
  const running = await start({ language: 'en' });
  const { page, app, folder } = running;
  const made = await page.evaluate(
    (passphrase) => window.visitbook.createBook({ demo: false, passphrase }),
    PASSPHRASE,
  );
  if (!made.ok || !made.value.recoveryCode) throw new Error('no book was made');
  const code = made.value.recoveryCode;
  await catchPorts(page);
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 1);
  await ask(page, 'tag.create', tagNamed(CANARY), { commandId: randomUUID() });
  await ask(page, 'draft.put', { key: 'canary', value: { text: CANARY } }, { commandId: randomUUID() });
  await page.evaluate((text) => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    input.value = text;
  }, CANARY);
  await page.keyboard.type(CANARY);
  await expect(page.locator('input').last()).toHaveValue(new RegExp(CANARY));

  const secrets = [CANARY, PASSPHRASE, code, code.replaceAll('-', '')];
  const readable = (): string[] =>
    filesBelow(folder).filter((file) => {
      const bytes = readFileSync(file);
      return secrets.some(
        (secret) => bytes.includes(secret, 0, 'utf8') || bytes.includes(secret, 0, 'utf16le'),
      );
    });
  expect(readable()).toEqual([]);
  const data = join(folder, 'data');
  const open = (
    await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid))
  ).flatMap((pid) => ['cmdline', 'environ'].map((name) => `/proc/${pid}/${name}`));
  if (process.platform === 'linux') {
    for (const file of open)
      for (const secret of secrets) expect(readFileSync(file).includes(secret)).toBe(false);
    const loose = [data, ...filesBelow(data)].filter((file) => (lstatSync(file).mode & 0o077) !== 0);
    expect(loose).toEqual([]);
  }
  await app.close();
  expect(readable()).toEqual([]);
  expect(readdirSync(join(data, 'books', 'main')).filter((name) => name.endsWith('-wal'))).toEqual([]);
});

test('an unprotected demo’s key is in no argument, environment or log', async () => {
  const { page, app, folder } = await start();
  await page.evaluate(() => window.visitbook.createBook({ demo: true, passphrase: null }));
  const keys = JSON.parse(readFileSync(join(folder, 'data', 'books', 'demo', 'keys.json'), 'utf8'));
  const key = Buffer.from(keys.none.key, 'base64');
  const forms = [key.toString('base64'), key.toString('hex')];
  const pids = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));
  const places = filesBelow(join(folder, 'data')).filter((file) => !file.includes('keys.json'));
  if (process.platform === 'linux')
    places.push(...pids.flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]));
  for (const place of places)
    for (const form of forms) expect(readFileSync(place).includes(form)).toBe(false);
});

test('a forgotten passphrase is replaced by way of the recovery code', async () => {
  const first = await start({ language: 'en' });
  const made = await first.page.evaluate(
    (passphrase) => window.visitbook.createBook({ demo: false, passphrase }),
    PASSPHRASE,
  );
  const code = made.ok ? (made.value.recoveryCode ?? '') : '';
  await first.stop();
  const second = await start({ folder: first.folder, language: 'en' });
  const { page } = second;
  await expect
    .poll(() => page.evaluate(() => window.visitbook.bookStatus({})))
    .toMatchObject({ value: { state: 'locked', protection: 'passphrase' } });
  const unlock = (input: { passphrase?: string; recoveryCode?: string }) =>
    page.evaluate((given) => window.visitbook.unlock(given), input);
  expect(await unlock({ passphrase: '' })).toMatchObject({ error: { code: 'wrong_passphrase' } });
  expect(await unlock({ recoveryCode: '00000-00000' })).toMatchObject({
    error: { code: 'wrong_recovery_code' },
  });
  expect(await unlock({ recoveryCode: code })).toMatchObject({ ok: true });
  const changed = await page.evaluate(() =>
    window.visitbook.changePassphrase({ current: null, next: 'another long one' }),
  );
  expect(changed).toMatchObject({ ok: true });
  await second.stop();
  const third = await start({ folder: first.folder, language: 'en' });
  const again = (input: { passphrase?: string; recoveryCode?: string }) =>
    third.page.evaluate((given) => window.visitbook.unlock(given), input);
  expect(await again({ passphrase: PASSPHRASE })).toMatchObject({ error: { code: 'wrong_passphrase' } });
  expect(await again({ recoveryCode: code })).toMatchObject({ error: { code: 'wrong_recovery_code' } });
  expect(await again({ passphrase: 'another long one' })).toMatchObject({ ok: true });
});
