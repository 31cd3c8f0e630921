// npm run tour: A picture of every screen.
import { runTool } from '../tool.ts';

await runTool('tests/tour/tour.ts');
