// npm run server: the sync server, at once, on a database of its own in out/server-data or on DATABASE_URL.
// With --demo it holds a demo bank. Settings are environment variables (server/config.ts).
import path from 'node:path';
import { root, runNode } from '../setup/project.mjs';

// A terminal is for people; the log of requests lies beside the data.
const logFile = process.env.VISITBOOK_LOG_FILE || path.join(root, 'out/server.log');
process.exitCode = await runNode([path.join(root, 'server/main.ts'), ...process.argv.slice(2)], {
  env: { VISITBOOK_LOG_FILE: logFile },
});
