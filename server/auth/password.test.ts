import { expect, it } from 'vitest';
import { hashPassword, isCurrent, verifyPassword } from './password.ts';

const ARGON2 = { memoryKib: 16, iterations: 1 };

it('verifies the password and no other', async () => {
  const hash = await hashPassword('Straße 一', ARGON2);
  expect(await verifyPassword('Straße 一', hash)).toBe(true);
  expect(await verifyPassword('strasse 一', hash)).toBe(false);
  expect(await verifyPassword('', hash)).toBe(false);
});

it('knows a password whichever way its letters are composed', async () => {
  const hash = await hashPassword('caf\u00e9', ARGON2);
  expect(await verifyPassword('cafe\u0301', hash)).toBe(true);
});

it('gives the same password another hash each time', async () => {
  expect(await hashPassword('a', ARGON2)).not.toBe(await hashPassword('a', ARGON2));
});

it('verifies nothing against what is no hash', async () => {
  expect(await verifyPassword('a', 'plain')).toBe(false);
});

it('tells a hash of other parameters', async () => {
  const hash = await hashPassword('a', ARGON2);
  expect(isCurrent(hash, ARGON2)).toBe(true);
  expect(isCurrent(hash, { ...ARGON2, memoryKib: 32 })).toBe(false);
});

it('turns people away when too many come at once', async () => {
  const hash = await hashPassword('a', ARGON2);
  const answers = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword('a', hash)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  const refused = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 'unavailable' });
  expect(await verifyPassword('a', hash)).toBe(true);
});
