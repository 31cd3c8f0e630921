import { Fault } from '../http/fault.ts';

/** The value of a key of tus' `Upload-Metadata`: `key base64, key base64`. */
export const metadataOf = (header: string | undefined, key: string): string | undefined => {
  for (const pair of (header ?? '').slice(0, 4_000).split(',')) {
    const [name, value = ''] = pair.trim().split(' ');
    if (name === key) return Buffer.from(value, 'base64').toString('utf8');
  }
  return undefined;
};

/** A header that is a whole number of bytes. @throws Fault invalid */
export const bytesOf = (header: string | string[] | undefined, name: string): number => {
  const value = typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new Fault('invalid', { detail: `${name}: a number of bytes` });
  return value;
};

export type Range = { from: number; to: number } | 'all' | 'beyond';

/** One range of bytes; `to` is exclusive. Several ranges, or other units, mean the whole content. */
export const rangeOf = (header: string | undefined, bytes: number): Range => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (!match || (first === '' && last === '')) return 'all';
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'beyond' : { from: bytes - length, to: bytes };
  }
  const from = Number(first);
  const to = last === '' ? bytes : Math.min(Number(last) + 1, bytes);
  if (last !== '' && Number(last) < from) return 'all';
  return from >= bytes ? 'beyond' : { from, to };
};
