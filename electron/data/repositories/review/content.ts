import type { JournalEntry } from '../../database/commit.ts';

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What an entry wanted to write, for a person to read. */
export const contentOf = (entry: JournalEntry): string =>
  entry.mutations
    .map(({ entity, op, id, fields }) =>
      [
        `${op} ${entity} ${id}`,
        ...Object.entries(fields).map(([field, value]) => `  ${field}: ${said(value)}`),
      ].join('\n'),
    )
    .join('\n');
