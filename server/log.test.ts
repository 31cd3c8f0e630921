import { expect, it } from 'vitest';
import { describeError } from './log.ts';

it('says where an error was thrown and not what it says', () => {
  const error = Object.assign(new Error('Key (phone)=(13800138000)\nis there'), { code: '23505' });
  const described = JSON.stringify(describeError(error));
  expect(described).toContain('23505');
  expect(described).toContain('log.test.ts');
  expect(described).not.toContain('13800138000');
  expect(described).not.toContain('is there');
});

it('says nothing of what is no error', () => {
  expect(JSON.stringify(describeError('13800138000'))).not.toContain('138');
});
