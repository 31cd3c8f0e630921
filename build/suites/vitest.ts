// The suites that run on Node: one project of vitest.config.ts each.
import { binScript } from '../setup/project.mjs';
import { type Counts, readReport, reportFile, run, type Suite, settle } from './suite.ts';

export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

export function countVitest(report: VitestReport | null): Counts {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  // A file that could not even be loaded has no tests to name.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** `options` go to vitest as they are. */
export function vitest(project: string, needs: Suite['needs'] = 'packages', options: string[] = []): Suite {
  return {
    name: project,
    needs,
    async run() {
      const file = reportFile(project);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const code = await run([binScript('vitest'), 'run', '--project', project, ...options, ...reporters]);
      return settle(countVitest(readReport<VitestReport>(file)), code);
    },
  };
}
