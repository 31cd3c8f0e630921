import { createHash } from 'node:crypto';
import { type ImportMapping, importMapping } from '#shared/contracts/book.ts';
import { bareHeader } from '#shared/domain/import/headers.ts';
import type { Book } from '../../database/book.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

const keyOf = (names: readonly string[]): string =>
  `import.mapping.${createHash('sha256').update(names.map(bareHeader).join('\n')).digest('hex').slice(0, 24)}`;

/** Keeps the mapping for the next file with these columns. */
export const rememberMapping = (
  book: Book,
  names: readonly string[],
  mapping: ImportMapping,
  at: string,
): void => book.local.put('setting', keyOf(names), JSON.stringify(mapping), at);

/** The mapping of the last file with these columns. */
export const rememberedMapping = (db: ReadableDb, names: readonly string[]): ImportMapping | null => {
  const row = read<{ value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(keyOf(names));
  const parsed = row ? importMapping.safeParse(JSON.parse(row.value)) : null;
  return parsed?.success && parsed.data.columns.length === Math.min(names.length, 500) ? parsed.data : null;
};
