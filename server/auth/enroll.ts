import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { enrollRequest, Tokens } from '#shared/sync/protocol.ts';
import { Fault } from '../http/fault.ts';
import type { Database, Sql } from '../store/database.ts';
import { ACCESS_SECONDS, type AccessTokens } from './access.ts';
import { refuseWhenBusy } from './argon2.ts';
import { countAttempt, countStranger, forgive } from './attempts.ts';
import { type Argon2, decoyHash, hashPassword, isCurrent, verifyPassword } from './password.ts';
import { endTokens, firstToken, rotate } from './refresh.ts';
import { hashCode, hashToken } from './secrets.ts';

export interface AccountParts {
  db: Database;
  access: AccessTokens;
  argon2: Argon2;
  refreshDays: number;
  now?: () => number;
}

export type Enrolment = z.infer<typeof enrollRequest>;

interface AccountRow {
  id: string;
  book_id: string | null;
  password_hash: string | null;
  active: boolean;
}

/** The id of no account. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

let decoy: { argon2: Argon2; hash: Promise<string> } | null = null;
const decoyOf = (argon2: Argon2): Promise<string> => {
  if (decoy?.argon2 !== argon2) decoy = { argon2, hash: decoyHash(argon2) };
  return decoy.hash;
};

/** Uses a one-time code up; false when there is none that is still good. */
const redeem = async (sql: Sql, accountId: string, code: string, at: string): Promise<boolean> => {
  const used = await sql.query(
    `UPDATE enroll_code SET used_at = $3
     WHERE code_hash = $1 AND account_id = $2 AND used_at IS NULL AND expires_at > $3 RETURNING code_hash`,
    [hashCode(code), accountId, at],
  );
  return used.length > 0;
};

/**
 * The device of this client when the same user signs in on it again, otherwise a new one. A device that was cut off is
 * never taken up again.
 */
const takeDevice = async (
  sql: Sql,
  account: AccountRow,
  { clientId, device }: Enrolment,
  at: string,
): Promise<string> => {
  const [known] = await sql.query<{ id: string }>(
    `UPDATE device SET name = $4, platform = $5, last_seen_at = $6, purged_at = NULL
     WHERE revoked_at IS NULL AND account_id = $1
       AND id = (SELECT device_id FROM client WHERE book_id = $2 AND client_id = $3 AND account_id = $1)
     RETURNING id`,
    [account.id, account.book_id, clientId, device.name, device.platform, at],
  );
  if (known) return known.id;
  const id = uuid();
  await sql.query(
    'INSERT INTO device (id, account_id, name, platform, enrolled_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $5)',
    [id, account.id, device.name, device.platform, at],
  );
  return id;
};

/** @throws Fault bad_credentials, locked_out: the same whether the user exists or not */
const checkPassword = async (
  { db, argon2, now = Date.now }: AccountParts,
  account: AccountRow | undefined,
  username: string,
  password: string,
): Promise<void> => {
  refuseWhenBusy();
  const { wait } = account
    ? await countAttempt(db, account.id, now())
    : await countStranger(db, username, now());
  if (wait > 0) throw new Fault('locked_out', { retryAfter: wait });
  const right = await verifyPassword(password, account?.password_hash ?? (await decoyOf(argon2)));
  if (!right || !account?.password_hash) throw new Fault('bad_credentials');
  await forgive(db, account.id);
  if (!isCurrent(account.password_hash, argon2))
    await db.query('UPDATE account SET password_hash = $2 WHERE id = $1 AND password_hash = $3', [
      account.id,
      await hashPassword(password, argon2),
      account.password_hash,
    ]);
};

/** A wrong code counts like a wrong password; a right one is let in even while the password is locked. */
const refredeem = async (
  { db, now = Date.now }: AccountParts,
  account: AccountRow | undefined,
  username: string,
): Promise<never> => {
  const { wait } = account
    ? await countAttempt(db, account.id, now())
    : await countStranger(db, username, now());
  if (wait > 0) throw new Fault('locked_out', { retryAfter: wait });
  throw new Fault('bad_credentials');
};

/**
 * Enrols a device with the user's password or a one-time code.
 * @throws Fault bad_credentials, locked_out, user_disabled
 */
export const enroll = async (parts: AccountParts, request: Enrolment): Promise<Tokens> => {
  const { db, access, refreshDays, now = Date.now } = parts;
  const { username, password, code } = request;
  const [account] = await db.query<AccountRow>(
    'SELECT id, book_id, password_hash, active FROM account WHERE lower(username) = lower($1)',
    [username],
  );
  if (password !== undefined) await checkPassword(parts, account, username, password);
  const at = new Date(now()).toISOString();
  const given = await db.transaction(async (sql) => {
    // asked also for a name nobody has, so that it takes as long
    if (code !== undefined && !(await redeem(sql, account?.id ?? NOBODY, code, at))) return null;
    if (!account) return null;
    if (!account.active) throw new Fault('user_disabled');
    const deviceId = await takeDevice(sql, account, request, at);
    await endTokens(sql, deviceId, now());
    return { deviceId, refreshToken: await firstToken(sql, deviceId, now(), refreshDays) };
  });
  if (!given || !account) return refredeem(parts, account, username);
  await forgive(db, account.id);
  return {
    ...given,
    accessToken: await access.issue({
      accountId: account.id,
      deviceId: given.deviceId,
      tokenHash: hashToken(given.refreshToken),
    }),
    expiresIn: ACCESS_SECONDS,
  };
};

/** New tokens for a refresh token (see `rotate`). @throws Fault */
export const refresh = async (
  { db, access, refreshDays, now = Date.now }: AccountParts,
  request: { deviceId: string; refreshToken: string },
): Promise<Tokens> => {
  const { refreshToken, accountId } = await rotate(db, request, { now: now(), days: refreshDays });
  const { deviceId } = request;
  return {
    accessToken: await access.issue({ accountId, deviceId, tokenHash: hashToken(refreshToken) }),
    expiresIn: ACCESS_SECONDS,
    refreshToken,
    deviceId,
  };
};
