import { AppError, type ErrorCode } from '#shared/contracts/errors.ts';
import { type SyncErrorBody, type SyncErrorCode, syncErrorBody } from '#shared/sync/protocol.ts';
import { asAppError } from '../database/errors.ts';

/** What the server answered, or that no answer could be read (`no_answer`). */
export class SyncFault extends Error {
  readonly code: SyncErrorCode | 'no_answer';
  readonly extra: Omit<SyncErrorBody['error'], 'code'>;

  constructor(
    code: SyncErrorCode | 'no_answer',
    extra: Omit<SyncErrorBody['error'], 'code'> = {},
    cause?: unknown,
  ) {
    super(code, { cause });
    this.name = 'SyncFault';
    this.code = code;
    this.extra = extra;
  }
}

/** The fault an answer stands for; one that is no answer of ours counts as none. */
export const faultOf = (body: unknown): SyncFault => {
  const parsed = syncErrorBody.safeParse(body);
  if (!parsed.success) return new SyncFault('no_answer');
  const { code, ...extra } = parsed.data.error;
  return new SyncFault(code, extra);
};

const SHOWN: Partial<Record<SyncFault['code'], ErrorCode>> = {
  no_answer: 'offline',
  unauthorized: 'sign_in',
  token_expired: 'sign_in',
  token_replayed: 'sign_in',
  bad_credentials: 'bad_credentials',
  locked_out: 'locked_out',
  rate_limited: 'locked_out',
  device_revoked: 'device_revoked',
  user_disabled: 'device_revoked',
  client_too_old: 'client_too_old',
  server_too_old: 'server_too_old',
  not_found: 'not_found',
  not_allowed: 'not_allowed',
  conflict: 'conflict',
  invalid: 'invalid_input',
};

/** The error the page gets for a fault met while it waits. */
export const asShown = (error: unknown): AppError => {
  if (!(error instanceof SyncFault)) return asAppError(error);
  return new AppError(SHOWN[error.code] ?? 'server_fault', {
    params: error.extra.retryAfter === undefined ? {} : { seconds: Math.ceil(error.extra.retryAfter) },
    cause: error,
  });
};
