import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from './quarantine.ts';

describe('seal', () => {
  const seal = createSeal(randomBytes(32));
  const content = { fields: { text: '走访记录' } };

  it('opens what it sealed', () => {
    expect(seal.open(seal.seal(content, 'a'), 'a')).toEqual(content);
  });

  it('keeps the content from whoever reads the database', () => {
    expect(seal.seal(content, 'a').toString('utf8')).not.toContain('走访');
  });

  it('opens it in no other row, with no other key and when no byte was changed', () => {
    const sealed = seal.seal(content, 'a');
    expect(() => seal.open(sealed, 'b')).toThrow();
    expect(() => createSeal(randomBytes(32)).open(sealed, 'a')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => seal.open(sealed, 'a')).toThrow();
  });
});
