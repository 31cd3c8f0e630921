import { argument } from '../report.ts';
import { measureOneLaptop } from './one-laptop.ts';

/** Everything there is to measure of sync. */
export const measureSync = async (): Promise<void> => {
  await measureOneLaptop(argument('customers', 50_000));
};
