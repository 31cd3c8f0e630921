import { randomBytes } from 'node:crypto';
import { Fault } from '../http/fault.ts';
import type { Database, Sql } from '../store/database.ts';
import { readToken, type TokenPlace, writeToken } from './refresh-token.ts';
import { hashToken, secretOf } from './secrets.ts';

const DAY_MS = 86_400_000;
/** A request that a network sends twice is no replay, though the answer of the first was used at once. */
const LEEWAY_MS = 60_000;
/** So long a token is remembered after its end, to tell a replay from nonsense. */
const REMEMBERED_MS = 30 * DAY_MS;

interface TokenRow {
  token_hash: string;
  successor_hash: string | null;
  expires_at: string;
  ended_at: string | null;
}

/** Time of a request, and how many days a token lasts. */
export interface Term {
  now: number;
  days: number;
}

const instant = (time: number): string => new Date(time).toISOString();
const secret = (sql: Sql): Promise<Buffer> => secretOf(sql, 'refresh');

/** Keeps a token as its hash; one that is there already stays as it is. */
const store = async (sql: Sql, token: string, place: TokenPlace, days: number): Promise<void> => {
  await sql.query(
    `INSERT INTO refresh_token (token_hash, device_id, family, generation, issued_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (token_hash) DO NOTHING`,
    [
      hashToken(token),
      place.deviceId,
      place.family,
      place.generation,
      instant(place.issuedAt),
      instant(place.issuedAt + days * DAY_MS),
    ],
  );
};

/** The first token of a device that signed in. */
export const firstToken = async (sql: Sql, deviceId: string, now: number, days: number): Promise<string> => {
  const family = randomBytes(16).toString('base64url');
  const place = { deviceId, family, generation: 1, issuedAt: now };
  const token = writeToken(await secret(sql), place);
  await store(sql, token, place, days);
  return token;
};

/** Ends every token of a device: a new sign-in begins, or an old token came back. */
export const endTokens = async (sql: Sql, deviceId: string, now: number): Promise<void> => {
  await sql.query('UPDATE refresh_token SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL', [
    deviceId,
    instant(now),
  ]);
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

interface DeviceRow {
  account_id: string;
  revoked_at: string | null;
  active: boolean;
}

/** The device of a token, locked, and the token's place. @throws Fault unauthorized */
const holderOf = async (
  sql: Sql,
  deviceId: string,
  token: string,
): Promise<{ place: TokenPlace; device: DeviceRow }> => {
  const place = readToken(await secret(sql), deviceId, token);
  if (!place) throw new Fault('unauthorized');
  const [device] = await sql.query<DeviceRow>(
    `SELECT d.account_id, d.revoked_at, a.active FROM device d JOIN account a ON a.id = d.account_id
     WHERE d.id = $1 FOR UPDATE OF d`,
    [deviceId],
  );
  if (!device) throw new Fault('unauthorized');
  return { place, device };
};

/** Whether a newer token of the chain was seen, or the chain has ended. */
const isOvertaken = async (sql: Sql, { family, generation }: TokenPlace): Promise<boolean> => {
  const newer = await sql.query(
    'SELECT 1 FROM refresh_token WHERE family = $1 AND (generation > $2 OR ended_at IS NOT NULL) LIMIT 1',
    [family, generation],
  );
  return newer.length > 0;
};

/**
 * The row of a token. A token of ours that the database does not know was given after the backup it was restored from: it is
 * taken as the newest of its chain, unless a newer one was seen.
 */
const admit = async (sql: Sql, token: string, place: TokenPlace, days: number): Promise<TokenRow | null> => {
  const find = () =>
    sql.query<TokenRow>(
      'SELECT token_hash, successor_hash, expires_at, ended_at FROM refresh_token WHERE token_hash = $1',
      [hashToken(token)],
    );
  const [known] = await find();
  if (known) return known;
  if (await isOvertaken(sql, place)) return null;
  await store(sql, token, place, days);
  const [stored] = await find();
  return stored ?? null;
};

interface Successor {
  token: string;
  /** The device has shown that it holds it, so that the one before it is a replay. */
  spent: boolean;
}

/** The successor that was given already. */
const successorOf = async (sql: Sql, place: TokenPlace, now: number): Promise<Successor | null> => {
  const generation = place.generation + 1;
  const [row] = await sql.query<{ issued_at: string; successor_hash: string | null; used_at: string | null }>(
    'SELECT issued_at, successor_hash, used_at FROM refresh_token WHERE family = $1 AND generation = $2',
    [place.family, generation],
  );
  if (!row) return null;
  const token = writeToken(await secret(sql), { ...place, generation, issuedAt: Date.parse(row.issued_at) });
  const worked = row.used_at !== null && now - Date.parse(row.used_at) > LEEWAY_MS;
  return { token, spent: row.successor_hash !== null || worked };
};

/** Gives the successor for the first time. */
const succeed = async (sql: Sql, row: TokenRow, place: TokenPlace, { now, days }: Term): Promise<string> => {
  const next = { ...place, generation: place.generation + 1, issuedAt: now };
  const token = writeToken(await secret(sql), next);
  await store(sql, token, next, days);
  await sql.query(
    'UPDATE refresh_token SET successor_hash = $2, used_at = coalesce(used_at, $3) WHERE token_hash = $1',
    [row.token_hash, hashToken(token), instant(now)],
  );
  await sql.query('DELETE FROM refresh_token WHERE device_id = $1 AND expires_at < $2', [
    place.deviceId,
    instant(now - REMEMBERED_MS),
  ]);
  return token;
};

/**
 * The token that follows. It can be made again, so that a lost answer is given again until the device shows that it holds it;
 * after that the old token is a replay and ends them all.
 * @throws Fault unauthorized, token_expired, token_replayed, device_revoked, user_disabled
 */
export const rotate = async (
  db: Database,
  { deviceId, refreshToken }: { deviceId: string; refreshToken: string },
  term: Term,
): Promise<{ refreshToken: string; accountId: string }> => {
  const { now, days } = term;
  const outcome = await db.transaction(async (sql) => {
    const { place, device } = await holderOf(sql, deviceId, refreshToken);
    refuseCutOff(device);
    if (place.issuedAt + days * DAY_MS <= now) throw new Fault('token_expired');
    const row = await admit(sql, refreshToken, place, days);
    if (row && row.ended_at !== null) return null;
    const given = await successorOf(sql, place, now);
    const isReplay =
      !row || (given ? given.spent : row.successor_hash !== null || (await isOvertaken(sql, place)));
    if (isReplay) {
      await endTokens(sql, deviceId, now);
      return null;
    }
    const successor = given?.token ?? (await succeed(sql, row, place, term));
    return { refreshToken: successor, accountId: device.account_id };
  });
  // thrown out here, so that the end of the tokens is kept
  if (!outcome) throw new Fault('token_replayed');
  return outcome;
};

/**
 * Lets a device that was cut off hand over what it still holds, also when its token has expired; only its last one will do.
 * @throws Fault unauthorized, not_allowed
 */
export const admitRevoked = (
  db: Database,
  deviceId: string,
  refreshToken: string,
  term: Term,
): Promise<void> =>
  db.transaction(async (sql) => {
    const { place, device } = await holderOf(sql, deviceId, refreshToken);
    const row = await admit(sql, refreshToken, place, term.days);
    const [used] = await sql.query(
      'SELECT 1 FROM refresh_token WHERE family = $1 AND generation > $2 AND used_at IS NOT NULL LIMIT 1',
      [place.family, place.generation],
    );
    if (!row || used) throw new Fault('unauthorized');
    if (device.revoked_at === null && device.active)
      throw new Fault('not_allowed', { detail: 'this device is not cut off' });
  });
