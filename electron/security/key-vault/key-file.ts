import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';

const sealed = z.strictObject({ nonce: z.string(), box: z.string(), tag: z.string() });
const cost = z.strictObject({
  iterations: z.number().int(),
  memory: z.number().int(),
  parallelism: z.number().int(),
});

/** keys.json (docs/spec/keys.md): the database key, wrapped once or more. `none` is the demo's, in the clear. */
export const keyFile = z.strictObject({
  version: z.literal(1),
  system: z.strictObject({ sealed: z.string() }).optional(),
  passphrase: z.strictObject({ salt: z.string(), cost, sealed }).optional(),
  recovery: z.strictObject({ salt: z.string(), sealed }).optional(),
  none: z.strictObject({ key: z.string() }).optional(),
});
export type KeyFile = z.infer<typeof keyFile>;

const pathIn = (folder: string): string => join(folder, 'keys.json');

export const hasKeyFile = (folder: string): boolean =>
  existsSync(pathIn(folder)) || existsSync(`${pathIn(folder)}.bak`);

/** Reads keys.json, or its former copy when it is damaged. @throws cannot_open when neither can be read. */
export const readKeyFile = (folder: string): KeyFile => {
  for (const path of [pathIn(folder), `${pathIn(folder)}.bak`]) {
    try {
      return keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // the copy is tried next; when both fail the error below says so
    }
  }
  throw new AppError('cannot_open', { params: { file: 'keys.json' } });
};

/** Writes keys.json so that a power cut leaves the former or the new one, and keeps the former beside it. */
export const writeKeyFile = (folder: string, content: KeyFile): void => {
  const path = pathIn(folder);
  const descriptor = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(content, null, 2));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (existsSync(path)) copyFileSync(path, `${path}.bak`);
  renameSync(`${path}.new`, path);
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } catch {
    // Windows cannot flush a directory; the rename itself is atomic there
  } finally {
    closeSync(directory);
  }
};
