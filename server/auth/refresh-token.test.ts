import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readToken, writeToken } from './refresh-token.ts';

const secret = randomBytes(32);
const place = {
  deviceId: randomUUID(),
  family: randomBytes(16).toString('base64url'),
  generation: 7,
  issuedAt: Date.parse('2026-03-01T10:00:00.123Z'),
};
const token = writeToken(secret, place);

it('is read back by the servers that share the secret', () => {
  expect(readToken(secret, place.deviceId, token)).toEqual(place);
});

it('is nothing for another device or another secret', () => {
  expect(readToken(secret, randomUUID(), token)).toBeNull();
  expect(readToken(randomBytes(32), place.deviceId, token)).toBeNull();
});

it('cannot be moved along its chain or made younger', () => {
  const [family = '', generation = '', issuedAt = '', mac = ''] = token.split('.');
  for (const changed of [
    [family, Number(generation) + 1, issuedAt, mac],
    [family, generation, `${issuedAt.slice(0, -1)}z`, mac],
    [randomBytes(16).toString('base64url'), generation, issuedAt, mac],
    [family, generation, issuedAt, mac.slice(0, -1) + (mac.endsWith('A') ? 'B' : 'A')],
    [family, generation, issuedAt],
    [family, generation, issuedAt, mac, 'x'],
  ])
    expect(readToken(secret, place.deviceId, changed.join('.'))).toBeNull();
});
