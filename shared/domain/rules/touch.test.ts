import { expect, test } from 'vitest';
import { touchDefaults } from './touch.ts';

test.each([
  [{ kind: 'call', purpose: 'birthday', channel: null }, ['phone', 'psychological', 'emotional', 'service']],
  [
    { kind: 'message', purpose: 'productIntroduction', channel: 'email' },
    ['email', 'functional', 'crossSelling', 'sales'],
  ],
  [{ kind: 'visit', purpose: 'service', channel: null }, ['visit', 'software', 'onSite', 'service']],
  [{ kind: 'visit', purpose: null, channel: 'branch' }, ['branch', null, null, null]],
  [
    { kind: 'event', purpose: 'invitation', channel: null },
    [null, 'psychological', 'knowledge', 'marketing'],
  ],
  [{ kind: 'call', purpose: 'other', channel: null }, ['phone', null, null, null]],
] as const)('%o', (facts, expected) => {
  const { channel, form, method, domain } = touchDefaults(facts);
  expect([channel, form, method, domain]).toEqual(expected);
});
