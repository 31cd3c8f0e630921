// npm run tour [-- --csv FILE --out DIR]: a user does the main job in the real app with the network off. Leaves numbered
// pictures and the exported files, and fails on anything the page complains of.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeFolder } from '../support/app.ts';
import { darkScreens, demoScreens } from './demo-book.ts';
import { findInFiveWays, firstRun, logByKeyboard, reportAndExports, visitAndNotes } from './own-book.ts';
import { emptyFolder, openStage, type Stage } from './stage.ts';

const root = join(import.meta.dirname, '../..');
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : undefined;
};
const out = resolve(argument('out') ?? join(root, 'out/tour'));
emptyFolder(out);

const csvFile = (): string => {
  const wanted = resolve(argument('csv') ?? join(root, '../shared/data/bank-marketing/bank-full.csv'));
  if (existsSync(wanted)) return wanted;
  process.stdout.write(`[tour] ${wanted} is not there: a small made file takes its place\n`);
  const made = join(out, 'made.csv');
  writeFileSync(
    made,
    `姓名,手机,职业,余额\n${Array.from({ length: 500 }, (_, n) => `客户${n},1380000${String(n).padStart(4, '0')},教师,${n * 1_000}`).join('\n')}\n`,
  );
  return made;
};

const play = async (
  options: Parameters<typeof openStage>[1],
  acts: (stage: Stage) => Promise<void>,
): Promise<void> => {
  const stage = await openStage(out, options);
  try {
    await acts(stage);
  } catch (error) {
    await stage.picture('failed').catch(() => undefined);
    throw error;
  } finally {
    await stage.stop();
    removeFolder(stage.folder);
  }
};

await play({}, async (stage) => {
  await firstRun(stage, csvFile());
  await findInFiveWays(stage);
  await logByKeyboard(stage);
  await visitAndNotes(stage);
  await reportAndExports(stage);
});
await play({}, async (stage) => {
  await demoScreens(stage, '');
  await darkScreens(stage);
});
await play({ language: 'en' }, (stage) => demoScreens(stage, '-en'));
process.stdout.write(`[tour] pictures and files are in ${out}\n`);
