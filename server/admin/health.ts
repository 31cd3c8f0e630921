import type { UserRole } from '#shared/domain/entities/team.ts';
import { findBook } from './books.ts';
import type { AdminContext } from './context.ts';

export interface DeviceHealth {
  book: string | null;
  username: string;
  name: string;
  role: UserRole;
  active: boolean;
  deviceId: string | null;
  device: string | null;
  revokedAt: string | null;
  purgedAt: string | null;
  appVersion: string | null;
  lastSyncAt: string | null;
  /** Mutations that waited on the laptop at its last handshake. */
  waiting: number;
  /** Changes of the book the laptop has not pulled. */
  lag: number | null;
  /** Edits of this user in quarantine that nobody has settled. */
  quarantined: number;
}

/** Who synced when, with what waiting: one row per device, and one for each user who has none. */
export const syncHealth = async (
  { db }: AdminContext,
  { book }: { book?: string },
): Promise<DeviceHealth[]> => {
  const bookId = book === undefined ? null : (await findBook(db, book)).id;
  return db.query<DeviceHealth>(
    `SELECT b.name AS book, a.username, a.name, a.role, a.active, d.id AS "deviceId", d.name AS device,
       d.revoked_at AS "revokedAt", d.purged_at AS "purgedAt", c.app_version AS "appVersion",
       c.last_sync_at AS "lastSyncAt", coalesce(c.waiting, 0) AS waiting, b.seq - c.cursor_seq AS lag,
       (SELECT count(*) FROM quarantine q WHERE q.book_id = a.book_id AND q.account_id = a.id AND q.settled_at IS NULL) AS quarantined
     FROM account a LEFT JOIN book b ON b.id = a.book_id
     LEFT JOIN device d ON d.account_id = a.id
     LEFT JOIN LATERAL (SELECT * FROM client c WHERE c.book_id = a.book_id AND c.device_id = d.id
       ORDER BY c.last_sync_at DESC NULLS LAST LIMIT 1) c ON true
     WHERE $1::uuid IS NULL OR a.book_id = $1
     ORDER BY b.name NULLS FIRST, a.username, d.enrolled_at`,
    [bookId],
  );
};
