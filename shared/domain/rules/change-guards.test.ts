import { describe, expect, test } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import type { Change } from '../../sync/mutation.ts';
import { assertChangeAllowed } from './change-guards.ts';

const verdict = (
  change: Omit<Change, 'id'>,
  current: object | null,
  command = 'any',
  more: Change[] = [],
): string => {
  const whole = { ...change, id: 'x' };
  try {
    assertChangeAllowed({
      change: whole,
      current: current as Record<string, unknown> | null,
      command,
      batch: [whole, ...more],
    });
    return 'allowed';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
const customerGoes: Change = { entity: 'customer', id: 'c', op: 'delete', fields: {} };

describe('a report', () => {
  const signed = { state: 'signed', customerId: 'c' };
  test.each([
    ['a draft changes', 'update', { title: 'x' }, { state: 'draft' }, [], 'allowed'],
    ['a draft is signed', 'update', { state: 'signed' }, { state: 'draft' }, [], 'allowed'],
    ['what is signed changes', 'update', { title: 'x' }, signed, [], 'locked_record'],
    ['it becomes a draft again', 'update', { state: 'draft' }, signed, [], 'locked_record'],
    ['it moves to another customer', 'update', { customerId: 'd' }, signed, [], 'allowed'],
    ['it moves and changes', 'update', { customerId: 'd', title: 'x' }, signed, [], 'locked_record'],
    ['it is deleted', 'delete', {}, signed, [], 'locked_record'],
    ['it goes with its customer', 'delete', {}, signed, [customerGoes], 'allowed'],
    ['it goes with another customer', 'delete', {}, signed, [{ ...customerGoes, id: 'd' }], 'locked_record'],
    ['it comes back', 'restore', {}, signed, [], 'allowed'],
  ] as const)('%s', (_, op, fields, current, more, expected) => {
    expect(verdict({ entity: 'visitReport', op, fields }, current, 'any', [...more])).toBe(expected);
  });
});

describe('a visit', () => {
  const planned = { state: 'planned', purpose: null, aim: null };
  test.each([
    ['visit.update', { state: 'underWay' }, planned, 'allowed'],
    ['visit.update', { state: 'confirmed' }, planned, 'not_allowed'],
    ['visit.update', { state: 'confirmed', aim: '谈续作' }, planned, 'allowed'],
    ['visit.update', { state: 'reported' }, planned, 'not_allowed'],
    ['visit.update', { state: 'signed' }, { state: 'reported' }, 'not_allowed'],
    ['visit.update', { place: 'x' }, { state: 'signed' }, 'allowed'],
    ['undo.command', { state: 'planned' }, { state: 'cancelled' }, 'allowed'],
    ['undo.command', { state: 'underWay' }, { state: 'reported' }, 'allowed'],
    ['undo.command', { state: 'reported' }, { state: 'signed' }, 'locked_record'],
    ['report.sign', { state: 'signed' }, { state: 'underWay' }, 'allowed'],
  ] as const)('%s with %o', (command, fields, current, expected) => {
    expect(verdict({ entity: 'visit', op: 'update', fields }, current, command)).toBe(expected);
  });

  test.each([
    ['visit.create', 'underWay', 'allowed'],
    ['visit.create', 'reported', 'not_allowed'],
    ['demo.fill', 'signed', 'allowed'],
  ] as const)('%s as %s', (command, state, expected) => {
    expect(verdict({ entity: 'visit', op: 'create', fields: { state } }, null, command)).toBe(expected);
  });

  test('a signed one is not deleted', () => {
    expect(verdict({ entity: 'visit', op: 'delete', fields: {} }, { state: 'signed' })).toBe('locked_record');
    expect(verdict({ entity: 'visit', op: 'delete', fields: {} }, { state: 'reported' })).toBe('allowed');
  });
});
