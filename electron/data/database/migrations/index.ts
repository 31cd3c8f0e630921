import { initial } from './0001-initial.ts';
import { journalled } from './0002-journalled.ts';
import { customerFacts } from './0003-customer-facts.ts';
import { search } from './0004-search.ts';
import { imports } from './0005-imports.ts';
import { sync } from './0006-sync.ts';
import { attachments } from './0007-attachments.ts';
import { history } from './0008-history.ts';
import type { Migration } from './migration.ts';

/** All migrations, in order. */
export const migrations: readonly Migration[] = [
  initial,
  journalled,
  customerFacts,
  search,
  imports,
  sync,
  attachments,
  history,
];
