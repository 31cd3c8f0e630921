import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp, openDemo, type RunningApp, removeFolder } from '../support/app.ts';

let running: RunningApp;
let page: Page;
/** A customer of the demo book, whoever that is. */
let who = '';

const serious = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await launchApp();
  page = running.page;
  await openDemo(page);
  await page.locator('[data-line]').first().waitFor();
  who = await page
    .locator('section', { has: page.getByRole('heading', { name: '该联系' }) })
    .locator('[data-line]')
    .first()
    .innerText();
});

test.afterAll(async () => {
  expect(running.complaints).toEqual([]);
  await running.stop();
  removeFolder(running.folder);
});

test('Today answers its four questions and every line opens its record', async () => {
  for (const title of ['今天的走访', '该联系', '有风险', '我承诺的', '有变化', '未来 30 天']) {
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
  }
  expect(await serious()).toEqual([]);
  const line = page.locator('[data-line]').first();
  const name = await line.innerText();
  await line.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: '访前简报' })).toBeVisible();
  await expect(page.locator('main').getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('Alt+1');
});

test('logs a call from the keyboard and finds it in the timeline', async () => {
  await page.keyboard.press('Control+l');
  const form = page.getByTestId('log-call');
  await expect(form.getByLabel('客户', { exact: true })).toBeFocused();
  await page.keyboard.type(who);
  await expect(page.getByRole('option').first()).toContainText(who);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await form.getByRole('radiogroup', { name: '为什么联系' }).getByRole('radio').first().focus();
  await page.keyboard.press('5');
  await page.keyboard.press('1');
  await page.keyboard.type('谈了女儿九月入学的安排');
  await page.keyboard.press('Tab');
  await page.keyboard.type('发送留学汇款清单');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`已记下与 ${who}`)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(who);
  await page.keyboard.press('Enter');
  await expect(page.getByText('谈了女儿九月入学的安排').first()).toBeVisible();
  await page.getByRole('tab', { name: /承诺/ }).click();
  await expect(page.getByText('发送留学汇款清单')).toBeVisible();
});

test('keeps what is typed in a call when the page is reloaded', async () => {
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+l');
  await page.getByLabel('谈了什么').fill('说到一半');
  await expect(page.getByTestId('log-call').getByText('草稿已保存')).toBeVisible();
  await page.reload();
  await page.getByRole('navigation').first().waitFor();
  await page.keyboard.press('Control+l');
  await expect(page.getByLabel('谈了什么')).toHaveValue('说到一半');
  await page.getByRole('button', { name: '丢弃草稿' }).click();
});

test('edits a fact in place, refuses a wrong one beside the field, and takes a change back', async () => {
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.locator('[role=row][data-active]').getByRole('link')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: '资料' }).click();
  await page.getByRole('button', { name: /^联系间隔/ }).click();
  await page.getByRole('textbox', { name: '联系间隔（天）' }).fill('100000');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/最多/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^别名/ }).click();
  await page.getByRole('textbox', { name: '别名' }).fill('老朋友');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '别名: 老朋友' })).toBeVisible();
  await page.getByRole('button', { name: '撤销' }).first().click();
  await expect(page.getByRole('button', { name: '别名: 老朋友' })).toHaveCount(0);
  expect(await serious()).toEqual([]);
});

test('turns lines of a note into a promise and a task', async () => {
  await page.getByRole('button', { name: '更多' }).first().click();
  await page.getByRole('menuitem', { name: '写会谈笔记' }).click();
  const area = page.getByRole('textbox', { name: '会谈笔记' });
  await area.pressSequentially('## 会谈\n我承诺：周五前给出报价\n- [ ] 查询额度');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('由笔记形成')).toBeVisible();
  await expect(page.getByText(/找到 2 项/)).toBeVisible();
  await expect(area).toBeFocused();
});

test('plans a visit, drafts its report and signs it', async () => {
  await page.keyboard.press('Control+Shift+V');
  const form = page.getByTestId('plan-visit');
  await form.getByLabel('客户', { exact: true }).fill(who);
  await page.getByRole('option').first().click();
  await form.getByLabel('这次要达到什么').fill('确认续存');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: '报告' }).click();
  await page.getByRole('button', { name: '起草报告' }).click();
  const editor = page.getByTestId('report-editor');
  await editor.getByLabel('会谈内容').fill('客户愿意续存一年。');
  await page.getByRole('button', { name: '签署', exact: true }).click();
  await page.getByLabel('签署人').fill('李经理');
  await page.getByRole('button', { name: '签署并锁定' }).click();
  await expect(page.getByText('签署前请补齐：确认理解')).toBeVisible();
  await page.keyboard.press('Escape');
  await editor.getByLabel('确认理解').fill('续存一年，到期前两周联系。');
  await expect(editor.getByText('草稿已保存')).toBeVisible();
  await page.getByRole('button', { name: '签署', exact: true }).click();
  await page.getByLabel('签署人').fill('李经理');
  await page.getByRole('button', { name: '签署并锁定' }).click();
  await expect(page.getByText(/李经理 于/).first()).toBeVisible();
  await expect(page.getByTestId('report-editor')).toHaveCount(0);
});
