import { migrations } from '../migrations/index.ts';
import type { ServerMigration } from '../migrations/migration.ts';
import type { Database } from './database.ts';

/** One server migrates, the others of the same database wait. The number only has to be ours. */
const LOCK = 7_265_101;

/** Brings the schema up to date, each step in one transaction. @throws when the database is newer than this program. */
export const migrate = async (
  db: Database,
  steps: readonly ServerMigration[] = migrations,
): Promise<void> => {
  await db.transaction(async (sql) => {
    // PostgreSQL lets two at once both find the table missing.
    await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await sql.query(
      'CREATE TABLE IF NOT EXISTS schema_step (version integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    );
  });
  for (const step of steps) {
    await db.transaction(async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      const known = await sql.query('SELECT 1 FROM schema_step WHERE version = $1', [step.version]);
      if (known.length > 0) return;
      for (const statement of statementsOf(step.sql)) await sql.query(statement);
      await sql.query('INSERT INTO schema_step (version, name) VALUES ($1, $2)', [step.version, step.name]);
    });
  }
  const [newest] = await db.query<{ version: number }>('SELECT max(version) AS version FROM schema_step');
  const known = steps.at(-1)?.version ?? 0;
  if ((newest?.version ?? 0) > known)
    throw new Error(
      `the database has schema ${newest?.version}; this program knows ${known}: update the program`,
    );
};

/** Statements of a script. Scripts here hold no `;` inside of a literal. */
const statementsOf = (script: string): string[] =>
  script
    .split('\n')
    .filter((line) => !line.trim().startsWith('--'))
    .join('\n')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
