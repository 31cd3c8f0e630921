import type { Migration } from './migration.ts';

/** Entities of the first schema; later ones have the column from their beginning. */
const FIRST = [
  'customer',
  'company_contact',
  'relation',
  'tag',
  'holding',
  'facility',
  'collateral',
  'visit',
  'interaction',
  'promise',
  'task',
  'note',
  'visit_report',
  'script',
  'attachment',
  'saved_view',
];

/** What sync keeps on the laptop (docs/spec/sync.md). */
export const sync: Migration = {
  version: 6,
  name: 'sync',
  sql: `
-- seq of the version the server holds; null where it has never had the record
${FIRST.map((table) => `ALTER TABLE ${table} ADD COLUMN server_seq INTEGER;`).join('\n')}

CREATE TABLE user (
  id TEXT PRIMARY KEY,
  username TEXT,
  name TEXT,
  role TEXT,
  active INTEGER,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_seq INTEGER
) STRICT;

CREATE TABLE assignment (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  user_id TEXT,
  role TEXT,
  since TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_seq INTEGER
) STRICT;
CREATE INDEX assignment_by_customer ON assignment (customer_id);

CREATE TABLE field_conflict (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  entity TEXT,
  record_id TEXT,
  field TEXT,
  kept TEXT,
  kept_by TEXT,
  kept_at TEXT,
  lost TEXT,
  lost_by TEXT,
  lost_at TEXT,
  before TEXT,
  settled_as TEXT,
  settled_by TEXT,
  settled_at TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  server_seq INTEGER
) STRICT;
CREATE INDEX field_conflict_by_customer ON field_conflict (customer_id);
CREATE INDEX field_conflict_open ON field_conflict (record_id) WHERE settled_as IS NULL AND deleted = 0;

-- Who typed a change: null is me, on this device or before it knew a server; otherwise the user who did.
ALTER TABLE change ADD COLUMN author TEXT;

-- Changes the server has answered, and under which number: sent again when a server comes back from an older backup.
CREATE TABLE pushed (
  change_seq INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

-- Mutations the server refused, whole, until a person has settled them; settled ones stay as history.
CREATE TABLE refused (
  id TEXT PRIMARY KEY,
  change_seq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  record_id TEXT NOT NULL,
  customer_id TEXT,
  op TEXT NOT NULL,
  mutation TEXT NOT NULL,
  reason TEXT NOT NULL,
  field TEXT,
  current TEXT,
  quarantined INTEGER NOT NULL DEFAULT 0,
  refused_at TEXT NOT NULL,
  settled_as TEXT,
  settled_at TEXT
) STRICT;
CREATE INDEX refused_open ON refused (record_id) WHERE settled_as IS NULL;

-- Records of a newer peer whose entity or shape this program does not know yet.
CREATE TABLE parked (
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

-- The user behind each client whose stamps were met.
CREATE TABLE sync_author (
  client_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Customers that left the scope: purged as soon as what waits for them was pushed.
CREATE TABLE revoked_customer (
  customer_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened in sync that a person may ask about.
CREATE TABLE sync_event (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  params TEXT NOT NULL
) STRICT;
`,
};
