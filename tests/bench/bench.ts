// npm run bench [-- sync] [--customers N --interactions N --runs N]: one line of JSON per metric, each beside its baseline
// of the same run; with `sync` that part alone, its first sync repeated N times. Nothing here is asserted: machines differ,
// ratios less so.

import { removeFolder } from '../support/app.ts';
import { measureDocuments } from './documents.ts';
import { makeBook } from './make-book.ts';
import { argument, say } from './report.ts';
import { measureScreens } from './screens.ts';
import { measureLike } from './search-like.ts';
import { measureStart } from './start.ts';
import { measureSync } from './sync/sync.ts';
import { measureWriting } from './writing.ts';

const measureApp = async (): Promise<void> => {
  const customers = argument('customers', 10_000);
  const interactions = argument('interactions', 200_000);
  await measureStart();
  await measureWriting();
  await measureDocuments();
  say(`fill a book with ${customers} customers and ${interactions} contacts`);
  const folder = await makeBook(customers, interactions);
  try {
    await measureScreens(folder);
    measureLike(folder);
  } finally {
    removeFolder(folder);
  }
};

if (!process.argv.includes('sync')) await measureApp();
await measureSync();
