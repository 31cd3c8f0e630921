import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';

/** AES-256-GCM: nonce, ciphertext and tag, base64. */
export interface Sealed {
  nonce: string;
  box: string;
  tag: string;
}

/** Seals `plain` under a 32-byte key. `purpose` is authenticated, so that one wrap cannot stand in for another. */
export const seal = (key: Uint8Array, plain: Uint8Array, purpose: string): Sealed => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const box = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    box: box.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
};

/** Opens what {@link seal} made; null when the key or the purpose is not the one. */
export const unseal = (key: Uint8Array, sealed: Sealed, purpose: string): Uint8Array | null => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return new Uint8Array(
      Buffer.concat([decipher.update(Buffer.from(sealed.box, 'base64')), decipher.final()]),
    );
  } catch {
    return null;
  }
};

export interface Argon2Cost {
  iterations: number;
  /** KiB */
  memory: number;
  parallelism: number;
}
/** docs/spec/keys.md: 64 MiB, 3 passes. */
export const ARGON2_COST: Argon2Cost = { iterations: 3, memory: 65_536, parallelism: 1 };

/** A 32-byte key of a passphrase. Takes about a third of a second, on purpose. */
export const keyOfPassphrase = (
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<Uint8Array> =>
  argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    iterations: cost.iterations,
    memorySize: cost.memory,
    parallelism: cost.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });

/** A 32-byte key of random bytes: they need no stretching. */
export const keyOfSecret = (secret: Uint8Array, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, 'visitbook recovery', 32));
