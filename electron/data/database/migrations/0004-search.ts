import type { Migration } from './migration.ts';

/**
 * The search index (docs/adr/0004-search.md). It keeps no text, only which record has which token; `rowid` says the kind
 * and the row of the record.
 */
export const search: Migration = {
  version: 4,
  name: 'search',
  sql: `
CREATE VIRTUAL TABLE search_index USING fts5(
  tokens, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '=^~#@.'"
);
`,
};
