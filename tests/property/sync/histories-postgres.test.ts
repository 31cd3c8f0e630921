import { afterAll } from 'vitest';
import { openPostgres } from '../../../server/store/postgres.ts';
import { startPostgres } from '../../support/postgres.ts';
import { histories } from './run.ts';

let stop: (() => Promise<void>) | null = null;
afterAll(() => stop?.());

/** Fewer: every statement crosses a socket. The store is the same, what differs is the database under it. */
histories('on PostgreSQL', {
  seed: 20_261_125,
  runs: Number(process.env.VISITBOOK_HISTORIES_POSTGRES ?? 100),
  async openDatabase() {
    const postgres = await startPostgres();
    stop = () => postgres.stop();
    return openPostgres(postgres.url);
  },
});
