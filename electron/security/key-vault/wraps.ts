import { randomBytes } from 'node:crypto';
import type { KeyFile } from './key-file.ts';
import { newRecoveryCode, secretOfCode } from './recovery-code.ts';
import { type Argon2Cost, keyOfPassphrase, keyOfSecret, type Sealed, seal, unseal } from './seal.ts';

type PassphraseWrap = NonNullable<KeyFile['passphrase']>;
type RecoveryWrap = NonNullable<KeyFile['recovery']>;

/** Authenticated with each wrap: what it is and of which version of the file. */
const PURPOSE = {
  passphrase: 'visitbook keys.json 1 passphrase',
  recovery: 'visitbook keys.json 1 recovery',
};

/** Seals the key and overwrites the wrapping key. */
const sealOnce = (wrapping: Uint8Array, key: Uint8Array, purpose: string): Sealed => {
  try {
    return seal(wrapping, key, purpose);
  } finally {
    wrapping.fill(0);
  }
};

/** Opens a wrap and overwrites the wrapping key. */
const unsealOnce = (wrapping: Uint8Array, sealed: Sealed, purpose: string): Uint8Array | null => {
  try {
    return unseal(wrapping, sealed, purpose);
  } finally {
    wrapping.fill(0);
  }
};

/** Wraps the key by a passphrase. */
export const wrapByPassphrase = async (
  key: Uint8Array,
  passphrase: string,
  cost: Argon2Cost,
): Promise<PassphraseWrap> => {
  const salt = randomBytes(16);
  const wrapping = await keyOfPassphrase(passphrase, salt, cost);
  return { salt: salt.toString('base64'), cost, sealed: sealOnce(wrapping, key, PURPOSE.passphrase) };
};

/** The key in a passphrase wrap, or null when the passphrase is another one. */
export const openPassphraseWrap = async (
  wrap: PassphraseWrap,
  passphrase: string,
): Promise<Uint8Array | null> => {
  if (passphrase === '') return null;
  const wrapping = await keyOfPassphrase(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.cost);
  return unsealOnce(wrapping, wrap.sealed, PURPOSE.passphrase);
};

/** Wraps the key by a new recovery code, which is answered once and kept nowhere. */
export const wrapByRecoveryCode = (key: Uint8Array): { code: string; wrap: RecoveryWrap } => {
  const { code, secret } = newRecoveryCode();
  const salt = randomBytes(16);
  const wrapping = keyOfSecret(secret, salt);
  secret.fill(0);
  return {
    code,
    wrap: { salt: salt.toString('base64'), sealed: sealOnce(wrapping, key, PURPOSE.recovery) },
  };
};

/** The key in a recovery wrap, or null when the code is another one or was typed wrong. */
export const openRecoveryWrap = (wrap: RecoveryWrap, typed: string): Uint8Array | null => {
  const secret = secretOfCode(typed);
  if (!secret) return null;
  const wrapping = keyOfSecret(secret, Buffer.from(wrap.salt, 'base64'));
  secret.fill(0);
  return unsealOnce(wrapping, wrap.sealed, PURPOSE.recovery);
};
