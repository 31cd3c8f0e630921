import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoBook } from '#shared/demo/book.ts';
import { createContext, type DemoLanguage } from '#shared/demo/context.ts';
import { plannedVisits } from '#shared/demo/visits.ts';
import { wordsOf } from '#shared/demo/words/index.ts';
import { isoWeekday } from '#shared/domain/dates.ts';
import { entities } from '#shared/domain/entities/index.ts';
import { demoSeal } from './seal.ts';

const contextOf = (language: DemoLanguage, today: string) =>
  createContext(language, wordsOf(language), today, 'Asia/Shanghai', { seal: demoSeal });
const changesOf = (language: DemoLanguage, today: string) =>
  [...demoBook(contextOf(language, today))].flatMap((chunk) => chunk.changes);

test('the same language and date give the same book', () => {
  const hash = (today: string) =>
    createHash('sha256')
      .update(JSON.stringify(changesOf('zh-CN', today)))
      .digest('hex');
  expect(hash('2026-11-25')).toBe(hash('2026-11-25'));
  expect(hash('2026-11-26')).not.toBe(hash('2026-11-25'));
});

describe('whatever the day', () => {
  // a Saturday, a Sunday, both ends of a year, a leap day, the day after the longest months
  test.each(['2026-11-28', '2026-11-29', '2026-12-31', '2027-01-01', '2028-02-29', '2027-03-01'])(
    '%s',
    (today) => {
      for (const language of ['zh-CN', 'en'] as const) {
        const changes = changesOf(language, today);
        const created = changes.filter((change) => change.op === 'create');
        const bad = created.filter(
          ({ entity, fields }) => !entities[entity].schema.safeParse(fields).success,
        );
        expect(bad).toEqual([]);
        expect(new Set(created.map((change) => change.id)).size).toBe(created.length);
      }
      const plans = [...plannedVisits(contextOf('en', today)).values()];
      expect(plans.filter((plan) => plan.days === 0)).toHaveLength(4);
      const context = contextOf('en', today);
      for (const plan of plans.filter((one) => one.days > 0))
        expect(isoWeekday(context.day(plan.days))).toBeLessThan(6);
    },
  );
});

test('persons and telephones are invented: every number lies in a range that is given to nobody', () => {
  for (const { fields } of changesOf('en', '2026-11-25')) {
    const phones = (fields.phones ?? []) as { number: string }[];
    for (const { number } of phones) expect(number).toMatch(/^(?:13[89]0000\d{4}|021-5550\d{4})$/);
  }
});
