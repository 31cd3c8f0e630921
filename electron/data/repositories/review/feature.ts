import { AppError } from '#shared/contracts/errors.ts';
import type { JournalEntry } from '../../database/commit.ts';
import { read } from '../../database/connection.ts';
import { defineFeature } from '../../feature.ts';
import { contentOf } from './content.ts';
import { settlingChanges } from './settle.ts';

interface ReviewRow {
  id: string;
  at: string;
  command: string;
  reason: string;
  content: string;
}

/** Journal entries that no longer fit, and how a person settles them. Their content stays in the table either way. */
export const review = defineFeature({
  queries: {
    'review.list': (_input, { db }) => ({
      entries: read<ReviewRow>(
        db,
        'SELECT id, at, command, reason, content FROM review WHERE settled_as IS NULL ORDER BY at, id',
      )
        .all()
        .map((row) => ({ ...row, content: contentOf(JSON.parse(row.content) as JournalEntry) })),
    }),
  },
  commands: {
    'review.settle': ({ id, how }, { db, commandId, at }) => {
      const row = read<{ content: string }>(
        db,
        'SELECT content FROM review WHERE id = ? AND settled_as IS NULL',
      ).get(id);
      if (!row) throw new AppError('not_found');
      const entry = JSON.parse(row.content) as JournalEntry;
      return {
        changes: settlingChanges(db, entry, how, at),
        value: { commandId, id },
        settles: { id, how },
      };
    },
  },
});
