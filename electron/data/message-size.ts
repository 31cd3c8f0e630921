import { AppError } from '#shared/contracts/errors.ts';

/** More than any screen sends: imports and exports go through files. */
const MOST_BYTES = 16 * 1024 * 1024;
const DEEPEST = 100;
const PER_VALUE = 8;

const weigh = (value: unknown): number => {
  if (typeof value === 'string') return PER_VALUE + value.length * 2;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return PER_VALUE + value.byteLength;
  return PER_VALUE;
};

const childrenOf = (value: unknown): unknown[] => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (Array.isArray(value)) return value;
  return Object.entries(value).flat();
};

/**
 * Refuses a message that is too large or too deep before anything looks into it; a cycle is endlessly deep.
 * @throws too_large.
 */
export const checkSize = (message: unknown): void => {
  let bytes = 0;
  let level: unknown[] = [message];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new AppError('too_large');
    const next: unknown[] = [];
    for (const value of level) {
      bytes += weigh(value);
      if (bytes > MOST_BYTES) throw new AppError('too_large');
      for (const child of childrenOf(value)) next.push(child);
    }
    level = next;
  }
};
