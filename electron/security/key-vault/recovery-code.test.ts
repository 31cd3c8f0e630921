import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newRecoveryCode, secretOfCode } from './recovery-code.ts';

it('is 160 random bits in groups of five letters that cannot be mistaken', () => {
  const { code, secret } = newRecoveryCode();
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(secret).toHaveLength(20);
  expect(newRecoveryCode().code).not.toBe(code);
});

it('is understood as people type it', () => {
  const { code, secret } = newRecoveryCode();
  for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')}\n`])
    expect(secretOfCode(typed)).toEqual(secret);
  expect(secretOfCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(secret);
});

it('notices a wrong, missing or added letter and two that changed places', () => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const { code } = newRecoveryCode();
  const plain = code.replaceAll('-', '');
  const mistake = fc
    .tuple(
      fc.nat(plain.length - 2),
      fc.constantFrom(...letters),
      fc.constantFrom('replace', 'drop', 'add', 'swap'),
    )
    .map(([at, letter, kind]) => {
      const [before, here, next, after] = [plain.slice(0, at), plain[at], plain[at + 1], plain.slice(at + 2)];
      if (kind === 'replace') return `${before}${letter}${next}${after}`;
      if (kind === 'drop') return `${before}${next}${after}`;
      return kind === 'add' ? `${before}${letter}${here}${next}${after}` : `${before}${next}${here}${after}`;
    })
    .filter((typed) => typed !== plain);
  // three check letters let one mistake in 32,768 pass; the wrap behind it refuses that one
  const checked = fc.sample(mistake, 500);
  expect(checked.filter((typed) => secretOfCode(typed) !== null).length).toBeLessThanOrEqual(1);
  expect(secretOfCode('')).toBeNull();
  expect(secretOfCode('好'.repeat(35))).toBeNull();
});
