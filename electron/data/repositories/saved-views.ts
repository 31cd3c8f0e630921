import type { Output } from '#shared/contracts/registry.ts';
import { read } from '../database/connection.ts';
import { defineFeature } from '../feature.ts';

type Views = Output<'savedView.list'>['views'];

/** Named views of the tables, in the order their owner gave them. */
export const savedViews = defineFeature({
  queries: {
    'savedView.list': ({ place }, { db }) => ({
      views: read<Views[number]>(
        db,
        `SELECT id, name, definition, position FROM saved_view
         WHERE place = ? AND deleted = 0 ORDER BY position, created_at, id`,
      ).all(place),
    }),
  },
});
