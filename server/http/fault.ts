import type { SyncErrorBody, SyncErrorCode } from '#shared/sync/protocol.ts';

const STATUS: Record<SyncErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  token_expired: 401,
  token_replayed: 401,
  bad_credentials: 401,
  locked_out: 429,
  rate_limited: 429,
  device_revoked: 403,
  user_disabled: 403,
  client_too_old: 426,
  server_too_old: 409,
  resnapshot: 409,
  gap: 409,
  foreign_client: 403,
  too_large: 413,
  not_found: 404,
  not_allowed: 403,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

type Extra = Omit<SyncErrorBody['error'], 'code'>;

/** The one error the server throws: a code of the protocol and what a person may be told. */
export class Fault extends Error {
  readonly code: SyncErrorCode;
  readonly status: number;
  readonly extra: Extra;

  constructor(code: SyncErrorCode, extra: Extra = {}) {
    super(extra.detail ?? code);
    this.name = 'Fault';
    this.code = code;
    this.status = STATUS[code];
    this.extra = extra;
  }

  /** The body of the answer. */
  toBody(): SyncErrorBody {
    return { error: { code: this.code, ...this.extra } };
  }
}
