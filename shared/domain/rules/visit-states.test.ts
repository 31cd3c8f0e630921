import { describe, expect, test } from 'vitest';
import { VISIT_STATES } from '../vocabulary.ts';
import { hasPurpose, mayFollow, nextStates, stateAfterContact } from './visit-states.ts';

test.each([
  ['planned', ['confirmed', 'underWay', 'cancelled', 'missed']],
  ['confirmed', ['underWay', 'planned', 'cancelled', 'missed']],
  ['underWay', ['reported', 'missed']],
  ['reported', ['signed', 'underWay']],
  ['signed', []],
  ['cancelled', ['planned']],
  ['missed', ['planned']],
] as const)('after %s may come %s and nothing else', (from, next) => {
  expect(nextStates(from)).toEqual(next);
  expect(VISIT_STATES.filter((to) => mayFollow(from, to)).toSorted()).toEqual([...next].toSorted());
});

test.each([
  [null, null, false],
  [null, '  ', false],
  ['care', null, true],
  [null, '谈续作', true],
] as const)('with purpose %s and aim %s it is ready: %s', (purpose, aim, ready) => {
  expect(hasPurpose({ purpose, aim })).toBe(ready);
});

describe('a contact logged for a visit', () => {
  const visit = { state: 'planned', mode: 'onSite', purpose: 'care', aim: null } as const;
  test.each([
    ['the visit itself', {}, { kind: 'visit', outcome: null }, 'underWay'],
    [
      'the visit of a confirmed plan',
      { state: 'confirmed' },
      { kind: 'visit', outcome: 'reached' },
      'underWay',
    ],
    ['a door that stayed closed', {}, { kind: 'visit', outcome: 'noAnswer' }, null],
    ['the call of a visit by phone', { mode: 'phone' }, { kind: 'call', outcome: 'reached' }, 'underWay'],
    ['the video of a visit by video', { mode: 'video' }, { kind: 'video', outcome: null }, 'underWay'],
    ['a video before a visit on site', {}, { kind: 'video', outcome: null }, null],
    ['a call that made the appointment', {}, { kind: 'call', outcome: 'appointment' }, 'confirmed'],
    [
      'an appointment for nothing in particular',
      { purpose: null },
      { kind: 'call', outcome: 'appointment' },
      null,
    ],
    ['any other call', {}, { kind: 'call', outcome: 'reached' }, null],
    ['a visit that is signed', { state: 'signed' }, { kind: 'visit', outcome: null }, null],
    ['a visit that was cancelled', { state: 'cancelled' }, { kind: 'visit', outcome: null }, null],
  ] as const)('%s', (_, more, contact, state) => {
    expect(stateAfterContact({ ...visit, ...more }, contact)).toBe(state);
  });
});
