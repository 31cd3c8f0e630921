import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { electronArguments, electronEnvironment, readRuntime } from '../../build/setup/runtime.ts';
import { launchApp, openDemo, removeFolder } from '../support/app.ts';
import { median, report, say } from './report.ts';

const RUNS = 5;
const SETTLE_MS = 3_000;

/** The least an Electron app can be: a sandboxed window with one line in it. */
const bareApp = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'visitbook-bare-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"bare","main":"main.js"}');
  writeFileSync(join(folder, 'page.html'), '<!doctype html><title>bare</title><p id="ready">ready</p>');
  writeFileSync(
    join(folder, 'main.js'),
    "const {app,BrowserWindow}=require('electron');app.setPath('userData',__dirname+'/data');app.whenReady().then(()=>{new BrowserWindow({width:1440,height:900,webPreferences:{sandbox:true}}).loadFile(__dirname+'/page.html')});app.on('window-all-closed',()=>app.quit());",
  );
  return folder;
};

const memoryOf = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    (electron) =>
      electron.app.getAppMetrics().reduce((sum, one) => sum + one.memory.workingSetSize, 0) / 1_024,
  );

const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** Start to the first usable screen, and memory at idle, each beside a bare window on the same runtime. */
export const measureStart = async (): Promise<void> => {
  const runtime = readRuntime();
  const bare = bareApp();
  const first = await launchApp();
  await openDemo(first.page);
  await first.page.locator('[data-line]').first().waitFor();
  await first.stop();
  const times: Record<'bare' | 'app', number[]> = { bare: [], app: [] };
  const memory: Record<'bare' | 'app', number[]> = { bare: [], app: [] };
  for (let run = 0; run < RUNS; run++) {
    say(`start ${run + 1} of ${RUNS}`);
    let begun = performance.now();
    const window = await _electron.launch({
      executablePath: runtime.electron,
      args: [...electronArguments(), bare],
      env: electronEnvironment(runtime),
    });
    await (await window.firstWindow()).locator('#ready').waitFor();
    times.bare.push(performance.now() - begun);
    await settle();
    memory.bare.push(await memoryOf(window));
    await window.close();

    begun = performance.now();
    const app = await _electron.launch({
      executablePath: runtime.electron,
      args: [...electronArguments(), join(import.meta.dirname, '../..')],
      env: { ...electronEnvironment(runtime), VISITBOOK_USER_DATA: join(first.folder, 'data') },
    });
    await (await app.firstWindow()).locator('[data-line]').first().waitFor();
    times.app.push(performance.now() - begun);
    await settle();
    memory.app.push(await memoryOf(app));
    await app.close();
  }
  report({
    name: 'start to first usable screen',
    value: median(times.app),
    unit: 'ms',
    against: 'bare window',
    baseline: median(times.bare),
    n: RUNS,
    aim: '≤ 1.5 x',
  });
  report({
    name: 'working set at idle',
    value: median(memory.app),
    unit: 'MB',
    against: 'bare window',
    baseline: median(memory.bare),
    n: RUNS,
    aim: '≤ 1.6 x',
  });
  removeFolder(first.folder);
  removeFolder(bare);
};
