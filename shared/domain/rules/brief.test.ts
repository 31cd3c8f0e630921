import { describe, expect, test } from 'vitest';
import type { DatedEvent } from '../../contracts/customers.ts';
import english from '../../presentation/locales/en/brief.json' with { type: 'json' };
import { VISIT_MODES } from '../vocabulary.ts';
import {
  conversationOpeners,
  excerptOf,
  kitOf,
  type OpenerFacts,
  QUESTION_FIELDS,
  suggestedQuestions,
} from './brief.ts';
import { completenessOf } from './completeness.ts';

const CUSTOMER = {
  ...{ id: 'c', name: '沈静宜', kind: 'person' as const },
  ...{ hobbies: null, family: null, industry: null, city: null, area: null, occupation: null },
};
const event = (
  kind: DatedEvent['kind'],
  daysAhead: number,
  params: DatedEvent['params'] = {},
): DatedEvent => ({
  ...{ kind, daysAhead, params, on: '2026-03-10', customerId: 'c', customerName: '沈静宜' },
  source: { entity: 'x', id: 'x', label: 'x' },
});
const openers = (facts: Partial<OpenerFacts>) =>
  conversationOpeners({ customer: CUSTOMER, ahead: [], hook: null, lastTopic: null, ...facts }).map(
    (one) => one.key,
  );

describe('openers', () => {
  test('a birthday comes first, then what was left open, then a maturity; three are enough', () => {
    const facts = {
      customer: { ...CUSTOMER, hobbies: '围棋', family: '女儿高考' },
      ahead: [event('maturity', 20, { product: '存单' }), event('birthday', 3), event('festival', 2)],
      hook: { text: '带说明书', id: 'i' },
    };
    expect(openers(facts)).toEqual(['openerBirthday', 'openerHook', 'openerMaturity']);
    expect(conversationOpeners({ lastTopic: null, ...facts })[1]).toMatchObject({
      params: { text: '带说明书' },
      source: { entity: 'interaction', id: 'i' },
    });
  });

  test.each([
    [[event('birthday', 0)], ['openerBirthdayToday']],
    [[event('contactBirthday', 5)], ['openerContactBirthday']],
    [[event('birthday', 30), event('maturity', 60), event('festival', 20)], []],
  ])('dates count only when they are near', (ahead, keys) => {
    expect(openers({ ahead })).toEqual(keys);
  });

  test('the last topic serves when nothing was left open; trade and place when nothing else is known', () => {
    const lastTopic = { text: '聊了续作', id: 'i' };
    expect(openers({ lastTopic })).toEqual(['openerLastTopic']);
    expect(openers({ lastTopic, hook: { text: 'x', id: 'j' } })).toEqual(['openerHook']);
    expect(openers({ customer: { ...CUSTOMER, industry: '物流', city: '上海', hobbies: ' ' } })).toEqual([
      'openerIndustry',
      'openerArea',
    ]);
  });
});

test('every gap a file can have has a question of its own, in words', () => {
  for (const kind of ['person', 'company'] as const) {
    const { gaps } = completenessOf({ kind, class: 'A' }, 0);
    expect(gaps.filter(({ field }) => !(QUESTION_FIELDS as readonly string[]).includes(field))).toEqual([]);
    for (let at = 0; at < gaps.length; at++) {
      const [question] = suggestedQuestions({ ...CUSTOMER, kind }, gaps.slice(at));
      expect(english.questions).toHaveProperty(question?.key ?? 'none');
    }
  }
  expect(suggestedQuestions(CUSTOMER, [{ field: 'shoeSize', group: 'buyer', weight: 1 }])).toMatchObject([
    { key: 'generic', params: { field: 'shoeSize' } },
  ]);
});

test('the kit is the list of the visit, else what its mode wants, all of it in words', () => {
  const own = [{ text: '样品', done: true }];
  expect(kitOf({ mode: 'onSite', preparation: own })).toEqual([{ key: null, text: '样品', done: true }]);
  for (const mode of VISIT_MODES)
    for (const { key } of kitOf({ mode, preparation: [] })) expect(english.kit).toHaveProperty(key ?? 'none');
});

test.each([
  ['## 现状\n- **活期**偏多\n- [x] 查额度\n\n1. 第一', '现状 活期偏多 查额度 第一'],
  ['a'.repeat(300), `${'a'.repeat(159)}…`],
  ['', ''],
])('an excerpt is plain words in one line', (markdown, expected) => {
  expect(excerptOf(markdown)).toBe(expected);
});
