import { z } from 'zod';
import { AppError, type ErrorCode, fieldIssuesOf } from '#shared/contracts/errors.ts';

const BY_SQLITE_CODE: [prefix: string, code: ErrorCode][] = [
  ['SQLITE_FULL', 'disk_full'],
  // the file by which connections share the log cannot grow: that is how a full disk shows at the start
  ['SQLITE_IOERR_SHMSIZE', 'disk_full'],
  ['SQLITE_IOERR', 'cannot_open'],
  ['SQLITE_CANTOPEN', 'cannot_open'],
  ['SQLITE_NOTADB', 'not_a_database'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_CONSTRAINT', 'conflict'],
];
const BY_SYSTEM_CODE: Record<string, ErrorCode> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
  EACCES: 'read_only',
  EPERM: 'read_only',
  ENOENT: 'cannot_open',
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The error the screen knows for whatever was thrown; what nobody foresaw becomes `internal`. */
export const asAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError)
    return new AppError('invalid_input', { fields: fieldIssuesOf(error), cause: error });
  const code = codeOf(error);
  const sqlite = BY_SQLITE_CODE.find(([prefix]) => code.startsWith(prefix));
  return new AppError(sqlite?.[1] ?? BY_SYSTEM_CODE[code] ?? 'internal', { cause: error });
};
