import { argument } from '../report.ts';
import { measureBesidePouch } from './beside-pouch.ts';
import { measureManyLaptops } from './many-laptops.ts';
import { measureOneLaptop } from './one-laptop.ts';

/** Everything there is to measure of sync. */
export const measureSync = async (): Promise<void> => {
  await measureBesidePouch();
  await measureManyLaptops();
  await measureOneLaptop(argument('customers', 50_000));
};
