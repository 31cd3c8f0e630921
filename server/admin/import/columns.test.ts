import { expect, test } from 'vitest';
import { COLUMNS, fieldOfHeader, type ImportKind } from './columns.ts';

test.each<[ImportKind, string, string | null]>([
  ['customers', '客户号', 'customerNo'],
  ['customers', 'Customer No.', 'customerNo'],
  ['customers', '客户类型', 'kind'],
  ['customers', '客户经理', 'owner'],
  ['customers', 'riskLevel', 'riskLevel'],
  ['customers', '余额', null],
  ['holdings', 'CIF', 'customerNo'],
  ['holdings', '账号', 'reference'],
  ['holdings', '余额（元）', 'balanceMinor'],
  ['holdings', 'previous balance', 'previousBalanceMinor'],
  ['holdings', '到期日', 'maturesOn'],
  ['holdings', '销户', 'removed'],
  ['facilities', '授信额度', 'limitMinor'],
  ['facilities', 'rate', 'rateBp'],
  ['facilities', '到期日', 'expiresOn'],
  ['staff', '工号', 'username'],
  ['staff', '姓名', 'name'],
  ['staff', '客户号', null],
])('a column of %s called %s is %s', (kind, header, field) => {
  expect(fieldOfHeader(kind, header)).toBe(field);
});

test.each<[ImportKind, string, string, unknown]>([
  ['customers', 'kind', '对公', { value: 'company' }],
  ['customers', 'kind', 'robot', { rule: 'choice: person, company' }],
  ['customers', 'idTail', '310101198002291234', { value: '1234' }],
  ['customers', 'class', 'a', { value: 'A' }],
  ['holdings', 'balanceMinor', '1.2万', { value: 1_200_000 }],
  ['holdings', 'rateBp', '3.85%', { value: 385 }],
  ['holdings', 'removed', '是', { value: true }],
  ['facilities', 'kind', 'creditLine', { value: 'creditLine' }],
  ['staff', 'role', '团队长', { value: 'leader' }],
])('of %s, %s reads %s', (kind, field, raw, result) => {
  expect(COLUMNS[kind][field]?.read(raw)).toEqual(result);
});
