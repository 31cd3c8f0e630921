import type { TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Condition, CUSTOMER_COLUMN_NAMES, type Operator, operatorsOf } from '#shared/domain/filter.ts';
import { i18n, LANGUAGES, type Language, startI18n } from '../../app/i18n.ts';
import { conditionWords } from './filter-words.ts';

const tags = new Map([['t1', { name: '代发工资', color: 'teal' }]]);
const words = (condition: Condition): string =>
  conditionWords(condition, { t: i18n.getFixedT(null, 'customers') as TFunction<'customers'>, tags });

beforeAll(() => startI18n('zh-CN'));

describe('conditions in words', () => {
  it.each([
    [{ field: 'class', operator: 'is', value: ['A', 'B'] }, '级别 是 A 或 B'],
    [{ field: 'daysSinceContact', operator: 'atLeast', value: 30 }, '30 天未联系'],
    [{ field: 'daysSinceContact', operator: 'isUnknown' }, '从未联系'],
    [{ field: 'nextMaturityOn', operator: 'withinDays', value: 30 }, '最近到期 在 30 天内'],
    [{ field: 'lastContactAt', operator: 'withinDays', value: 7 }, '上次联系 在最近 7 天'],
    [{ field: 'balance', operator: 'atLeast', value: 50_000_000 }, '余额 至少 ¥50万'],
    [{ field: 'tags', operator: 'hasAny', value: ['t1', 'gone'] }, '标签 有 代发工资 或 已删除的标签'],
    [{ field: 'doNotCall', operator: 'is', value: false }, '不要致电：否'],
    [{ field: 'custom:job', operator: 'contains', value: '教' }, 'job 包含“教”'],
  ] as [Condition, string][])('%j', (condition, expected) => {
    expect(words(condition)).toBe(expected);
  });

  const someValue = (operator: Operator): Condition['value'] =>
    operator === 'isKnown' || operator === 'isUnknown' ? undefined : 3;

  it.each(LANGUAGES)('knows every field and operator in %s', async (language: Language) => {
    await i18n.changeLanguage(language);
    const unknown = [...CUSTOMER_COLUMN_NAMES, 'custom:job'].flatMap((field) =>
      operatorsOf(field)
        .map((operator) => ({ field, operator, value: someValue(operator) }) as Condition)
        .filter((condition) => /words\.|column\./.test(words(condition))),
    );
    expect(unknown).toEqual([]);
    await i18n.changeLanguage('zh-CN');
  });
});
