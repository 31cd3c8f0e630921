import { randomInt } from 'node:crypto';
import type { Database } from '../store/database.ts';
import { derive, secretOf } from './secrets.ts';

/** So many wrong passwords are forgiven; then each further one doubles the wait. */
const FORGIVEN = 5;
const FIRST_WAIT_S = 30;
const LONGEST_WAIT_S = 3_600;

/** Seconds to wait after so many wrong passwords in a row. */
export const waitAfter = (failed: number): number =>
  failed < FORGIVEN ? 0 : Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (failed - FORGIVEN));

export interface Attempt {
  /** Seconds until the next attempt is looked at; 0 when this one is. */
  wait: number;
}

/** The wait in SQL: waitAfter of the number that is about to be stored. */
const LOCK = `CASE WHEN failed_logins + 1 < ${FORGIVEN} THEN NULL
  ELSE $2::timestamptz + least(${LONGEST_WAIT_S}, ${FIRST_WAIT_S} * power(2, least(failed_logins + 1 - ${FORGIVEN}, 20))) * interval '1 second' END`;

/** Counts before the password is looked at: many guesses at once are counted one by one. */
const COUNT = `failed_logins = failed_logins + 1, locked_until = ${LOCK}`;

const waitOf = (lockedUntil: string | null | undefined, now: number): number =>
  lockedUntil ? Math.max(1, Math.ceil((Date.parse(lockedUntil) - now) / 1_000)) : 1;

/** Counts an attempt on a user's password as wrong until `forgive` says otherwise. */
export const countAttempt = async (db: Database, accountId: string, now: number): Promise<Attempt> => {
  const at = new Date(now).toISOString();
  const counted = await db.query(
    `UPDATE account SET ${COUNT} WHERE id = $1 AND (locked_until IS NULL OR locked_until <= $2) RETURNING id`,
    [accountId, at],
  );
  if (counted.length > 0) return { wait: 0 };
  const [row] = await db.query<{ locked_until: string | null }>(
    'SELECT locked_until FROM account WHERE id = $1',
    [accountId],
  );
  return { wait: waitOf(row?.locked_until, now) };
};

/** Read once: it never changes, and a name nobody has must take no longer than one that somebody has. */
const secrets = new WeakMap<Database, Promise<Buffer>>();
const strangersSecret = (db: Database): Promise<Buffer> => {
  const known = secrets.get(db) ?? secretOf(db, 'strangers');
  secrets.set(db, known);
  known.catch(() => secrets.delete(db));
  return known;
};

/** One attempt in so many also removes what is a day old. */
const SWEEP = 100;

/** The same for a name nobody has: who guesses names learns nothing from it. */
export const countStranger = async (db: Database, username: string, now: number): Promise<Attempt> => {
  const at = new Date(now).toISOString();
  const name = derive(await strangersSecret(db), 'stranger', username.toLowerCase());
  const counted = await db.query(
    `INSERT INTO stranger AS s (name_hash, failed_logins, tried_at) VALUES ($1, 1, $2)
     ON CONFLICT (name_hash) DO UPDATE SET ${COUNT.replaceAll('failed_logins + 1', 's.failed_logins + 1')}, tried_at = $2
     WHERE s.locked_until IS NULL OR s.locked_until <= $2 RETURNING name_hash`,
    [name, at],
  );
  if (randomInt(SWEEP) === 0)
    await db.query(`DELETE FROM stranger WHERE tried_at < $1::timestamptz - interval '1 day'`, [at]);
  if (counted.length > 0) return { wait: 0 };
  const [row] = await db.query<{ locked_until: string | null }>(
    'SELECT locked_until FROM stranger WHERE name_hash = $1',
    [name],
  );
  return { wait: waitOf(row?.locked_until, now) };
};

/** The right password or code: nothing is held against the user any more. */
export const forgive = async (db: Database, accountId: string): Promise<void> => {
  await db.query(
    'UPDATE account SET failed_logins = 0, locked_until = NULL WHERE id = $1 AND failed_logins > 0',
    [accountId],
  );
};
