import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, so that a code survives being read aloud. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_BYTES = 20;
const GROUP = 5;

const encode = (bytes: Uint8Array): string => {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const length = Math.ceil((bytes.length * 8) / 5);
  let text = '';
  for (let index = length - 1; index >= 0; index--)
    text += LETTERS[Number((bits >> BigInt(index * 5)) & 31n)];
  return text;
};

const decode = (text: string, size: number): Uint8Array => {
  let bits = 0n;
  for (const letter of text) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter));
  const bytes = new Uint8Array(size);
  for (let index = size - 1; index >= 0; index--, bits >>= 8n) bytes[index] = Number(bits & 255n);
  return bytes;
};

const checkLetters = (secret: Uint8Array): string =>
  encode(createHash('sha256').update(secret).digest().subarray(0, 2)).slice(-3);

/** A new recovery code: 160 random bits and three check letters, in groups of five. */
export const newRecoveryCode = (): { code: string; secret: Uint8Array } => {
  const secret = new Uint8Array(randomBytes(SECRET_BYTES));
  const text = encode(secret) + checkLetters(secret);
  return { code: text.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? text, secret };
};

/** The secret in a code as a person types it; null when a letter is wrong. Forgives case, spaces, O for 0, I and L for 1. */
export const secretOfCode = (typed: string): Uint8Array | null => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const length = Math.ceil((SECRET_BYTES * 8) / 5);
  if (text.length !== length + 3 || [...text].some((letter) => !LETTERS.includes(letter))) return null;
  const secret = decode(text.slice(0, length), SECRET_BYTES);
  return checkLetters(secret) === text.slice(length) ? secret : null;
};
