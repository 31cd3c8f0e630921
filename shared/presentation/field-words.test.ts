import { describe, expect, it } from 'vitest';
import { entities } from '../domain/entities/index.ts';
import { fieldKind, isDefault } from './field-kinds.ts';
import { type FieldFormat, fieldKey, fieldName, fieldValueWords } from './field-words.ts';
import { wordsOf } from './words.ts';

const word = wordsOf('zh-CN');
const format: FieldFormat = {
  word,
  date: (value) => `[${value}]`,
  instant: (value) => `<${value}>`,
  number: String,
  money: (minor) => `¥${minor / 100}`,
  tag: (id) => (id === 'gone' ? null : `#${id}`),
};

const shown = Object.entries(entities)
  .filter(([entity]) => entity !== 'fieldConflict')
  .flatMap(([entity, { schema }]) =>
    Object.keys(schema.shape)
      .filter((field) => fieldKind(entity, field) !== null)
      .map((field) => [entity, field] as const),
  );

describe('names of fields', () => {
  it.each(shown)('%s.%s has a name', (entity, field) => {
    expect(fieldKey(entity, field)).not.toBeNull();
  });

  it('shows a field of a newer peer as it is called', () => {
    expect(fieldName('customer', 'futureField', format)).toBe('futureField');
    expect(fieldName('constructor', 'toString', format)).toBe('toString');
  });

  it.each(shown)('every choice of %s.%s has words', (entity, field) => {
    const kind = fieldKind(entity, field);
    if (kind?.kind !== 'choice' && kind?.kind !== 'choices') return;
    if (
      ['tag.color', 'script.language', 'savedView.place', 'user.role', 'assignment.role'].includes(
        `${entity}.${field}`,
      )
    )
      return;
    for (const value of kind.values)
      expect(word(`vocabulary:${kind.words}.${value}`), `${kind.words}.${value}`).not.toBe(
        kind.words === 'class' ? null : value,
      );
  });
});

it.each([
  ['customer', 'status', 'active', true],
  ['customer', 'status', 'closed', false],
  ['customer', 'tags', [], true],
  ['customer', 'kind', 'person', false],
  ['customer', 'futureField', null, false],
])('knows what nobody typed: %s.%s', (entity, field, value, expected) => {
  expect(isDefault(entity, field, value)).toBe(expected);
});

describe('values of fields', () => {
  it.each([
    ['customer', 'class', 'A', 'A'],
    ['promise', 'status', 'keptLate', '迟兑现'],
    ['customer', 'doNotCall', true, '是'],
    ['customer', 'incomeMinor', 1_234_500, '¥12345'],
    ['promise', 'dueOn', '2026-11-23', '[2026-11-23]'],
    ['visit', 'startsAt', '2026-11-23T01:00:00.000Z', '<2026-11-23T01:00:00.000Z>'],
    [
      'customer',
      'phones',
      [
        { number: '138', label: '手机' },
        { number: '139', label: '' },
      ],
      '138 手机、139',
    ],
    ['customer', 'tags', ['vip', 'gone'], '#vip'],
    ['customer', 'bestWeekdays', [1, 5], '周一、周五'],
    ['visit', 'preparation', [{ text: '带合同', done: true }], '☑ 带合同'],
    ['holding', 'rateBp', 275, '2.75 %'],
    ['customer', 'custom', { 来源: '柜面' }, '来源：柜面'],
    ['note', 'deleted', true, '已删除'],
    ['customer', 'class', 'Z', 'Z'],
    ['customer', 'about', null, ''],
    ['visit', 'customerId', 'x', ''],
  ])('%s.%s', (entity, field, value, expected) => {
    expect(fieldValueWords(entity, field, value, format)).toBe(expected);
  });
});
