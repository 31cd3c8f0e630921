import { randomBytes } from 'node:crypto';
import { Fault } from '../http/fault.ts';
import type { Database, Sql } from '../store/database.ts';
import { derive, hashToken, secretOf } from './secrets.ts';

const DAY_MS = 86_400_000;
/** A request that a network sends twice is no replay, though the answer of the first was used at once. */
const LEEWAY_MS = 60_000;

export interface TokenRow {
  token_hash: string;
  device_id: string;
  account_id: string;
  successor_hash: string | null;
  expires_at: string;
  ended_at: string | null;
  revoked_at: string | null;
  active: boolean;
}

/** A refresh token as the database knows it; null when it does not. */
export const findToken = async (sql: Sql, token: string, lock = false): Promise<TokenRow | null> => {
  const [row] = await sql.query<TokenRow>(
    `SELECT t.token_hash, t.device_id, d.account_id, t.successor_hash, t.expires_at, t.ended_at, d.revoked_at, a.active
     FROM refresh_token t JOIN device d ON d.id = t.device_id JOIN account a ON a.id = d.account_id
     WHERE t.token_hash = $1 ${lock ? 'FOR UPDATE OF t' : ''}`,
    [hashToken(token)],
  );
  return row ?? null;
};

/** Whether the device has shown that it holds the token that followed, so that the one before it is a replay. */
const isSpent = async (sql: Sql, successorHash: string, now: number): Promise<boolean> => {
  const [next] = await sql.query<{ successor_hash: string | null; used_at: string | null }>(
    'SELECT successor_hash, used_at FROM refresh_token WHERE token_hash = $1',
    [successorHash],
  );
  if (!next) return true;
  if (next.successor_hash !== null) return true;
  return next.used_at !== null && now - Date.parse(next.used_at) > LEEWAY_MS;
};

const store = (sql: Sql, deviceId: string, token: string, now: number, days: number) =>
  sql.query(
    `INSERT INTO refresh_token (token_hash, device_id, issued_at, expires_at) VALUES ($1, $2, $3, $4)`,
    [hashToken(token), deviceId, new Date(now).toISOString(), new Date(now + days * DAY_MS).toISOString()],
  );

/** Ends every token of a device: a new sign-in begins, or an old token came back. */
export const endTokens = async (sql: Sql, deviceId: string, now: number): Promise<void> => {
  await sql.query('UPDATE refresh_token SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL', [
    deviceId,
    new Date(now).toISOString(),
  ]);
};

/** The first token of a device that signed in. */
export const firstToken = async (sql: Sql, deviceId: string, now: number, days: number): Promise<string> => {
  const token = randomBytes(32).toString('base64url');
  await store(sql, deviceId, token, now, days);
  return token;
};

/**
 * The token that follows. It is derived from the old one, so that a lost answer can be given again until the device shows
 * that it holds it; after that the old token is a replay and ends them all.
 * @throws Fault unauthorized, token_expired, token_replayed, device_revoked, user_disabled
 */
export const rotate = async (
  db: Database,
  { deviceId, refreshToken }: { deviceId: string; refreshToken: string },
  { now, days }: { now: number; days: number },
): Promise<{ refreshToken: string; accountId: string }> => {
  const outcome = await db.transaction(async (sql) => {
    const row = await findToken(sql, refreshToken, true);
    if (!row || row.device_id !== deviceId) throw new Fault('unauthorized');
    refuseCutOff(row);
    if (row.ended_at !== null) throw new Fault('token_replayed');
    if (Date.parse(row.expires_at) <= now) throw new Fault('token_expired');
    const successor = derive(await secretOf(sql, 'refresh'), 'refresh', refreshToken);
    if (row.successor_hash === null) {
      await store(sql, deviceId, successor, now, days);
      await sql.query(
        'UPDATE refresh_token SET successor_hash = $2, used_at = coalesce(used_at, $3) WHERE token_hash = $1',
        [row.token_hash, hashToken(successor), new Date(now).toISOString()],
      );
      // what is older than the one before can only be a replay; a month of them tells who
      await sql.query('DELETE FROM refresh_token WHERE device_id = $1 AND expires_at < $2', [
        deviceId,
        new Date(now - 30 * DAY_MS).toISOString(),
      ]);
    } else if (row.successor_hash !== hashToken(successor) || (await isSpent(sql, row.successor_hash, now))) {
      await endTokens(sql, deviceId, now);
      return null;
    }
    return { refreshToken: successor, accountId: row.account_id };
  });
  // thrown out here, so that the end of the tokens is kept
  if (!outcome) throw new Fault('token_replayed');
  return outcome;
};

/** @throws Fault device_revoked, user_disabled */
export const refuseCutOff = ({
  revoked_at,
  active,
}: {
  revoked_at: string | null;
  active: boolean;
}): void => {
  if (revoked_at !== null) throw new Fault('device_revoked');
  if (!active) throw new Fault('user_disabled');
};

/**
 * The device of a refresh token that was cut off: it may hand over what it still holds, also when the token has expired.
 * Only its last token will do. @throws Fault unauthorized, not_allowed
 */
export const revokedDeviceOf = async (
  sql: Sql,
  deviceId: string,
  refreshToken: string,
): Promise<TokenRow> => {
  const row = await findToken(sql, refreshToken);
  if (!row || row.device_id !== deviceId) throw new Fault('unauthorized');
  if (row.successor_hash !== null) {
    const [next] = await sql.query<{ used_at: string | null }>(
      'SELECT used_at FROM refresh_token WHERE token_hash = $1',
      [row.successor_hash],
    );
    if (next?.used_at) throw new Fault('unauthorized');
  }
  if (row.revoked_at === null && row.active)
    throw new Fault('not_allowed', { detail: 'this device is not cut off' });
  return row;
};
