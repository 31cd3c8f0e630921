// npm run soak: Faults for hours.
import { runTool } from '../tool.ts';

await runTool('tests/fault/soak.ts');
