import { expect, test } from 'vitest';
import { majorUnits, minorDigits } from './money.ts';

test.each([
  ['CNY', 12_345, 123.45],
  ['JPY', 12_345, 12_345],
  ['KWD', 12_345, 12.345],
  ['XTS', -5, -0.05],
])('%s %d', (currency, minor, major) => expect(majorUnits(minor, currency)).toBe(major));

test('a code nobody knows has two decimals', () => expect(minorDigits('QQQ')).toBe(2));
