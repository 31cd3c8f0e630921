import { attachments } from './attachments/feature.ts';
import type { CommitHook } from './database/commit.ts';
import { demo } from './demo/fill.ts';
import { documentsOut } from './documents/export/feature.ts';
import { imports } from './documents/import/feature.ts';
import { defineFeature, type Feature } from './feature.ts';
import { backups } from './repositories/book/backups.ts';
import { local } from './repositories/book/local.ts';
import { bookState } from './repositories/book/state.ts';
import { customerFactsHook } from './repositories/customer-facts/hook.ts';
import { customers } from './repositories/customers/feature.ts';
import { history } from './repositories/history/feature.ts';
import { records } from './repositories/records/records.ts';
import { undo } from './repositories/records/undo.ts';
import { review } from './repositories/review/feature.ts';
import { syncLists } from './repositories/sync/feature.ts';
import { team } from './repositories/team/feature.ts';
import { today } from './repositories/today/feature.ts';
import { work } from './repositories/work.ts';
import { search } from './search/feature.ts';
import { searchHook } from './search/hook.ts';
import { sync } from './sync/feature.ts';

const echo = defineFeature({ queries: { 'app.echo': (input) => ({ value: input.value }) } });

/** Everything the data process can do; together they answer every method of the registry. */
export const features: readonly Feature[] = [
  echo,
  records,
  undo,
  local,
  bookState,
  backups,
  review,
  customers,
  today,
  demo,
  documentsOut,
  imports,
  search,
  attachments,
  sync,
  team,
  syncLists,
  history,
  ...work,
];

/** What runs inside every commit after the rows: derived facts, the search index. */
export const commitHooks: readonly CommitHook[] = [customerFactsHook, searchHook];
