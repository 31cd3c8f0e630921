import { z } from 'zod';

/** Every way a request can fail, as the screen knows it. The words for each lie in the locales under `errors.*`. */
export const ERROR_CODES = [
  'invalid_input',
  'unknown_method',
  'too_large',
  'not_found',
  'not_allowed',
  'locked_record',
  'conflict',
  'cancelled',
  'busy',
  'closed',
  'wrong_passphrase',
  'wrong_recovery_code',
  'passphrase_required',
  'keys_unreadable',
  'disk_full',
  'read_only',
  'cannot_open',
  'not_a_database',
  'corrupt',
  'from_the_future',
  'file_unreadable',
  'not_csv',
  'file_unwritable',
  'file_token_unknown',
  'offline',
  'not_a_server',
  'server_fault',
  'bad_credentials',
  'locked_out',
  'sign_in',
  'client_too_old',
  'server_too_old',
  'out_of_scope',
  'device_revoked',
  'lease_ended',
  'attachment_too_large',
  'attachment_damaged',
  'attachment_not_here',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing wrong with one field of the input: where (`phones.0.number`) and which rule (a locale key). */
export const fieldIssue = z.strictObject({
  path: z.string(),
  rule: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldIssue = z.infer<typeof fieldIssue>;

export const wireError = z.strictObject({
  code: z.enum(ERROR_CODES),
  /** Values for the message of the code; never a path of the disk, SQL or a stack. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  fields: z.array(fieldIssue).optional(),
});
export type WireError = z.infer<typeof wireError>;

/** The one error type of the product: thrown anywhere, shown by its code. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, string | number>;
  readonly fields: FieldIssue[];

  constructor(
    code: ErrorCode,
    options: { params?: Record<string, string | number>; fields?: FieldIssue[]; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params ?? {};
    this.fields = options.fields ?? [];
  }

  /** What may cross to the page. */
  toWire(): WireError {
    return {
      code: this.code,
      ...(Object.keys(this.params).length > 0 && { params: this.params }),
      ...(this.fields.length > 0 && { fields: this.fields }),
    };
  }

  static fromWire(error: WireError): AppError {
    return new AppError(error.code, { params: error.params ?? {}, fields: error.fields ?? [] });
  }
}

const RULES: Record<string, string> = {
  too_small: 'validation.tooSmall',
  too_big: 'validation.tooBig',
  invalid_type: 'validation.type',
  invalid_format: 'validation.format',
  invalid_value: 'validation.value',
  unrecognized_keys: 'validation.unknownKey',
  invalid_union: 'validation.value',
};

/** Turns the issues of a zod error into field issues whose rules the locales know. */
export const fieldIssuesOf = (error: z.ZodError): FieldIssue[] =>
  error.issues.slice(0, 50).map((issue) => {
    const custom = issue.message.startsWith('validation.') ? issue.message : undefined;
    const params: Record<string, string | number> = {};
    if ('minimum' in issue && typeof issue.minimum === 'number') params.minimum = issue.minimum;
    if ('maximum' in issue && typeof issue.maximum === 'number') params.maximum = issue.maximum;
    return {
      path: issue.path.map(String).join('.').slice(0, 200),
      rule: custom ?? RULES[issue.code] ?? 'validation.value',
      ...(Object.keys(params).length > 0 && { params }),
    };
  });
