import type { Feature } from '../feature.ts';
import { brief } from './brief.ts';
import { interactions } from './interactions.ts';
import { notes } from './notes.ts';
import { promises } from './promises.ts';
import { reports } from './reports.ts';
import { savedViews } from './saved-views.ts';
import { scripts } from './scripts.ts';
import { tasks } from './tasks.ts';
import { visits } from './visits.ts';

/** Everything the manager works with around a customer. */
export const work: readonly Feature[] = [
  visits,
  brief,
  interactions,
  notes,
  promises,
  reports,
  tasks,
  scripts,
  savedViews,
];
