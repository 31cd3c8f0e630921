import { defineFeature } from '../../feature.ts';
import { recordHistory } from './lines.ts';
import { marks } from './marks.ts';
import { planRestore } from './restore.ts';

/** What stands on each record and field: marks of sync, and every value it had. */
export const history = defineFeature({
  queries: {
    'sync.marks': (input, { db }) => marks(db, input),
    'record.history': (input, { db }) => recordHistory(db, input),
  },
  commands: { 'record.restoreField': planRestore },
});
