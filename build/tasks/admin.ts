// npm run admin -- <command>: Administers a server; without a command it says what there is.
import { runAdmin } from '../../server/admin/cli/main.ts';

process.exitCode = await runAdmin(process.argv.slice(2));
