import type { Migration } from './migration.ts';

/**
 * Which journal entry each command was: what the database knows of the journal (docs/spec/journal.md). And commands by
 * their id alone: every page that a commit does not touch is one less to encrypt.
 */
export const journalled: Migration = {
  version: 2,
  name: 'journalled',
  sql: `
ALTER TABLE audit_event ADD COLUMN journal_seq INTEGER NOT NULL DEFAULT 0;

CREATE TABLE known_command (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  result TEXT NOT NULL,
  undone_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO known_command SELECT id, name, at, result, undone_by FROM command;
DROP TABLE command;
ALTER TABLE known_command RENAME TO command;
CREATE INDEX command_taken_back ON command (undone_by) WHERE undone_by IS NOT NULL;
`,
};
