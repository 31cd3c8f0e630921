import type { ServerMigration } from './migration.ts';

/** Contents of attachments, in pieces, and uploads that are not finished (docs/adr/0017-attachments.md). */
export const attachments: ServerMigration = {
  version: 2,
  name: 'attachments',
  sql: `
-- the upload whose chunks are the content
ALTER TABLE attachment_blob ADD COLUMN upload_id uuid;

CREATE TABLE attachment_upload (
  book_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  received bigint NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (book_id, id)
);

CREATE TABLE attachment_chunk (
  book_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  start bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (book_id, upload_id, start)
);
-- most files are compressed already
ALTER TABLE attachment_chunk ALTER COLUMN content SET STORAGE EXTERNAL;

-- Customers for whom somebody has shown that they hold the bytes: knowing a hash is not enough to read what it names.
CREATE TABLE attachment_grant (
  book_id uuid NOT NULL,
  sha256 text NOT NULL,
  customer_id uuid NOT NULL,
  PRIMARY KEY (book_id, sha256, customer_id)
);

CREATE INDEX record_by_sha256 ON record (book_id, (data ->> 'sha256')) WHERE entity = 'attachment';
`,
};
