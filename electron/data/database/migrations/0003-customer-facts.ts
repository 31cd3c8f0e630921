import type { Migration } from './migration.ts';

/** What lists, filters, the Today screen and duplicate checks read: derived from the records, never synced. */
export const customerFacts: Migration = {
  version: 3,
  name: 'customer-facts',
  sql: `
-- One row per living customer. Nothing here depends on the day: states are computed from dates when they are read.
CREATE TABLE customer_fact (
  n INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,      -- pinyin of the name: order, and names that sound alike
  initials TEXT NOT NULL,
  name_norm TEXT NOT NULL,     -- the name by which duplicates meet
  haystack TEXT NOT NULL,      -- lower-case name, alias, number and phones, for the search box of a view
  class TEXT,
  class_rank INTEGER NOT NULL, -- A is 1, unknown is 5
  status TEXT NOT NULL,
  tags TEXT NOT NULL,
  phone TEXT,
  phone_keys TEXT NOT NULL,    -- normalised phones, as JSON
  area TEXT,
  occupation TEXT,
  employer TEXT,
  industry TEXT,
  company_size TEXT,
  age INTEGER,
  birth_date TEXT,
  risk_level TEXT,
  do_not_call INTEGER NOT NULL,
  callable INTEGER NOT NULL,   -- has a phone and may be called
  marketing_consent TEXT,
  customer_no TEXT,
  created_at TEXT NOT NULL,
  added_on TEXT NOT NULL,
  interval_days INTEGER,       -- the customer's own contact interval
  completeness INTEGER NOT NULL,
  last_contact_at TEXT,
  last_contact_on TEXT,
  last_contact_kind TEXT,
  soon_on TEXT,
  due_on TEXT,
  neglect_on TEXT,             -- from this day the overdue contact is a risk
  next_visit_at TEXT,          -- first visit still open, even when it lies in the past
  balance_minor INTEGER,
  currency TEXT,
  next_maturity_on TEXT,       -- first maturity, even when it lies in the past
  open_promises INTEGER NOT NULL DEFAULT 0,
  open_tasks INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX customer_fact_by_name ON customer_fact (name_key);
CREATE INDEX customer_fact_by_norm ON customer_fact (name_norm);
CREATE INDEX customer_fact_by_contact ON customer_fact (last_contact_at);
CREATE INDEX customer_fact_owed ON customer_fact (callable, class_rank, due_on);

CREATE TABLE customer_phone (
  phone TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  PRIMARY KEY (phone, customer_id)
) STRICT, WITHOUT ROWID;

-- Risks with the days on which they stand (shared/domain/rules/risk-signals.ts); neglect is a column above.
CREATE TABLE customer_risk (
  customer_id TEXT NOT NULL,
  class_rank INTEGER NOT NULL,
  kind TEXT NOT NULL,
  from_on TEXT NOT NULL,
  urgent_from TEXT,
  until_on TEXT NOT NULL,
  params TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX customer_risk_by_customer ON customer_risk (customer_id, from_on, until_on);
CREATE INDEX customer_risk_standing ON customer_risk (from_on, until_on, urgent_from, class_rank);

-- Days that return every year, by key (shared/domain/rules/yearly-dates.ts).
CREATE TABLE yearly_date (
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (key, kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX yearly_date_by_customer ON yearly_date (customer_id);

-- Names of the custom fields that imports brought, and how many customers have them.
CREATE TABLE custom_field (name TEXT PRIMARY KEY, customers INTEGER NOT NULL) STRICT;

-- Living interactions only: counts and "the latest" are answered by the index alone.
DROP INDEX interaction_by_customer;
CREATE INDEX interaction_by_customer ON interaction (customer_id, at) WHERE deleted = 0;
CREATE INDEX interaction_by_corrected ON interaction (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX visit_open ON visit (ends_at) WHERE deleted = 0 AND state IN ('planned', 'confirmed', 'underWay');
CREATE INDEX collateral_by_valuation ON collateral (valued_on) WHERE valued_on IS NOT NULL AND deleted = 0;
CREATE INDEX collateral_by_insurance ON collateral (insurance_expires_on)
  WHERE insurance_expires_on IS NOT NULL AND deleted = 0;
CREATE INDEX customer_by_risk_profile ON customer (risk_valid_until)
  WHERE risk_valid_until IS NOT NULL AND deleted = 0;
-- What moved lately, without the bulk of an import.
CREATE INDEX change_of_facts ON change (seq)
  WHERE op = 'update' AND entity IN ('customer', 'companyContact', 'holding', 'facility');
`,
};
