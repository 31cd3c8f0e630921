import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Stage } from './stage.ts';

const PASSPHRASE = '明月松间照 2026';
const LONG = { timeout: 240_000 };

const goTo = async (page: Page, keys: string): Promise<void> => {
  await page.keyboard.press(keys);
};

/** First run: a guarded book, its recovery code, and a CSV imported into it. */
export const firstRun = async (stage: Stage, csv: string): Promise<void> => {
  const { page } = stage;
  await page.getByRole('button', { name: '建立我的客户簿' }).waitFor();
  await stage.picture('first-run');
  await page.getByRole('button', { name: '建立我的客户簿' }).click();
  await page.getByLabel('口令', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('再输入一次').fill(PASSPHRASE);
  await stage.picture('passphrase');
  await page.keyboard.press('Enter');
  await page.getByTestId('recovery-code').waitFor({ timeout: 30_000 });
  await stage.picture('recovery-code');
  await page.getByLabel('我已经妥善保存了恢复码').check();
  await page.getByRole('button', { name: '打开客户簿' }).click();

  stage.chooseNext(csv);
  await page.getByRole('button', { name: '选择文件' }).click();
  await page.getByRole('button', { name: '试运行' }).waitFor(LONG);
  await stage.picture('import-mapping');
  await page.getByRole('button', { name: '试运行' }).click();
  const run = page.getByTestId('import-run');
  await expect(run).toHaveAttribute('data-phase', 'tried', LONG);
  await stage.picture('import-tried');
  const begun = performance.now();
  await page.getByRole('button', { name: /^导入 / }).click();
  await expect(run).toHaveAttribute('data-phase', 'done', LONG);
  stage.say(`${basename(csv)} imported in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  await stage.picture('import-done');
  await page.getByRole('button', { name: '查看客户' }).click();
  await expect(page.getByRole('grid')).toBeFocused();
  await stage.picture('customers-imported');
};

const NAME = '欧阳静怡';

/** A customer of one's own, found in five ways. */
export const findInFiveWays = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  await page.keyboard.press('Control+Shift+N');
  const form = page.getByTestId('new-customer');
  await form.getByLabel('名称').fill(NAME);
  await form.getByLabel('电话').fill('13800138867');
  await form.getByLabel('工作单位').fill('云栖设计事务所');
  await stage.picture('new-customer');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: '资料' }).waitFor();
  for (const [way, text] of [
    ['name', '欧阳'],
    ['pinyin', 'ouyangjingyi'],
    ['initials', 'oyjy'],
    ['phone', '8867'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByPlaceholder('姓名、拼音')).toBeFocused();
    await page.keyboard.type(text);
    await expect(page.getByRole('option').first()).toContainText(NAME);
    if (way === 'pinyin') await stage.picture('search-by-pinyin');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await goTo(page, 'Alt+2');
  await page.getByPlaceholder('姓名、客户号、电话').fill('静怡');
  await expect(page.getByTestId('customer-total')).toHaveText('1 位');
  await page.getByPlaceholder('姓名、客户号、电话').fill('');
  stage.say('found by name, pinyin, initials, phone tail and filter');
};

/** Logs a call by keyboard alone and says what it took. */
export const logByKeyboard = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  const begun = performance.now();
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const type = async (text: string): Promise<void> => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  await press('Control+l');
  const form = page.getByTestId('log-call');
  await expect(form.getByLabel('客户', { exact: true })).toBeFocused();
  await type('oyjy');
  await expect(page.getByRole('option').first()).toContainText(NAME);
  await press('Enter');
  await press('Tab');
  await press('Tab');
  await press('5');
  await press('1');
  await type('想给孩子准备留学金，问了美元定期。');
  await press('Tab');
  await type('发美元存款利率表');
  await stage.picture('log-call');
  await press('Control+Enter');
  await expect(page.getByText(`已记下与 ${NAME}`)).toBeVisible();
  stage.say(
    `call logged with ${keys} keys in ${((performance.now() - begun) / 1_000).toFixed(1)} s, the picture included`,
  );
};

/** Plans a visit, prints its brief, writes notes, keeps a promise. */
export const visitAndNotes = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  await page.keyboard.press('Control+Shift+V');
  const plan = page.getByTestId('plan-visit');
  await plan.getByLabel('客户', { exact: true }).fill('oyjy');
  await expect(page.getByRole('option').first()).toContainText(NAME);
  await page.keyboard.press('Enter');
  await plan.getByLabel('这次要达到什么').fill('了解留学计划，介绍美元定期');
  await stage.picture('plan-visit');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: '访前简报' }).click();
  await page.getByTestId('brief').waitFor();
  await stage.picture('brief');
  const brief = stage.file('brief.pdf');
  stage.chooseNext(brief);
  await page.getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText('简报已保存')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: '笔记' }).click();
  await page.getByRole('button', { name: '写会谈笔记' }).click();
  const area = page.getByRole('textbox', { name: '会谈笔记' });
  await area.pressSequentially(
    '## 留学金\n女儿明年九月去墨尔本，学费约四十万。\n我承诺：周五前给出美元定期方案\n下一步：查询购汇额度',
  );
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('由笔记形成')).toBeVisible();
  await stage.picture('notes');
  await page.getByRole('link', { name: NAME }).click();
  await page.getByRole('tab', { name: /承诺/ }).click();
  await stage.picture('promises');
  await page.getByRole('button', { name: '已兑现' }).first().click();
  await expect(page.getByText('承诺已兑现')).toBeVisible();
};

/** Drafts, completes and signs a report, and exports it in three forms. */
export const reportAndExports = async (stage: Stage): Promise<void> => {
  const { page } = stage;
  await page.getByRole('tab', { name: '走访' }).click();
  await page.getByRole('cell').getByRole('link').first().click();
  await page.getByRole('tab', { name: '报告' }).click();
  await page.getByRole('button', { name: '起草报告' }).click();
  const editor = page.getByTestId('report-editor');
  await editor.getByLabel('会谈内容').fill('客户计划明年九月送女儿留学，学费约四十万元，希望稳妥。');
  await editor.getByLabel('确认理解').fill('客户需要在明年六月前备好美元，愿意分三次购汇。');
  await expect(editor.getByText('草稿已保存')).toBeVisible();
  await stage.picture('report-draft');
  await page.getByRole('button', { name: '签署', exact: true }).click();
  await page.getByLabel('签署人').fill('客户经理');
  await stage.picture('sign');
  await page.getByRole('button', { name: '签署并锁定' }).click();
  await expect(page.getByRole('button', { name: '签署', exact: true })).toHaveCount(0);
  await stage.picture('report-signed');
  for (const [format, file] of [
    ['PDF', 'report.pdf'],
    ['Excel', 'report.xlsx'],
    ['CSV', 'report.csv'],
  ] as const) {
    stage.chooseNext(stage.file(file));
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(format, { exact: true }).click();
    await dialog.getByRole('button', { name: '选择位置并导出' }).click();
    await expect(dialog.getByRole('button', { name: '在文件夹中显示' })).toBeVisible({ timeout: 60_000 });
    if (format === 'PDF') await stage.picture('exported');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    if (!existsSync(stage.file(file)) || statSync(stage.file(file)).size === 0)
      throw new Error(`${file} was not written`);
  }
  stage.say('report signed and exported as PDF, XLSX and CSV');
};
