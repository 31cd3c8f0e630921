import type { Page } from '@playwright/test';
import { launchApp } from '../support/app.ts';
import { catchPorts, portsGiven } from '../support/data-port.ts';
import { quantile, report, say } from './report.ts';

const ROUNDS = 200;
const QUERIES = [
  '王',
  '张伟',
  '李建国',
  '的',
  '定期',
  '到期后',
  '聊了近况',
  '理财 张',
  '张 定期',
  'a',
  '1',
  'zw',
  'zhangwei',
  'zhang wei',
  'wang',
  'w',
  'customer 70',
  'zw 138',
  '5678',
  '13812345678',
  '0000123',
  '上海 贸易',
  'shanghai',
  '近况',
  '打算',
  '王 近况',
  'li',
  'ljg',
  '138',
  '没有这个人',
];

/** Asks the data process over a port from within the page, one question after the other; answers milliseconds each. */
const timeInPage = (page: Page, questions: { method: string; input: unknown }[]): Promise<number[]> =>
  page.evaluate(async (asked) => {
    const port = window.testPorts?.at(-1);
    if (!port) throw new Error('no port was caught');
    port.start();
    const times: number[] = [];
    for (const [index, question] of asked.entries()) {
      const id = 2_000_000 + index;
      const begun = performance.now();
      await new Promise<void>((resolve, reject) => {
        const listen = (event: MessageEvent): void => {
          if (event.data?.id !== id) return;
          port.removeEventListener('message', listen);
          if (event.data.ok) resolve();
          else reject(new Error(`${question.method}: ${event.data.error.code}`));
        };
        port.addEventListener('message', listen);
        port.postMessage({ id, ...question });
      });
      times.push(performance.now() - begun);
    }
    return times;
  }, questions);

const pick = <T>(values: readonly T[], index: number): T => values[(index * 7_919) % values.length] as T;

/** What the page waits for at full size: a page of the table, a customer, a search; each beside an echo. */
export const measureScreens = async (folder: string): Promise<void> => {
  say('open the filled book');
  const { page, stop } = await launchApp({ folder });
  await page.locator('[data-line]').first().waitFor({ timeout: 120_000 });
  await catchPorts(page);
  await page.evaluate(() => window.visitbook.connect({}));
  await portsGiven(page, 1);
  const ids = await page.evaluate(async () => {
    const port = window.testPorts?.at(-1);
    if (!port) throw new Error('no port was caught');
    return new Promise<string[]>((resolve) => {
      port.addEventListener(
        'message',
        (event) => event.data?.id === 1_999_999 && resolve(event.data.value.ids),
        { once: false },
      );
      port.start();
      port.postMessage({ id: 1_999_999, method: 'customer.ids', input: {} });
    });
  });
  const many = <T>(make: (index: number) => T): T[] =>
    Array.from({ length: ROUNDS }, (_, index) => make(index));
  const echo = await timeInPage(
    page,
    many((index) => ({ method: 'app.echo', input: { value: index } })),
  );
  const pages = await timeInPage(
    page,
    many((index) => ({
      method: 'customer.list',
      input: {
        offset: Math.floor((index / ROUNDS) * (ids.length - 100)),
        limit: 100,
        sort: [{ column: 'name' }],
      },
    })),
  );
  const files = await timeInPage(
    page,
    many((index) => ({ method: 'customer.get', input: { id: pick(ids, index) } })),
  );
  const found = await timeInPage(
    page,
    QUERIES.concat(QUERIES, QUERIES).map((text) => ({ method: 'search.query', input: { text, limit: 30 } })),
  );
  const n = ids.length;
  for (const [name, times] of [
    ['customers page', pages],
    ['customer page', files],
    ['search', found],
  ] as const) {
    for (const share of [0.5, 0.95]) {
      report({
        name: `${name}, p${share * 100}, ${n} customers`,
        value: quantile(times, share),
        unit: 'ms',
        against: 'echo call',
        baseline: quantile(echo, share),
        n: times.length,
        ...(share === 0.95 && { aim: '≤ 16 ms' }),
      });
    }
  }
  await stop();
};
