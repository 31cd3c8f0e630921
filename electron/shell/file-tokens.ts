import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '#shared/contracts/errors.ts';

/** Files the user chose, by token: the page and the data process name the token, only main knows the path. */
export const createFileTokens = () => {
  const paths = new Map<string, string>();
  return {
    add(path: string): { file: string; name: string } {
      const token = randomBytes(32).toString('base64url');
      paths.set(token, path);
      return { file: token, name: basename(path) };
    },
    find(token: string): { path: string; name: string } | null {
      const path = paths.get(token);
      return path === undefined ? null : { path, name: basename(path) };
    },
    /** @throws file_token_unknown */
    resolve(token: string): { path: string; name: string } {
      const file = this.find(token);
      if (!file) throw new AppError('file_token_unknown');
      return file;
    },
  };
};
export type FileTokens = ReturnType<typeof createFileTokens>;
