import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { checksumAnswer } from '#shared/sync/protocol.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';
import { cursorOf } from './connection.ts';
import type { RoundContext } from './context.ts';
import { countWaiting } from './outbox.ts';

/** Key of the moment of the last comparison. */
export const CHECKED = 'sync.checkedAt';
const EVERY_MS = 24 * 3_600_000;

interface Sum {
  count: number;
  sum: number;
}

const sumOf = (db: ReadableDb, entity: EntityName): Sum =>
  read<Sum>(
    db,
    `SELECT count(*) AS count, coalesce(sum(server_seq), 0) AS sum FROM ${codecs[entity].table}
     WHERE deleted = 0 AND server_seq IS NOT NULL
       AND id NOT IN (SELECT id FROM parked WHERE entity = '${entity}')`,
  ).get() ?? { count: 0, sum: 0 };

const parkedSums = (db: ReadableDb): Map<string, Sum> =>
  new Map(
    read<Sum & { entity: string }>(
      db,
      `SELECT entity, count(*) AS count, sum(seq) AS sum FROM parked
       WHERE json_extract(record, '$.deleted') = 0 GROUP BY entity`,
    )
      .all()
      .map(({ entity, count, sum }) => [entity, { count, sum }]),
  );

/** Count and sum of seq per entity, as the server counts them. */
export const localSums = async (
  db: ReadableDb,
  breathe: () => Promise<void> = async () => undefined,
): Promise<Map<string, Sum>> => {
  const sums = parkedSums(db);
  for (const entity of Object.keys(entities) as EntityName[]) {
    const own = sumOf(db, entity);
    const parked = sums.get(entity) ?? { count: 0, sum: 0 };
    if (own.count + parked.count > 0)
      sums.set(entity, { count: own.count + parked.count, sum: own.sum + parked.sum });
    await breathe();
  }
  return sums;
};

/**
 * Once a day asks whether both sides hold the same. Only an answer at the very place where this laptop stands says anything.
 * @returns false when they do not
 */
export const holdsTheSame = async (context: RoundContext, force = false): Promise<boolean> => {
  const { db, server, signal } = context;
  const now = context.now().getTime();
  const last = Number(metaOf(db, CHECKED) ?? 0);
  if (!force && now - last < EVERY_MS && now >= last) return true;
  const answer = await server.call({ method: 'GET', path: '/v1/sync/checksum' }, checksumAnswer, signal);
  if (answer.cursor !== cursorOf(db) || countWaiting(db) > 0) return true;
  const sums = await localSums(db, context.breathe);
  if (answer.cursor !== cursorOf(db) || countWaiting(db) > 0) return true;
  setMeta(db, CHECKED, String(now));
  const names = new Set([...sums.keys(), ...Object.keys(answer.entities)]);
  return [...names].every((name) => {
    const mine = sums.get(name) ?? { count: 0, sum: 0 };
    const theirs = answer.entities[name] ?? { count: 0, sum: 0 };
    return mine.count === theirs.count && mine.sum === theirs.sum;
  });
};
