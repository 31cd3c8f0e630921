import type { CommitHook } from './database/commit.ts';
import { defineFeature, type Feature } from './feature.ts';
import { customerFactsHook } from './repositories/customer-facts/hook.ts';
import { customers } from './repositories/customers/feature.ts';

const echo = defineFeature({ queries: { 'app.echo': (input) => ({ value: input.value }) } });

/** Everything the data process can do; together they answer every method of the registry. */
export const features: readonly Feature[] = [echo, customers];

/** What runs inside every commit after the rows: derived facts, the search index. */
export const commitHooks: readonly CommitHook[] = [customerFactsHook];
