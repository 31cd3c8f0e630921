import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '#shared/contracts/errors.ts';

/** Files the user chose, by token: the page and the data process name the token, only main knows the path. */
export const createFileTokens = () => {
  const paths = new Map<string, string>();
  return {
    add(path: string): { file: string; name: string } {
      const token = randomBytes(24).toString('base64url');
      paths.set(token, path);
      return { file: token, name: basename(path) };
    },
    /** @throws file_token_unknown */
    resolve(token: string): { path: string; name: string } {
      const path = paths.get(token);
      if (!path) throw new AppError('file_token_unknown');
      return { path, name: basename(path) };
    },
  };
};
export type FileTokens = ReturnType<typeof createFileTokens>;
