import { describe, expect, test } from 'vitest';
import { readEmails, readIdNumber, readPhones } from './contacts.ts';
import { orderOf, readDay, readMoment, readMonth } from './dates.ts';
import { campaignTargets, targetOfHeader } from './headers.ts';
import { kindOf } from './kinds.ts';
import { guessTargets } from './mapping.ts';
import { readMoney, readNumber, saysNothing } from './numbers.ts';
import { holdingKindOf, readChoice, readFlag } from './words.ts';

test.each(['', ' ', '-', 'N/A', 'unknown', '未知', '不詳', 'NULL'])('%j says nothing', (text) => {
  expect(saysNothing(text)).toBe(true);
});
test.each(['0', 'no', '无', 'x'])('%j says something', (text) => expect(saysNothing(text)).toBe(false));

test.each([
  ['1234', 1234],
  ['1,234.56', 1234.56],
  ['1.234,56', 1234.56],
  ['1 234,5', 1234.5],
  ['1,5', 1.5],
  ['1,234', 1234],
  ['１２３', 123],
  ['-12', -12],
  ['(12)', -12],
  ['12%', 12],
  ['1.5亿', 150_000_000],
  ['.5', 0.5],
  ['1,23,4', null],
  ['12a', null],
  ['=1+1', null],
  ['', null],
  ['0', 0],
  ['-0', 0],
])('number %j', (text, value) => expect(readNumber(text)).toBe(value));

test.each([
  ['¥12万', 'CNY', 12_000_000],
  ['1.5亿', 'CNY', 15_000_000_000],
  ['1.234,56', 'EUR', 123_456],
  ['$1,234.5', 'USD', 123_450],
  ['1,234', 'JPY', 1_234],
  ['0.285', 'CNY', 29],
  ['-2143', 'EUR', -214_300],
  ['人民币 300 元', 'CNY', 30_000],
  ['99999999999999999999', 'CNY', null],
  ['twelve', 'CNY', null],
])('money %j in %s', (text, currency, value) => expect(readMoney(text, currency)).toBe(value));

test.each([
  ['2026-01-05', 'ymd', '2026-01-05', null],
  ['2026/1/5 14:30', 'ymd', '2026-01-05', '14:30'],
  ['2026年1月5日', 'mdy', '2026-01-05', null],
  ['20260105', 'ymd', '2026-01-05', null],
  ['2026-01-05T08:00:00.000Z', 'ymd', '2026-01-05', '08:00'],
  ['05.01.2026', 'ymd', '2026-01-05', null],
  ['05/01/2026', 'dmy', '2026-01-05', null],
  ['01/05/2026', 'mdy', '2026-01-05', null],
  ['25/01/2026', 'mdy', '2026-01-25', null],
  ['1/5/58', 'mdy', '1958-01-05', null],
  ['5 Jan 2026', 'ymd', '2026-01-05', null],
  ['January 5, 2026', 'ymd', '2026-01-05', null],
  ['5-Jan-26 2:05 pm', 'ymd', '2026-01-05', '14:05'],
] as const)('date %j (%s)', (text, order, date, time) => {
  expect(readMoment(text, order)).toEqual({ date, time });
});
test.each(['2026-02-30', '03/04/2026', '13/13/2026', 'soon', '1990年5月', '45678'])(
  '%j is no date',
  (text) => {
    expect(readMoment(text, 'ymd')).toBeNull();
  },
);
test('a spreadsheet counts days, where a column is known to hold dates', () => {
  expect(readMoment('46027', 'ymd', true)).toEqual({ date: '2026-01-05', time: null });
});
test('days and months', () => {
  expect(['may', 'May', '5', '05', '5月', '五月', 'sept'].map(readMonth)).toEqual([5, 5, 5, 5, 5, 5, 9]);
  expect(['13', '0', 'x', 'mayor of town'].map(readMonth)).toEqual([null, null, null, null]);
  expect(['5', '5th', '31日', '32', 'x'].map(readDay)).toEqual([5, 5, 31, null, null]);
});
test('the order of dates is read off those that tell', () => {
  expect(orderOf(['01/02/2026', '25/02/2026'])).toBe('dmy');
  expect(orderOf(['01/02/2026', '02/25/2026'])).toBe('mdy');
  expect(orderOf(['01/02/2026'])).toBeNull();
});

test.each([
  ['138 0000 0001', ['138 0000 0001']],
  ['021-5888 8888 转 12', ['021-5888 8888 转 12']],
  ['13800000001/13900000002', ['13800000001', '13900000002']],
  ['+49 (0)30 1234', ['+49 (0)30 1234']],
  ['1.38E+10', null],
  ['不是电话', null],
  ['1234', null],
])('phones %j', (text, list) => expect(readPhones(text)).toEqual(list));
test('e-mails', () => {
  expect(readEmails('a@b.cn; c@d.org')).toEqual(['a@b.cn', 'c@d.org']);
  expect(readEmails('a@b')).toBeNull();
});
test('of a document number only its tail and what it says is kept', () => {
  expect(readIdNumber('310101198003051234')).toEqual({
    tail: '1234',
    birthDate: '1980-03-05',
    gender: 'male',
  });
  expect(readIdNumber('31010119801305122X')).toEqual({ tail: '122X', birthDate: null, gender: null });
  expect(readIdNumber('E 1234-5678')).toEqual({ tail: '5678', birthDate: null, gender: null });
  expect(readIdNumber('12')).toBeNull();
});

test('yes and no', () => {
  expect(['是', 'Yes', 'Y', '1', '有'].map(readFlag)).toEqual([true, true, true, true, true]);
  expect(['否', 'no', 'N', '0', '无'].map(readFlag)).toEqual([false, false, false, false, false]);
  expect(['maybe', '2', ''].map(readFlag)).toEqual([null, null, null]);
});
test.each([
  ['gender', ['female', 'male', 'other'], '女士', 'female'],
  ['education', ['secondary', 'bachelor'], 'tertiary', 'bachelor'],
  ['maritalStatus', ['single', 'married'], '未婚', 'single'],
  ['class', ['A', 'B'], 'a', 'A'],
  ['channel', ['phone'], 'cellular', 'phone'],
  ['outcome', ['agreed', 'notInterested'], 'yes', 'agreed'],
  ['class', ['A', 'B'], 'gold', null],
])('choice of %s', (name, values, text, value) => expect(readChoice(name, values, text)).toBe(value));
test('a label of ours is understood', () => {
  expect(readChoice('lifeStage', ['retired'], '退休', new Map([['退休', 'retired']]))).toBe('retired');
});
test('products tell their kind', () => {
  expect(['定期存款三年', '易方达基金', '现金', 'gold bar'].map(holdingKindOf)).toEqual([
    'termDeposit',
    'fund',
    'current',
    'preciousMetal',
  ]);
});

describe('columns', () => {
  test.each([
    ['姓名', 'customer.name'],
    ['客户 姓名', 'customer.name'],
    ['手機號碼', 'customer.phones'],
    ['余额（元）', 'holding.balanceMinor'],
    ['Date of Birth', 'customer.birthDate'],
    ['身份证号', 'customer.idTail'],
    ['E-mail', 'customer.emails'],
    ['到期日', 'holding.maturesOn'],
    ['favourite colour', null],
  ])('%s', (name, target) => expect(targetOfHeader(name)).toBe(target));

  test.each([
    [['2026-01-05', '2025-12-31'], 'date'],
    [['13800000001', '139 0000 0002'], 'phone'],
    [['a@b.cn', ''], 'email'],
    [['是', '否', '未知'], 'flag'],
    [['1', '0', '1'], 'number'],
    [['¥12', '3,000.00'], 'money'],
    [['1.5', '-3'], 'number'],
    [['', ' '], 'empty'],
    [['single', 'married', 'single', 'single', 'married', 'married', 'single', 'single'], 'choice'],
    [['Ann', 'Bob', 'Cid'], 'text'],
  ])('values %j are of kind %s', (values, kind) => expect(kindOf(values)).toBe(kind));

  test('no target is taken twice but phones and e-mails', () => {
    const column = (name: string, kind: 'text' | 'phone' | 'empty' = 'text') => ({ name, kind, samples: [] });
    expect(
      guessTargets([
        column('姓名'),
        column('名称'),
        column('电话'),
        column('x', 'phone'),
        column('y', 'empty'),
      ]),
    ).toEqual(['customer.name', 'custom:名称', 'customer.phones', 'customer.phones', 'skip']);
  });

  test('the columns of a bank campaign are known together', () => {
    const names =
      'age job marital education default balance housing loan contact day month duration campaign pdays previous poutcome y';
    expect(campaignTargets(names.split(' '))?.filter((target) => !target.startsWith('custom:'))).toHaveLength(
      10,
    );
    expect(campaignTargets(['age', 'job'])).toBeNull();
  });
});
