import type { Migration } from './migration.ts';

/** The first schema: every entity, the history, the outbox and what belongs to the device. */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
-- Tables of the entities: one row per record, all fields of shared/domain, and
--   extra    fields of a newer peer, kept and sent back
--   stamps   JSON of field stamps, '*' for every field without its own
--   deleted  1 once removed; the row stays as tombstone until the server's horizon
CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  kind TEXT,
  name TEXT,
  alias TEXT,
  customer_no TEXT,
  status TEXT,
  class TEXT,
  tags TEXT,
  phones TEXT,
  emails TEXT,
  wechat TEXT,
  address TEXT,
  area TEXT,
  latitude REAL,
  longitude REAL,
  id_tail TEXT,
  referred_by TEXT,
  opened_on TEXT,
  closed_on TEXT,
  about TEXT,
  gender TEXT,
  birth_date TEXT,
  birthday_calendar TEXT,
  age INTEGER,
  marital_status TEXT,
  education TEXT,
  occupation TEXT,
  employer TEXT,
  job_title TEXT,
  life_stage TEXT,
  social_class TEXT,
  family TEXT,
  hobbies TEXT,
  income_minor INTEGER,
  risk_level TEXT,
  risk_valid_until TEXT,
  industry TEXT,
  company_size TEXT,
  employees INTEGER,
  city TEXT,
  founded_on TEXT,
  product_usage TEXT,
  tech_level TEXT,
  purchasing_policy TEXT,
  purchasing_demands TEXT,
  urgency TEXT,
  application TEXT,
  order_size TEXT,
  contact_interval_days INTEGER,
  best_weekdays TEXT,
  best_time_from TEXT,
  best_time_to TEXT,
  channel_order TEXT,
  do_not_call INTEGER,
  do_not_message INTEGER,
  do_not_email INTEGER,
  marketing_consent TEXT,
  marketing_consent_on TEXT,
  data_consent TEXT,
  data_consent_on TEXT,
  custom TEXT,
  import_id TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE company_contact (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  name TEXT,
  job_title TEXT,
  department TEXT,
  role TEXT,
  influence INTEGER,
  attitude TEXT,
  phones TEXT,
  emails TEXT,
  wechat TEXT,
  birth_date TEXT,
  birthday_calendar TEXT,
  successor TEXT,
  left_on TEXT,
  remark TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE relation (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  other_customer_id TEXT,
  other_name TEXT,
  kind TEXT,
  remark TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE tag (
  id TEXT PRIMARY KEY,
  name TEXT,
  color TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE holding (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  kind TEXT,
  product_name TEXT,
  account_tail TEXT,
  balance_minor INTEGER,
  previous_balance_minor INTEGER,
  currency TEXT,
  rate_bp INTEGER,
  opened_on TEXT,
  matures_on TEXT,
  as_of TEXT,
  import_id TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE facility (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  kind TEXT,
  name TEXT,
  limit_minor INTEGER,
  used_minor INTEGER,
  currency TEXT,
  rate_bp INTEGER,
  expires_on TEXT,
  covenants TEXT,
  as_of TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE collateral (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  facility_id TEXT,
  kind TEXT,
  name TEXT,
  value_minor INTEGER,
  currency TEXT,
  valued_on TEXT,
  insurance_expires_on TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  title TEXT,
  purpose TEXT,
  aim TEXT,
  mode TEXT,
  state TEXT,
  starts_at TEXT,
  ends_at TEXT,
  zone TEXT,
  place TEXT,
  company_contact_ids TEXT,
  participants TEXT,
  agenda TEXT,
  preparation TEXT,
  cancel_reason TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE interaction (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  company_contact_id TEXT,
  visit_id TEXT,
  kind TEXT,
  at TEXT,
  zone TEXT,
  duration_seconds INTEGER,
  initiator TEXT,
  channel TEXT,
  purpose TEXT,
  outcome TEXT,
  form TEXT,
  method TEXT,
  domain TEXT,
  summary TEXT,
  next_hook TEXT,
  corrects_id TEXT,
  import_id TEXT,
  custom TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE promise (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  visit_id TEXT,
  interaction_id TEXT,
  note_id TEXT,
  text TEXT,
  made_by TEXT,
  made_on TEXT,
  due_on TEXT,
  level TEXT,
  needs_approval INTEGER,
  approved_by TEXT,
  status TEXT,
  settled_on TEXT,
  evidence TEXT,
  reason TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  visit_id TEXT,
  note_id TEXT,
  text TEXT,
  due_on TEXT,
  priority TEXT,
  status TEXT,
  done_on TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE note (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  visit_id TEXT,
  title TEXT,
  body TEXT,
  pinned INTEGER,
  taken_at TEXT,
  zone TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE visit_report (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  visit_id TEXT,
  version INTEGER,
  supersedes_id TEXT,
  state TEXT,
  title TEXT,
  visited_at TEXT,
  ended_at TEXT,
  zone TEXT,
  mode TEXT,
  purpose TEXT,
  place TEXT,
  participants TEXT,
  facts TEXT,
  discussion TEXT,
  confirmed_summary TEXT,
  needs TEXT,
  promise_ids TEXT,
  next_steps TEXT,
  next_hook TEXT,
  signature TEXT,
  signed_by TEXT,
  signed_at TEXT,
  content_hash TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE script (
  id TEXT PRIMARY KEY,
  title TEXT,
  purpose TEXT,
  language TEXT,
  body TEXT,
  version INTEGER,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  customer_id TEXT,
  visit_id TEXT,
  note_id TEXT,
  name TEXT,
  media_type TEXT,
  bytes INTEGER,
  "sha256" TEXT,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  name TEXT,
  place TEXT,
  definition TEXT,
  position INTEGER,
  created_at TEXT,
  extra TEXT,
  stamps TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;


CREATE INDEX customer_by_name ON customer (name) WHERE deleted = 0;
CREATE INDEX customer_by_no ON customer (customer_no) WHERE customer_no IS NOT NULL;
CREATE INDEX customer_by_import ON customer (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX company_contact_by_customer ON company_contact (customer_id);
CREATE INDEX relation_by_customer ON relation (customer_id);
CREATE INDEX relation_by_other ON relation (other_customer_id) WHERE other_customer_id IS NOT NULL;
CREATE INDEX holding_by_customer ON holding (customer_id);
CREATE INDEX holding_by_maturity ON holding (matures_on) WHERE matures_on IS NOT NULL AND deleted = 0;
CREATE INDEX facility_by_customer ON facility (customer_id);
CREATE INDEX facility_by_expiry ON facility (expires_on) WHERE expires_on IS NOT NULL AND deleted = 0;
CREATE INDEX collateral_by_customer ON collateral (customer_id);
CREATE INDEX visit_by_customer ON visit (customer_id, starts_at);
CREATE INDEX visit_by_start ON visit (starts_at) WHERE deleted = 0;
CREATE INDEX interaction_by_customer ON interaction (customer_id, at);
CREATE INDEX interaction_by_at ON interaction (at) WHERE deleted = 0;
CREATE INDEX interaction_by_visit ON interaction (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX promise_by_customer ON promise (customer_id);
CREATE INDEX promise_open ON promise (due_on) WHERE status = 'open' AND deleted = 0;
CREATE INDEX promise_by_note ON promise (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX task_by_customer ON task (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX task_open ON task (due_on) WHERE status = 'open' AND deleted = 0;
CREATE INDEX task_by_note ON task (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX note_by_customer ON note (customer_id, taken_at);
CREATE INDEX note_by_visit ON note (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX visit_report_by_customer ON visit_report (customer_id, visited_at);
CREATE INDEX visit_report_by_visit ON visit_report (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX visit_report_by_date ON visit_report (visited_at) WHERE deleted = 0;
CREATE INDEX attachment_by_customer ON attachment (customer_id);

-- Commands that were applied: a repeated id is answered from here, not applied again.
CREATE TABLE command (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  result TEXT NOT NULL,
  undone_by TEXT
) STRICT;
CREATE INDEX command_by_at ON command (at);

-- Every change of every record, in order: the history, what an undo reads, what the outbox sends.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL,
  entity TEXT NOT NULL,
  record_id TEXT NOT NULL,
  op TEXT NOT NULL,
  fields TEXT NOT NULL,
  before TEXT,
  base TEXT NOT NULL,
  stamp TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  typed_at TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_command ON change (command_id);
CREATE INDEX change_by_record ON change (record_id);

-- Changes no server has acknowledged. \`n\` is the mutation number of this client; it never repeats.
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  change_seq INTEGER NOT NULL
) STRICT;

-- Hash-chained: each row's hash covers the row before it.
CREATE TABLE audit_event (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command_id TEXT NOT NULL,
  name TEXT NOT NULL,
  records INTEGER NOT NULL,
  digest TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- What belongs to this device alone.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE draft (key TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;

-- Journal entries that no longer fit, kept until a person has settled them.
CREATE TABLE review (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  command TEXT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  settled_as TEXT
) STRICT;
`,
};
