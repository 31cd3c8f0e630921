import { describe, expect, it, test } from 'vitest';
import { duplicateReasons, type Likeness } from './duplicates.ts';
import { normaliseName, spellingOf } from './names.ts';
import { digitsOf, normalisePhone } from './phone.ts';

test.each([
  ['上海华信贸易有限公司', '上海市华信贸易公司'],
  ['Acme Co., Ltd.', 'ACME COMPANY LIMITED'],
  ['深圳明德电子股份有限公司', '深圳明德电子'],
  ['Société Générale SA', 'Societe Generale'],
])('the companies %s and %s have one name', (a, b) => {
  expect(normaliseName(a, 'company')).toBe(normaliseName(b, 'company'));
});

test.each([
  ['王 芳', '王芳'],
  ['JOHN  SMITH', 'John Smith'],
  ['Zoë', 'zoe'],
])('the persons %s and %s have one name', (a, b) => {
  expect(normaliseName(a, 'person')).toBe(normaliseName(b, 'person'));
});

it('keeps a name that is nothing but a legal form', () => {
  expect(normaliseName('集团公司', 'company')).toBe('集团公司');
});

test.each([
  ['单小明', 'shan xiao ming', 'sxm'],
  ['吕布', 'lv bu', 'lb'],
  ['John Smith', 'john smith', 'js'],
  ['华信ABC', 'hua xin abc', 'hxa'],
])('%s is spelled %s', (name, full, initials) => {
  expect(spellingOf(name)).toEqual({ full, initials });
});

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['+86-138-0013-8000', '+8613800138000'],
  ['１３８００１３８０００', '+8613800138000'],
  ['+852 2345 6789', '+85223456789'],
  ['0755-8123 1234', '+8675581231234'],
  ['0755-81231234转123', '+8675581231234'],
  ['12345', '12345'],
  ['n/a', null],
])('the number %s becomes %s', (typed, expected) => {
  expect(normalisePhone(typed)).toBe(expected);
});

it('takes the digits of any script', () => {
  expect(digitsOf('(０２１) 12-34')).toBe('0211234');
});

describe('duplicateReasons', () => {
  const base: Likeness = {
    kind: 'person',
    name: '王芳',
    sound: 'wang fang',
    phones: [],
    idTail: null,
    employer: null,
    customerNo: null,
  };
  const company = { ...base, kind: 'company', name: '上海华信国际贸易', sound: 'x' } as const;
  test.each<[string, Likeness, Likeness, string[]]>([
    ['another name', base, { ...base, name: '李娜', sound: 'li na' }, []],
    ['same name', base, base, ['name']],
    ['same sound alone', base, { ...base, name: '汪芳' }, []],
    [
      'same sound and id tail',
      { ...base, idTail: '1234' },
      { ...base, name: '汪芳', idTail: '1234' },
      ['idTail'],
    ],
    [
      'same employer alone',
      { ...base, employer: 'x' },
      { ...base, name: '李', sound: 'li', employer: 'x' },
      [],
    ],
    ['same name and employer', { ...base, employer: 'x' }, { ...base, employer: 'x' }, ['name', 'employer']],
    [
      'shared phone',
      { ...base, phones: ['1', '2'] },
      { ...base, name: '李', sound: 'li', phones: ['2'] },
      ['phone'],
    ],
    [
      'same number',
      { ...base, customerNo: '7' },
      { ...base, name: '李', sound: 'li', customerNo: '7' },
      ['customerNo'],
    ],
    ['one letter of a company', company, { ...company, name: '上海华兴国际贸易' }, ['name']],
    ['longer company name', company, { ...company, name: '上海华信国际贸易浦东分部' }, ['name']],
    ['short company names differ', { ...company, name: '华信' }, { ...company, name: '华兴' }, []],
    ['person and company of one name', base, { ...base, kind: 'company' }, []],
    ['empty names', { ...base, name: '', sound: '' }, { ...base, name: '', sound: '' }, []],
  ])('%s', (_, a, b, expected) => {
    expect(duplicateReasons(a, b)).toEqual(expected);
    expect(duplicateReasons(b, a)).toEqual(expected);
  });
});
