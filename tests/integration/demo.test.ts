import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Input, type Output, type QueryName, registry } from '#shared/contracts/registry.ts';
import { addDays, isoWeekday, plainDate } from '#shared/domain/dates.ts';
import { customerView } from '#shared/domain/filter.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const ZONE = 'Asia/Shanghai';
/** A Wednesday. */
const TODAY = '2026-11-25';
const NOW = '2026-11-25T01:00:00.000Z';
const open = (): TestBook => openTestBook(features, { hooks: [...commitHooks], now: () => new Date(NOW) });
const stateOf = (book: TestBook) => {
  const last = book.events.findLast((event) => event.event === 'job');
  return last?.event === 'job' ? last.job.state : undefined;
};

describe.each(['zh-CN', 'zh-TW', 'en'] as const)('the demo book in %s', (language) => {
  let book: TestBook;
  beforeAll(async () => {
    book = open();
    await book.call('demo.fill', { language, today: TODAY });
    await book.jobs.settled();
  });
  afterAll(() => book.close());

  /** Asks, and checks that the answer is what the contract says. */
  const ask = async <M extends QueryName>(method: M, input: Input<M>): Promise<Output<M>> => {
    const answer = await book.call(method, input);
    const parsed = registry[method].output.safeParse(answer);
    expect(parsed.error?.issues.slice(0, 3), method).toBeUndefined();
    return answer;
  };

  test('has 300 customers of all classes, persons and companies', async () => {
    expect(stateOf(book)).toBe('done');
    const { total, rows } = await ask('customer.list', { limit: 1_000 });
    expect(total).toBe(300);
    for (const one of ['A', 'B', 'C', 'D', null])
      expect(
        rows.some((row) => row.class === one),
        `${one}`,
      ).toBe(true);
    const companies = rows.filter((row) => row.kind === 'company').length;
    expect(companies).toBeGreaterThan(60);
    expect(companies).toBeLessThan(120);
    const complete = rows.map((row) => row.completeness);
    expect([Math.min(...complete) < 40, Math.max(...complete) > 90]).toEqual([true, true]);
    expect(new Set(rows.map((row) => row.contactState)).size).toBeGreaterThanOrEqual(4);
  });

  test('makes every list of Today worth reading', async () => {
    const today = await ask('today.get', { date: TODAY, zone: ZONE, limit: 50 });
    expect(today.visits).toHaveLength(4);
    expect(today.owed.rows[0]?.class).toBe('A');
    expect(today.unreported.total).toBeGreaterThan(0);
    const { calls, owed, risks, promised, tasks, ahead: dates, changed } = today;
    for (const section of [calls, owed, risks, promised, tasks, dates, changed])
      expect(section.total).toBeGreaterThanOrEqual(5);
    // A list of everything is a list of nothing.
    expect(Math.max(owed.total, tasks.total, today.counts.promisesDue)).toBeLessThan(60);
    const { promisesDue, tasksDue } = today.counts;
    expect(Math.min(promisesDue, tasksDue)).toBeGreaterThan(0);
    const ahead = await ask('dates.list', { from: TODAY, to: addDays(TODAY, 30) });
    const kinds = new Set(ahead.events.map((event) => event.kind));
    for (const kind of [
      'birthday',
      'contactBirthday',
      'maturity',
      'facilityExpiry',
      'riskProfileExpiry',
    ] as const)
      expect(kinds, kind).toContain(kind);
    const calendars = ahead.events.flatMap((event) =>
      event.kind === 'birthday' ? event.params.calendar : [],
    );
    expect(new Set(calendars)).toEqual(new Set(['solar', 'lunar']));
    expect(ahead.events.some((event) => event.kind === 'birthday' && event.on === TODAY)).toBe(true);
  });

  test('holds every kind of risk that a manager should know', async () => {
    const { risks } = await ask('today.get', { date: TODAY, zone: ZONE, limit: 500 });
    const kinds = new Set(risks.rows.map((row) => row.risk.kind));
    expect([...kinds].toSorted()).toEqual(
      [
        ...['balanceFalling', 'facilityExpiring', 'keyContactLeft', 'limitNearlyUsed', 'limitUnused'],
        ...['maturityUnattended', 'promiseOverdue', 'singleThread', 'valuationOld'],
      ].toSorted(),
    );
  });

  test('answers the page, the timeline and the brief of everybody as the contract says', async () => {
    const { rows } = await ask('customer.list', { limit: 1_000 });
    for (const { id } of rows) {
      await ask('customer.get', { id });
      await ask('customer.timeline', { id });
    }
    const visits = await ask('visit.list', { limit: 1_000 });
    expect(visits.total).toBeGreaterThan(150);
    for (const { id } of visits.rows) {
      const brief = await ask('visit.brief', { id });
      expect(brief.kit.length).toBeGreaterThan(0);
    }
    const withOpeners = await ask('visit.brief', { id: visits.rows.at(-1)?.id ?? '' });
    expect(withOpeners.openers.length).toBeGreaterThan(0);
  });

  test('has visits in every state, none planned for a weekend, and nothing that happened in the future', async () => {
    const { rows } = await ask('visit.list', { limit: 1_000 });
    const states = new Set(rows.map((row) => row.state));
    expect(states.size).toBe(7);
    for (const visit of rows.filter((row) => row.startsAt > NOW && plainDate(row.startsAt, ZONE) !== TODAY)) {
      expect(isoWeekday(plainDate(visit.startsAt, visit.zone))).toBeLessThan(6);
      expect(['planned', 'confirmed']).toContain(visit.state);
    }
    const contacts = await ask('interaction.list', { limit: 1_000 });
    expect(contacts.total).toBeGreaterThan(1_000);
    expect(contacts.rows[0]?.at && contacts.rows[0].at < NOW).toBe(true);
  });

  test('has reports, notes, promises of both sides in every state, tasks, tags, scripts and views', async () => {
    const reports = await ask('report.list', { limit: 1_000 });
    expect(new Set(reports.rows.map((row) => row.state))).toEqual(new Set(['draft', 'signed']));
    const signed = reports.rows.find((row) => row.state === 'signed');
    const { signature } = await ask('report.get', { id: signed?.id ?? '' });
    expect(signature).toMatch(/^data:image\/png;base64,/);
    expect((await ask('note.list', { limit: 1_000 })).total).toBeGreaterThan(50);
    const { rows: promises } = await ask('promise.list', { limit: 1_000 });
    for (const status of ['open', 'kept', 'keptLate', 'renegotiated']) {
      const found = promises.filter((row) => row.status === status);
      expect(found.length, status).toBeGreaterThan(3);
    }
    expect(new Set(promises.map((row) => row.madeBy))).toEqual(new Set(['me', 'customer']));
    for (const one of promises) expect(one.dueOn === null || one.madeOn <= one.dueOn, one.text).toBe(true);
    expect((await ask('task.list', { statuses: ['open'] })).total).toBeGreaterThan(30);
    expect((await ask('tag.list', {})).tags.every((tag) => tag.count > 0)).toBe(true);
    expect((await ask('script.list', {})).rows.every((script) => script.language === language)).toBe(true);
    const { views } = await ask('savedView.list', { place: 'customers' });
    expect(views.length).toBeGreaterThan(2);
    for (const view of views) {
      const definition = customerView.parse(JSON.parse(view.definition));
      expect((await ask('customer.ids', definition)).ids.length, view.name).toBeGreaterThan(0);
    }
  });

  test('leaves no slot of a sentence open', async () => {
    const dump = JSON.stringify([
      await ask('interaction.list', { limit: 1_000 }),
      await ask('note.list', { limit: 1_000 }),
      await ask('promise.list', { limit: 1_000 }),
      await ask('task.list', { limit: 1_000 }),
      await ask('report.list', { limit: 1_000 }),
      await ask('visit.list', { limit: 1_000 }),
    ]);
    expect(dump.match(/\{[a-z]+\}/g)).toBeNull();
  });

  test('is not filled a second time', async () => {
    await expect(book.call('demo.fill', { language, today: TODAY })).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});

test('a filling that was interrupted is taken up where it stopped, whatever is asked then', async () => {
  const book = open();
  const { jobId } = await book.call('demo.fill', { language: 'zh-CN', today: TODAY });
  await book.call('job.cancel', { id: jobId });
  await book.jobs.settled();
  expect(stateOf(book)).toBe('cancelled');
  await book.call('demo.fill', { language: 'en', today: addDays(TODAY, 1) });
  await book.jobs.settled();
  const { total, rows } = await book.call('customer.list', { limit: 1_000 });
  expect([stateOf(book), total]).toEqual(['done', 300]);
  expect(rows.filter((row) => /[\u4e00-\u9fff]/.test(row.name)).length).toBeGreaterThan(200);
  book.close();
});
