import { describe, expect, test } from 'vitest';
import { bytesOf, metadataOf, rangeOf } from './headers.ts';

describe('the headers of a transfer', () => {
  test.each([
    [undefined, 'all'],
    ['bytes=0-', { from: 0, to: 100 }],
    ['bytes=10-19', { from: 10, to: 20 }],
    ['bytes=90-1000', { from: 90, to: 100 }],
    ['bytes=-5', { from: 95, to: 100 }],
    ['bytes=-500', { from: 0, to: 100 }],
    ['bytes=-0', 'beyond'],
    ['bytes=100-', 'beyond'],
    ['bytes=20-10', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['lines=0-1', 'all'],
    ['bytes=-', 'all'],
    ['bytes=99999999999999999999-', 'all'],
  ])('range %j', (header, range) => {
    expect(rangeOf(header, 100)).toEqual(range);
  });

  test('metadata', () => {
    const header = `name ${Buffer.from('合同').toString('base64')},sha256 ${Buffer.from('ab').toString('base64')}, empty`;
    expect(metadataOf(header, 'sha256')).toBe('ab');
    expect(metadataOf(header, 'name')).toBe('合同');
    expect(metadataOf(header, 'empty')).toBe('');
    expect(metadataOf(header, '__proto__')).toBeUndefined();
    expect(metadataOf(undefined, 'sha256')).toBeUndefined();
  });

  test.each([undefined, '', '-1', '1.5', '1e3', 'x', ['1', '2'], '9999999999999999'])(
    '%j is no number of bytes',
    (header) => {
      expect(() => bytesOf(header, 'upload-length')).toThrow('upload-length');
    },
  );
});
