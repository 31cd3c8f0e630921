import type { Member } from '#shared/sync/team.ts';
import type { Sql } from '../store/database.ts';

/** Everybody who works in a book: what they look after, when they last synced, what waits and what is in quarantine. */
export const overview = (sql: Sql, bookId: string): Promise<Member[]> =>
  sql.query<Member>(
    `SELECT a.id, a.username, a.name, a.role, a.active,
       (SELECT count(*) FROM assignment s WHERE s.book_id = $1 AND s.account_id = a.id AND s.role = 'owner' AND s.ended_seq IS NULL) AS customers,
       (SELECT count(*) FROM device d WHERE d.account_id = a.id AND d.revoked_at IS NULL) AS devices,
       coalesce((SELECT sum(c.waiting) FROM client c JOIN device d ON d.id = c.device_id
         WHERE c.book_id = $1 AND c.account_id = a.id AND d.revoked_at IS NULL), 0)::bigint AS waiting,
       (SELECT max(c.last_sync_at) FROM client c WHERE c.book_id = $1 AND c.account_id = a.id) AS "lastSyncAt",
       (SELECT count(*) FROM quarantine q WHERE q.book_id = $1 AND q.account_id = a.id AND q.settled_at IS NULL) AS quarantined
     FROM account a WHERE a.book_id = $1 ORDER BY a.active DESC, a.name`,
    [bookId],
  );
