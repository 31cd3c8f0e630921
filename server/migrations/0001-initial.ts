import type { ServerMigration } from './migration.ts';

/**
 * The first schema. Every table that grows with a book has book_id first in its key, so that a distributed PostgreSQL can
 * spread books over nodes (docs/spec/scale.md); accounts are small and are kept on every node.
 */
export const initial: ServerMigration = {
  version: 1,
  name: 'initial',
  sql: `
-- A team's customers: unit of order and lock. seq is only raised inside the transaction of what it numbers.
CREATE TABLE book (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  -- tombstones up to this seq have been removed; an older cursor takes a snapshot
  horizon bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  book_id uuid REFERENCES book (id),
  username text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('manager', 'leader', 'administrator', 'auditor')),
  password_hash text,
  active boolean NOT NULL DEFAULT true,
  failed_logins integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_by_username ON account (lower(username));

CREATE TABLE enroll_code (
  code_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE TABLE device (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  name text NOT NULL,
  platform text NOT NULL,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz,
  revoked_at timestamptz,
  -- the laptop has said that nothing is left on it
  purged_at timestamptz
);
CREATE INDEX device_by_account ON device (account_id);

CREATE TABLE refresh_token (
  token_hash text PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id),
  -- hash of the token that was given for this one
  successor_hash text,
  issued_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX refresh_token_by_device ON refresh_token (device_id);

-- One installation of one database, and how far it has come.
CREATE TABLE client (
  book_id uuid NOT NULL REFERENCES book (id),
  client_id text NOT NULL,
  account_id uuid NOT NULL,
  device_id uuid NOT NULL,
  last_n bigint NOT NULL DEFAULT 0,
  cursor_seq bigint NOT NULL DEFAULT 0,
  waiting integer NOT NULL DEFAULT 0,
  app_version text,
  last_sync_at timestamptz,
  PRIMARY KEY (book_id, client_id)
);

-- Answers the client has not said it stored: a repeated push gets them again.
CREATE TABLE mutation_answer (
  book_id uuid NOT NULL,
  client_id text NOT NULL,
  n bigint NOT NULL,
  answer jsonb NOT NULL,
  PRIMARY KEY (book_id, client_id, n)
);

CREATE TABLE record (
  book_id uuid NOT NULL,
  entity text NOT NULL,
  id uuid NOT NULL,
  customer_id uuid,
  -- whose it is alone, where it belongs to no customer
  owner_id uuid,
  -- customers it lay under before: their viewers must learn that it is gone
  moved_from jsonb,
  data jsonb NOT NULL,
  stamps jsonb NOT NULL,
  deleted boolean NOT NULL DEFAULT false,
  seq bigint NOT NULL,
  PRIMARY KEY (book_id, entity, id)
);
CREATE UNIQUE INDEX record_by_seq ON record (book_id, seq);
CREATE INDEX record_by_customer ON record (book_id, customer_id, seq) WHERE customer_id IS NOT NULL;

-- Who may see a customer. The row stays when it ends: the laptop must learn of it, and may push once more.
CREATE TABLE assignment (
  book_id uuid NOT NULL,
  customer_id uuid NOT NULL,
  account_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'deputy')),
  seq bigint NOT NULL,
  ended_seq bigint,
  PRIMARY KEY (book_id, customer_id, account_id)
);
CREATE INDEX assignment_by_account ON assignment (book_id, account_id, seq);
CREATE UNIQUE INDEX assignment_one_owner ON assignment (book_id, customer_id) WHERE role = 'owner' AND ended_seq IS NULL;

-- Everything that was ever typed and what became of it: the field history of the server.
CREATE TABLE change_log (
  book_id uuid NOT NULL,
  client_id text NOT NULL,
  n bigint NOT NULL,
  account_id uuid NOT NULL,
  entity text NOT NULL,
  record_id uuid NOT NULL,
  op text NOT NULL,
  fields jsonb NOT NULL,
  stamp text NOT NULL,
  typed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL,
  seq bigint,
  PRIMARY KEY (book_id, client_id, n)
);
CREATE INDEX change_log_by_record ON change_log (book_id, entity, record_id);
-- a client restored from its backup pushes again, under a new id, what was decided before
CREATE INDEX change_log_by_stamp ON change_log (book_id, stamp);

-- What may not be applied and must not be lost. content is encrypted with the server's own key.
CREATE TABLE quarantine (
  book_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  device_id uuid NOT NULL,
  client_id text NOT NULL,
  n bigint NOT NULL,
  customer_id uuid,
  entity text NOT NULL,
  reason text NOT NULL,
  typed_at timestamptz NOT NULL,
  content bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  settled_by uuid,
  settled_as text,
  PRIMARY KEY (book_id, id),
  UNIQUE (book_id, client_id, n, reason)
);

CREATE TABLE purge (
  book_id uuid NOT NULL,
  client_id text NOT NULL,
  customer_id uuid NOT NULL,
  records integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (book_id, client_id, customer_id, at)
);

-- S3-02: a customer changes hands when both sides have confirmed.
CREATE TABLE handover (
  book_id uuid NOT NULL,
  id uuid NOT NULL,
  from_id uuid NOT NULL,
  to_id uuid NOT NULL,
  customer_ids jsonb NOT NULL,
  note text NOT NULL DEFAULT '',
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  from_confirmed_at timestamptz,
  to_confirmed_at timestamptz,
  done_at timestamptz,
  cancelled_at timestamptz,
  PRIMARY KEY (book_id, id)
);

CREATE TABLE attachment_blob (
  book_id uuid NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (book_id, sha256)
);

-- What administrators and leaders did.
CREATE TABLE server_event (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE server_meta (key text PRIMARY KEY, value text NOT NULL);

-- One view per entity for reporting is made from the schemas at start (server/store/views.ts).
`,
};
