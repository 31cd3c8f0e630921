import type { Output, Parsed } from '#shared/contracts/registry.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

/** What sync did, newest first. */
export const eventPage = (
  db: ReadableDb,
  { offset, limit }: Parsed<'sync.events'>,
): Output<'sync.events'> => ({
  total: read<{ n: number }>(db, 'SELECT count(*) AS n FROM sync_event').get()?.n ?? 0,
  events: read<{ n: number; at: string; kind: string; params: string }>(
    db,
    'SELECT n, at, kind, params FROM sync_event ORDER BY n DESC LIMIT ? OFFSET ?',
  )
    .all(limit, offset)
    .map((row) => ({ ...row, params: JSON.parse(row.params) as Record<string, string | number> })),
});
