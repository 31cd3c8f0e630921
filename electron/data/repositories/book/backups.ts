import { defineFeature } from '../../feature.ts';

/** Backups as the settings list them. */
export const backups = defineFeature({
  queries: {
    'backup.list': (_input, { book }) => ({ backups: book.backups.list() }),
  },
  effects: {
    'backup.now': (_input, { book }) => book.backups.make('manual'),
  },
});
