// npm run bench: How fast it is, in numbers.
import { runTool } from '../tool.ts';

await runTool('tests/bench/bench.ts');
