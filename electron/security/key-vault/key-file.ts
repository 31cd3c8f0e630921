import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import { writeAtomically } from '../write-atomically.ts';

const bytes = (length: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === length, `not ${length} bytes`);
const sealedKey = z.strictObject({ nonce: bytes(12), box: bytes(32), tag: bytes(16) });
const salt = bytes(16);
/** Bounds, so that a damaged file can neither ask for all memory nor for no work at all. */
const cost = z.strictObject({
  iterations: z.number().int().min(1).max(64),
  memory: z.number().int().min(8).max(1_048_576),
  parallelism: z.number().int().min(1).max(16),
});

/** keys.json (docs/spec/keys.md): the database key, wrapped once or more. `none` is the demo's, in the clear. */
export const keyFile = z
  .strictObject({
    version: z.literal(1),
    system: z.strictObject({ sealed: z.base64().min(4).max(8_192) }).optional(),
    passphrase: z.strictObject({ salt, cost, sealed: sealedKey }).optional(),
    recovery: z.strictObject({ salt, sealed: sealedKey }).optional(),
    none: z.strictObject({ key: bytes(32) }).optional(),
  })
  .refine((file) => file.system ?? file.passphrase ?? file.recovery ?? file.none, 'holds no key');
export type KeyFile = z.infer<typeof keyFile>;

/** The file, a twin beside it, and one among the backups, which are of no use without it. */
const copiesIn = (folder: string): string[] => [
  join(folder, 'keys.json'),
  join(folder, 'keys.json.bak'),
  join(folder, 'backups', 'keys.json'),
];

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

const parse = (text: string | null): KeyFile | null => {
  try {
    return text === null ? null : keyFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

export const hasKeyFile = (folder: string): boolean => copiesIn(folder).some((path) => existsSync(path));

/** Reads keys.json, or a copy of it when it is missing or damaged. @throws keys_unreadable when none can be read. */
export const readKeyFile = (folder: string): KeyFile => {
  for (const path of copiesIn(folder)) {
    const file = parse(textOf(path));
    if (file) return file;
  }
  throw new AppError('keys_unreadable');
};

/** Writes keys.json and its copies, one after the other, so that a whole one exists at every moment. */
export const writeKeyFile = (folder: string, content: KeyFile): void => {
  const text = `${JSON.stringify(keyFile.parse(content), null, 2)}\n`;
  for (const path of copiesIn(folder)) {
    if (textOf(path) === text) continue;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeAtomically(path, text);
  }
};

/** Makes damaged or stale copies equal to the one that was read. A folder that cannot be written is left as it is. */
export const healKeyFile = (folder: string): void => {
  try {
    writeKeyFile(folder, readKeyFile(folder));
  } catch {
    // the book opens all the same; the next opening tries again
  }
};
