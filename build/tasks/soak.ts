// npm run soak: faults for hours. Books that are killed, or with `-- --histories N` N hours of histories of sync.
import { binScript } from '../setup/project.mjs';
import { run } from '../suites/suite.ts';
import { runTool } from '../tool.ts';

const at = process.argv.indexOf('--histories');
if (at < 0) await runTool('tests/fault/soak.ts');
else
  process.exitCode = await run(
    [binScript('vitest'), 'run', '--project', 'property', '--maxWorkers=2', 'tests/property/sync'],
    { VISITBOOK_SOAK_HOURS: process.argv[at + 1] ?? '1' },
  );
