import type { Migration } from './migration.ts';

/** Imports with their counts and bad rows: what was done, what was left out, and what an undo takes back. */
export const imports: Migration = {
  version: 5,
  name: 'imports',
  sql: `
CREATE TABLE import_run (
  id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL,
  counts TEXT NOT NULL,
  -- chunks committed so far; their command ids follow from the import's id
  chunks INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE import_bad_row (
  import_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  line INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (import_id, n)
) STRICT, WITHOUT ROWID;
`,
};
