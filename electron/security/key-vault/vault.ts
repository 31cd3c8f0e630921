import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/contracts/errors.ts';
import { hasKeyFile, type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import type { KeyRing } from './key-ring.ts';
import { newRecoveryCode, secretOfCode } from './recovery-code.ts';
import { ARGON2_COST, keyOfPassphrase, keyOfSecret, seal, unseal } from './seal.ts';

export type Protection = 'system' | 'passphrase' | 'none';

const FREE_TRIES = 3;
const DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

const withPassphrase = async (
  key: Uint8Array,
  passphrase: string,
): Promise<NonNullable<KeyFile['passphrase']>> => {
  const salt = randomBytes(16);
  return {
    salt: salt.toString('base64'),
    cost: ARGON2_COST,
    sealed: seal(await keyOfPassphrase(passphrase, salt, ARGON2_COST), key),
  };
};

const withRecovery = (key: Uint8Array): { code: string; wrap: NonNullable<KeyFile['recovery']> } => {
  const { code, secret } = newRecoveryCode();
  const salt = randomBytes(16);
  return { code, wrap: { salt: salt.toString('base64'), sealed: seal(keyOfSecret(secret, salt), key) } };
};

/** The vault of one book's key: makes it, opens it, wraps it anew. The key itself never leaves main and the data process. */
export const createVault = (folder: string, ring: KeyRing) => {
  let failures = 0;

  const afterFailure = async (code: 'wrong_passphrase' | 'wrong_recovery_code'): Promise<never> => {
    failures += 1;
    if (failures > FREE_TRIES)
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS)),
      );
    throw new AppError(code);
  };

  return {
    exists: (): boolean => hasKeyFile(folder),

    /** What guards the key, or null when there is no key file. */
    protection(): Protection | null {
      if (!hasKeyFile(folder)) return null;
      const file = readKeyFile(folder);
      if (file.none) return 'none';
      return file.passphrase ? 'passphrase' : 'system';
    },

    /** A key for the demo book, unprotected. */
    createUnprotected(): Uint8Array {
      const key = new Uint8Array(randomBytes(32));
      writeKeyFile(folder, { version: 1, none: { key: Buffer.from(key).toString('base64') } });
      return key;
    },

    /** A key guarded by passphrase, by the key ring, or both. @throws not_allowed when neither would guard it. */
    async create(passphrase: string | null): Promise<{ key: Uint8Array; recoveryCode: string }> {
      const system = await ring.available();
      if (!passphrase && !system)
        throw new AppError('not_allowed', { params: { reason: 'passphrase required' } });
      const key = new Uint8Array(randomBytes(32));
      const { code, wrap } = withRecovery(key);
      writeKeyFile(folder, {
        version: 1,
        ...(passphrase
          ? { passphrase: await withPassphrase(key, passphrase) }
          : { system: { sealed: await ring.protect(Buffer.from(key).toString('base64')) } }),
        recovery: wrap,
      });
      return { key, recoveryCode: code };
    },

    /** The key when nobody needs to type anything; null when somebody must. */
    async openSilently(): Promise<Uint8Array | null> {
      const file = readKeyFile(folder);
      if (file.none) return new Uint8Array(Buffer.from(file.none.key, 'base64'));
      if (file.passphrase || !file.system || !(await ring.available())) return null;
      try {
        return new Uint8Array(Buffer.from(await ring.reveal(file.system.sealed), 'base64'));
      } catch {
        // another key ring than the one that sealed it: the recovery code opens the book
        return null;
      }
    },

    /** @throws wrong_passphrase, after a growing delay. */
    async openByPassphrase(passphrase: string): Promise<Uint8Array> {
      const wrap = readKeyFile(folder).passphrase;
      if (!wrap) return afterFailure('wrong_passphrase');
      const key = unseal(
        await keyOfPassphrase(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.cost),
        wrap.sealed,
      );
      if (!key) return afterFailure('wrong_passphrase');
      failures = 0;
      return key;
    },

    /** @throws wrong_recovery_code, after a growing delay. */
    async openByRecoveryCode(typed: string): Promise<Uint8Array> {
      const secret = secretOfCode(typed);
      const wrap = readKeyFile(folder).recovery;
      const key =
        secret && wrap ? unseal(keyOfSecret(secret, Buffer.from(wrap.salt, 'base64')), wrap.sealed) : null;
      if (!key) return afterFailure('wrong_recovery_code');
      failures = 0;
      return key;
    },

    /** Guards an open key by a new passphrase; the former passphrase and recovery code no longer work. */
    async rewrap(key: Uint8Array, passphrase: string): Promise<string> {
      const { code, wrap } = withRecovery(key);
      const file: KeyFile = { version: 1, passphrase: await withPassphrase(key, passphrase), recovery: wrap };
      writeKeyFile(folder, file);
      // once more, so that the copy beside it does not open by the former passphrase
      writeKeyFile(folder, file);
      return code;
    },
  };
};

export type Vault = ReturnType<typeof createVault>;
