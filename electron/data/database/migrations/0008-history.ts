import type { Migration } from './migration.ts';

/** Which changes of a record wait: asked for every record on a page, however much waits. */
export const history: Migration = {
  version: 8,
  name: 'history',
  sql: 'CREATE INDEX outbox_by_change ON outbox (change_seq);',
};
