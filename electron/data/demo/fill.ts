import { AppError } from '#shared/contracts/errors.ts';
import { demoBook } from '#shared/demo/book.ts';
import { createContext, DEMO_CUSTOMERS, type DemoLanguage } from '#shared/demo/context.ts';
import { wordsOf } from '#shared/demo/words/index.ts';
import { systemZone } from '#shared/domain/dates.ts';
import { read, write } from '../database/connection.ts';
import { derivedId } from '../derived-id.ts';
import { defineFeature, type EffectContext } from '../feature.ts';
import type { Job } from '../jobs/jobs.ts';
import { demoSeal } from './seal.ts';

interface Filling {
  language: DemoLanguage;
  today: string;
  zone: string;
}

const metaOf = (context: EffectContext, key: string): string | undefined =>
  read<{ value: string }>(context.db, 'SELECT value FROM meta WHERE key = ?').get(key)?.value;

const keep = (context: EffectContext, key: string, value: string): void => {
  write(
    context.book.writable,
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
};

/** What is being filled: a filling that was interrupted is taken up again; a book with customers is left alone. */
const begin = (context: EffectContext, asked: Filling): Filling => {
  const interrupted = metaOf(context, 'demoFilling');
  if (interrupted) return JSON.parse(interrupted) as Filling;
  if (read(context.db, 'SELECT 1 FROM customer LIMIT 1').get()) throw new AppError('not_allowed');
  keep(context, 'demo', '1');
  keep(context, 'demoFilling', JSON.stringify(asked));
  return asked;
};

const fill = async (context: EffectContext, filling: Filling, job: Job): Promise<{ customers: number }> => {
  const { language, today, zone } = filling;
  const place = createContext(language, wordsOf(language), today, zone, { seal: demoSeal });
  let chunks = 0;
  job.progress(0, DEMO_CUSTOMERS, 'customers');
  for (const { changes, customers } of demoBook(place)) {
    await job.breathe();
    context.book.commit({
      // The same id for the same piece: one that was committed before an interruption is not written again.
      commandId: derivedId('demo', language, today, zone, 'chunk', ++chunks),
      name: 'demo.fill',
      changes,
      result: null,
      at: context.at,
      actor: 'me',
    });
    job.progress(customers, DEMO_CUSTOMERS);
  }
  write(context.book.writable, "DELETE FROM meta WHERE key = 'demoFilling'").run();
  return { customers: DEMO_CUSTOMERS };
};

/** Fills the empty book with the demo book, as a job. */
export const demo = defineFeature({
  effects: {
    'demo.fill': ({ language, today }, context) => {
      const filling = begin(context, { language, today, zone: systemZone() });
      return { jobId: context.jobs.start('demo', (job) => fill(context, filling, job)) };
    },
  },
});
