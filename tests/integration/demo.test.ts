import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
let took = 0;
const TODAY = '2026-11-23';

beforeAll(async () => {
  book = openTestBook(features, { hooks: [...commitHooks] });
  const started = performance.now();
  await book.call('demo.fill', { language: 'zh-CN', today: TODAY });
  await book.jobs.settled();
  took = performance.now() - started;
});
afterAll(() => book.close());

test('fills 300 customers in a job', async () => {
  const last = book.events.at(-1);
  expect(last).toMatchObject({ event: 'job', job: { state: 'done', done: 300 } });
  const { total } = await book.call('customer.list', {});
  expect(total).toBe(300);
  console.info('demo book', Math.round(took), 'ms');
});
