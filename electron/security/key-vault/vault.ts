import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/contracts/errors.ts';
import { createAttempts } from './attempts.ts';
import { hasKeyFile, healKeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import type { KeyRing } from './key-ring.ts';
import { ARGON2_COST, type Argon2Cost } from './seal.ts';
import { openPassphraseWrap, openRecoveryWrap, wrapByPassphrase, wrapByRecoveryCode } from './wraps.ts';

export type Protection = 'system' | 'passphrase' | 'none';

export interface VaultOptions {
  cost?: Argon2Cost;
  wait?(ms: number): Promise<void>;
}

const KEY_BYTES = 32;
const newKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));

/** The vault of one book's key: makes it, opens it, wraps it anew. The key itself never leaves main and the data process. */
export const createVault = (folder: string, ring: KeyRing, options: VaultOptions = {}) => {
  const cost = options.cost ?? ARGON2_COST;
  const attempt = createAttempts(options.wait);

  return {
    exists: (): boolean => hasKeyFile(folder),

    /** What guards the key, or null when there is no key file. @throws keys_unreadable. */
    protection(): Protection | null {
      if (!hasKeyFile(folder)) return null;
      const file = readKeyFile(folder);
      if (file.none) return 'none';
      return file.passphrase ? 'passphrase' : 'system';
    },

    /** A key for the demo book, unprotected. */
    createUnprotected(): Uint8Array {
      const key = newKey();
      writeKeyFile(folder, { version: 1, none: { key: Buffer.from(key).toString('base64') } });
      return key;
    },

    /** A key guarded by passphrase or, without one, by the key ring. @throws passphrase_required without either. */
    async create(passphrase: string | null): Promise<{ key: Uint8Array; recoveryCode: string }> {
      if (passphrase === null && !(await ring.available())) throw new AppError('passphrase_required');
      const key = newKey();
      const { code, wrap } = wrapByRecoveryCode(key);
      writeKeyFile(folder, {
        version: 1,
        ...(passphrase === null
          ? { system: { sealed: await ring.protect(Buffer.from(key).toString('base64')) } }
          : { passphrase: await wrapByPassphrase(key, passphrase, cost) }),
        recovery: wrap,
      });
      return { key, recoveryCode: code };
    },

    /** The key when nobody needs to type anything; null when somebody must. @throws keys_unreadable. */
    async openSilently(): Promise<Uint8Array | null> {
      const file = readKeyFile(folder);
      healKeyFile(folder);
      if (file.none) return new Uint8Array(Buffer.from(file.none.key, 'base64'));
      if (file.passphrase || !file.system || !(await ring.available())) return null;
      try {
        const key = new Uint8Array(Buffer.from(await ring.reveal(file.system.sealed), 'base64'));
        return key.length === KEY_BYTES ? key : null;
      } catch {
        // another key ring than the one that sealed it: the recovery code opens the book
        return null;
      }
    },

    /** @throws wrong_passphrase, held back after repeated failures. */
    async openByPassphrase(passphrase: string): Promise<Uint8Array> {
      const { passphrase: wrap } = readKeyFile(folder);
      const key = await attempt(async () => (wrap ? openPassphraseWrap(wrap, passphrase) : null));
      if (!key) throw new AppError('wrong_passphrase');
      return key;
    },

    /** @throws wrong_recovery_code, held back after repeated failures. */
    async openByRecoveryCode(typed: string): Promise<Uint8Array> {
      const { recovery: wrap } = readKeyFile(folder);
      const key = await attempt(async () => (wrap ? openRecoveryWrap(wrap, typed) : null));
      if (!key) throw new AppError('wrong_recovery_code');
      return key;
    },

    /** Guards an open key by a new passphrase; the former passphrase and recovery code no longer work. */
    async rewrap(key: Uint8Array, passphrase: string): Promise<string> {
      const { code, wrap } = wrapByRecoveryCode(key);
      writeKeyFile(folder, {
        version: 1,
        passphrase: await wrapByPassphrase(key, passphrase, cost),
        recovery: wrap,
      });
      return code;
    },
  };
};

export type Vault = ReturnType<typeof createVault>;
