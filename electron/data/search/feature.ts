import { defineFeature, type QueryContext } from '../feature.ts';
import { buildIndex, isIndexBuilt } from './rebuild.ts';
import { searchBook } from './search.ts';

const building = new WeakSet<object>();

/** A book whose index is missing or of an older version is indexed beside the work; meanwhile less is found. */
const ensureIndex = ({ book, jobs }: QueryContext): void => {
  const db = book.writable;
  if (isIndexBuilt(db) || building.has(db)) return;
  building.add(db);
  jobs.start('reindex', async (job) => {
    try {
      await buildIndex(db, job);
    } finally {
      building.delete(db);
    }
  });
};

/** The search over everything in the book. */
export const search = defineFeature({
  queries: {
    'search.query': (input, context) => {
      ensureIndex(context);
      return searchBook(context.db, input);
    },
  },
});
