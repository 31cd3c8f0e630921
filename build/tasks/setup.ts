// npm run setup: everything that start and test need, without starting anything. Looks afresh for the best Electron.
import { ensureBundle } from '../bundle.ts';
import { explain } from '../setup/log.mjs';
import { ensureRuntime } from '../setup/setup.ts';

try {
  const runtime = await ensureRuntime({ fresh: true });
  await ensureBundle();
  process.stdout.write(`${JSON.stringify(runtime, null, 2)}\n`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
