// The suite that drives the real app in its windows.
import { openDisplay } from '../setup/display.ts';
import { binScript } from '../setup/project.mjs';
import { type Counts, readReport, reportFile, run, type Suite, settle } from './suite.ts';

export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

export function countPlaywright(report: PlaywrightReport | null): Counts {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

export const e2e: Suite = {
  name: 'e2e',
  needs: 'app',
  async run() {
    const display = await openDisplay();
    try {
      const file = reportFile('e2e');
      const args = ['test', '--reporter=list,json', '--pass-with-no-tests'];
      const code = await run([binScript('playwright'), ...args], {
        ...display.env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: file,
        PLAYWRIGHT_FORCE_TTY: '0',
      });
      return settle(countPlaywright(readReport<PlaywrightReport>(file)), code);
    } finally {
      display.stop();
    }
  },
};
