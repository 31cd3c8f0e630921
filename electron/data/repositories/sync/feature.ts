import { defineFeature } from '../../feature.ts';
import { conflictPage, planSettle } from './conflicts.ts';
import { eventPage } from './events.ts';
import { exportOutbox } from './export.ts';
import { planDiscard, planRetry, refusedPage } from './refused.ts';
import { waitingPage } from './waiting.ts';

/** The lists of 同步: what waits, what was refused, what conflicts, what happened, and what a person does about it. */
export const syncLists = defineFeature({
  queries: {
    'sync.waiting': (page, { db }) => waitingPage(db, page),
    'sync.refused': (page, { db }) => refusedPage(db, page),
    'sync.conflicts': (page, { db }) => conflictPage(db, page),
    'sync.events': (page, { db }) => eventPage(db, page),
  },
  commands: {
    'sync.retryRefused': planRetry,
    'sync.discardRefused': planDiscard,
    'sync.settleConflict': planSettle,
  },
  effects: { 'sync.exportOutbox': exportOutbox },
});
