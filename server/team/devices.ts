import type { z } from 'zod';
import type { deviceAnswer } from '#shared/sync/team.ts';
import { Fault } from '../http/fault.ts';
import type { Sql } from '../store/database.ts';

/** The devices of a user, newest first. */
export const listDevices = (sql: Sql, accountId: string): Promise<z.output<typeof deviceAnswer>[]> =>
  sql.query(
    `SELECT id, name, platform, enrolled_at AS "enrolledAt", last_seen_at AS "lastSeenAt", revoked_at AS "revokedAt"
     FROM device WHERE account_id = $1 ORDER BY enrolled_at DESC`,
    [accountId],
  );

/** Cuts a device off: one's own, or as a leader one of the book. @throws Fault not_found */
export const revokeDevice = async (
  sql: Sql,
  { id, by, bookId, isLeader }: { id: string; by: string; bookId: string; isLeader: boolean },
): Promise<void> => {
  const rows = await sql.query(
    `UPDATE device SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1
       AND (account_id = $2 OR $4 AND account_id IN (SELECT id FROM account WHERE book_id = $3)) RETURNING id`,
    [id, by, bookId, isLeader],
  );
  if (rows.length === 0) throw new Fault('not_found');
};
