import { describe, expect, it } from 'vitest';
import { countPlaywright } from './playwright.ts';
import { settle } from './suite.ts';
import { table, total } from './summary.ts';
import { countVitest } from './vitest.ts';

describe('counting', () => {
  it('takes a file that did not load for a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('takes a flaky test and an error outside of tests for failures', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it('takes a runner that broke down for a failure', () => {
    const nothing = { passed: 0, failed: 0, skipped: 0 };
    expect(countVitest(null)).toEqual(nothing);
    expect(settle(nothing, 1).failed).toBe(1);
    expect(settle({ ...nothing, failed: 4 }, 1).failed).toBe(4);
    expect(settle(nothing, 0)).toEqual(nothing);
  });

  it('ends with one line that says it all', () => {
    const result = (name: string, failed: number, skipped: number) => ({
      name,
      passed: 2,
      failed,
      skipped,
      seconds: 1,
    });
    expect(total([result('a', 0, 0), result('b', 0, 0)])).toBe('4 passed, 0 failed');
    expect(total([result('a', 1, 0), result('b', 0, 2)])).toBe('4 passed, 1 failed, 2 skipped');
    expect(table([result('a', 1, 0)])).toMatch(/FAILED {2}a /);
  });
});
