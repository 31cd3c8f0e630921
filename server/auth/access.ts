import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Fault } from '../http/fault.ts';
import type { Database } from '../store/database.ts';

/** Seconds an access token lasts. */
export const ACCESS_SECONDS = 600;
/** A key that was followed by another still verifies for so long. */
const KEPT_MS = 60 * 60_000;
/** Another server may have begun a new key. */
const REREAD_MS = 60_000;
const META = 'signing_keys';
const ALGORITHM = 'HS256';
const NAME = 'visitbook';

const signingKeys = z.array(z.object({ kid: z.string(), secret: z.string(), madeAt: z.number() })).min(1);
type SigningKeys = z.infer<typeof signingKeys>;

/** What an access token says. */
export interface AccessClaims {
  accountId: string;
  deviceId: string;
  /** Hash of the refresh token it was given with. */
  tokenHash: string;
}
const claims = z.object({ sub: z.uuid(), did: z.uuid(), rth: z.string().regex(/^[0-9a-f]{64}$/) });

const newKey = (now: number): SigningKeys[number] => ({
  kid: randomBytes(8).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
  madeAt: now,
});

/** Begins a new signing key; tokens of the one before stay valid until they end. */
export const rotateSigningKey = (db: Database, now = Date.now()): Promise<void> =>
  db.transaction(async (sql) => {
    const [row] = await sql.query<{ value: string }>(
      'SELECT value FROM server_meta WHERE key = $1 FOR UPDATE',
      [META],
    );
    const before = row ? signingKeys.parse(JSON.parse(row.value)) : [];
    const keys = [
      newKey(now),
      ...before.filter((_, index) => now - (before[index - 1]?.madeAt ?? now) < KEPT_MS),
    ];
    await sql.query(
      'INSERT INTO server_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [META, JSON.stringify(keys)],
    );
  });

export interface AccessTokens {
  issue(claims: AccessClaims): Promise<string>;
  /** @throws Fault unauthorized, token_expired */
  verify(token: string): Promise<AccessClaims>;
}

/** Access tokens: signed by a key all servers of this database share. */
export const createAccessTokens = (db: Database, now: () => number = Date.now): AccessTokens => {
  let known: { keys: SigningKeys; readAt: number } | null = null;

  const readKeys = async (): Promise<SigningKeys> => {
    await db.query('INSERT INTO server_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
      META,
      JSON.stringify([newKey(now())]),
    ]);
    const [row] = await db.query<{ value: string }>('SELECT value FROM server_meta WHERE key = $1', [META]);
    const keys = signingKeys.parse(JSON.parse(row?.value ?? '[]'));
    known = { keys, readAt: Date.now() };
    return keys;
  };
  const keysNow = async (): Promise<SigningKeys> =>
    known && Date.now() - known.readAt < REREAD_MS ? known.keys : readKeys();

  const keyOf = async (kid: string | undefined): Promise<Uint8Array> => {
    const find = (keys: SigningKeys) => keys.find((key) => key.kid === kid);
    // an unknown key may be a new one, but strangers must not make us ask the database for each of theirs
    const fresh = known !== null && Date.now() - known.readAt < 1_000;
    const key = find(await keysNow()) ?? (fresh ? undefined : find(await readKeys()));
    if (!key) throw new Fault('unauthorized');
    return Buffer.from(key.secret, 'base64url');
  };

  return {
    async issue({ accountId, deviceId, tokenHash }) {
      const keys = await keysNow();
      // a new key signs once every server has had the time to read it
      const key = keys.find(({ madeAt }) => now() - madeAt > 2 * REREAD_MS) ?? keys.at(-1);
      if (!key) throw new Error('no signing key');
      const seconds = Math.floor(now() / 1_000);
      return new SignJWT({ did: deviceId, rth: tokenHash })
        .setProtectedHeader({ alg: ALGORITHM, kid: key.kid })
        .setSubject(accountId)
        .setIssuer(NAME)
        .setAudience(NAME)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + ACCESS_SECONDS)
        .sign(Buffer.from(key.secret, 'base64url'));
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => keyOf(kid), {
          algorithms: [ALGORITHM],
          issuer: NAME,
          audience: NAME,
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(now()),
        });
        const { sub, did, rth } = claims.parse(payload);
        return { accountId: sub, deviceId: did, tokenHash: rth };
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new Fault('token_expired');
        if (error instanceof Fault || error instanceof errors.JOSEError || error instanceof z.ZodError)
          throw new Fault('unauthorized');
        throw error;
      }
    },
  };
};
