import type { Migration } from './migration.ts';

/** Which journal entry each command was: what the database knows of the journal (docs/spec/journal.md). */
export const journalled: Migration = {
  version: 2,
  name: 'journalled',
  sql: `
ALTER TABLE audit_event ADD COLUMN journal_seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX command_taken_back ON command (undone_by) WHERE undone_by IS NOT NULL;
`,
};
