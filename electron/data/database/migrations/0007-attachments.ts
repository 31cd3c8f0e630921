import type { Migration } from './migration.ts';

/** What this laptop knows of the contents of attachments: what the server has, and what is on its way. */
export const attachments: Migration = {
  version: 7,
  name: 'attachments',
  sql: `
CREATE TABLE attachment_file (
  sha256 TEXT PRIMARY KEY,
  -- when the server last said that it holds the bytes
  stored_at TEXT,
  -- where an upload that was begun goes on
  upload TEXT,
  -- the server will never take it, and why
  refused TEXT,
  -- somebody asked for bytes that are not here
  wanted_at TEXT,
  -- the bytes here could not be read
  damaged_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_by_sha256 ON attachment (sha256);
`,
};
