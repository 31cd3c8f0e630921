import { defineFeature } from '../feature.ts';

const ok = { ok: true } as const;

/** State of sync and what a person does about it; the lists lie in repositories/sync. */
export const sync = defineFeature({
  queries: {
    'sync.state': (_input, context) => context.sync.state(),
    'sync.probe': ({ url }, context) => context.sync.probe(url),
  },
  effects: {
    'sync.connect': (input, context) => context.sync.connect(input),
    'sync.signIn': async (input, context) => {
      await context.sync.signIn(input);
      return ok;
    },
    'sync.signOut': (_input, context) => {
      context.sync.signOut();
      return ok;
    },
    'sync.now': async (_input, context) => {
      await context.sync.now();
      return ok;
    },
    'sync.answerDeletions': async ({ apply }, context) => {
      await context.sync.answerDeletions(apply);
      return ok;
    },
  },
});
