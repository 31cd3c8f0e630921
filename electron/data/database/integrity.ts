import { AppError } from '#shared/contracts/errors.ts';
import type { WritableDb } from './connection.ts';
import { asAppError } from './errors.ts';

/** Reads every page and looks for damage. @throws corrupt. */
export const checkDatabase = (db: WritableDb): void => {
  let found: unknown;
  try {
    found = db.pragma('quick_check(1)', { simple: true });
  } catch (error) {
    if (isDamage(error)) throw new AppError('corrupt', { cause: error });
    throw error;
  }
  if (found !== 'ok') throw new AppError('corrupt');
};

/** Whether an error says that the file is damaged or not ours, and not that something stands in the way. */
export const isDamage = (error: unknown): boolean =>
  ['corrupt', 'not_a_database'].includes(asAppError(error).code);
