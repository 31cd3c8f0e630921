// npm start: sets up what is missing, opens the app and says where its things are. With --smoke the app shows its
// first screen, prints one line of JSON and ends.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBundle } from '../bundle.ts';
import { launch } from '../launch.ts';
import { hasVirtualDisplay } from '../setup/display.ts';
import { explain } from '../setup/log.mjs';
import { root } from '../setup/project.mjs';
import { ensureRuntime } from '../setup/setup.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);
const args = process.argv.slice(2);
const smoke = args.includes('--smoke');
const screenshot = path.join(root, 'out/start.png');

/** What the app prints when its first screen can be used. */
interface Ready {
  dataFolder: string;
  logFile: string;
  screenshot?: string;
}

function report({ dataFolder, logFile, screenshot }: Ready) {
  say('');
  say('Visitbook is open.');
  say(`  Data folder: ${dataFolder}`);
  say(`  Log file:    ${logFile}`);
  if (screenshot) say(`  Screenshot:  ${screenshot}`);
  say('Press Ctrl+C here, or close the window, to end it.');
}

let patience: NodeJS.Timeout | undefined;

/** Not every way in tells that it is usable; silence must not look like a failure. */
function beginPatience() {
  patience = setTimeout(() => {
    say('The app is running but has not said yet that its first screen can be used. Its log tells more.');
  }, 30_000);
  patience.unref();
}

function onLine(line: string) {
  const ready = /^VISITBOOK_READY (\{.*\})$/.exec(line)?.[1];
  if (!ready || smoke) return say(line);
  clearTimeout(patience);
  report(JSON.parse(ready));
}

async function main() {
  const runtime = await ensureRuntime();
  await ensureBundle();
  if (runtime.source === 'fallback' && !smoke) {
    say(
      `Runs on the stand-in Electron ${runtime.version}. Where the release host can be reached: npm run setup`,
    );
  }
  mkdirSync(path.dirname(screenshot), { recursive: true });
  rmSync(screenshot, { force: true });
  const picture = hasVirtualDisplay() && !smoke;
  if (picture)
    say('There is no display here: the window opens on a virtual one, and a picture of it is saved.');
  if (!smoke) beginPatience();
  return launch(runtime, { args, env: picture ? { VISITBOOK_SCREENSHOT: screenshot } : {}, onLine });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
