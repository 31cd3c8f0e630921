import { randomBytes } from 'node:crypto';
import { runArgon2 } from './argon2.ts';

export interface Argon2 {
  memoryKib: number;
  iterations: number;
}

const SALT_BYTES = 16;
/** The same password from another keyboard is the same password. */
const normal = (password: string): string => password.normalize('NFKC');

/** The hash of a password with its salt and parameters. */
export const hashPassword = async (password: string, { memoryKib, iterations }: Argon2): Promise<string> =>
  String(
    await runArgon2({
      kind: 'hash',
      password: normal(password),
      salt: randomBytes(SALT_BYTES),
      memoryKib,
      iterations,
    }),
  );

/** A hash no password has, with the same parameters: checking it takes as long as checking a real one. */
export const decoyHash = (argon2: Argon2): Promise<string> =>
  hashPassword(randomBytes(32).toString('base64url'), argon2);

/** @returns false also for a hash that cannot be read, or an empty password */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  if (password === '') return false;
  return (await runArgon2({ kind: 'verify', password: normal(password), hash })) === true;
};

/** Whether a hash was made with these parameters. */
export const isCurrent = (hash: string, { memoryKib, iterations }: Argon2): boolean =>
  hash.startsWith('$argon2id$') && hash.includes(`$m=${memoryKib},t=${iterations},p=1$`);
