import type { Script } from '#shared/domain/entities/index.ts';
import { codecs } from '../database/codec.ts';
import { read } from '../database/connection.ts';
import { defineFeature } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';

/** Call scripts. */
export const scripts = defineFeature({
  queries: {
    'script.list': (_, { db }) => ({
      rows: read(db, 'SELECT * FROM script WHERE deleted = 0 ORDER BY purpose IS NULL, purpose, title, id')
        .all()
        .map((row) => codecs.script.decode(row) as unknown as Script),
    }),
    'script.get': ({ id }, { db }) => livingRecord<Script>(db, 'script', id),
  },
});
