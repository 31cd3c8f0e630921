import { z } from 'zod';
import { USER_ROLES } from '../domain/entities/team.ts';
import { instant } from '../domain/fields.ts';
import { OPERATIONS } from './mutation.ts';

/** Versions of the messages this program speaks. A peer outside of them is too old or too new (docs/spec/sync.md). */
export const PROTOCOL = { min: 1, max: 1 } as const;
/** Version of the whole set of entities; grows with every field or entity that is added. */
export const SCHEMA = 1;

/** Most rows and bytes of one page of a pull or a snapshot, and of one push. */
export const PAGE_ROWS = 1_000;
export const PAGE_BYTES = 1_000_000;
/** Largest body a server reads; a single mutation may be as large as its entity allows. */
export const MOST_BYTES = 8_000_000;
/** A stamp this far ahead of the server's clock is stamped anew by the server. */
export const MOST_AHEAD_MS = 5 * 60_000;
/** From here on the laptop says that its clock is off. */
export const CLOCK_OFF_MS = 2 * 60_000;

/** Every way the server refuses a request; docs/spec/sync.md says what the client does on each. */
export const SYNC_ERRORS = [
  'invalid',
  'unauthorized',
  'token_expired',
  'token_replayed',
  'bad_credentials',
  'locked_out',
  'rate_limited',
  'device_revoked',
  'user_disabled',
  'client_too_old',
  'server_too_old',
  'resnapshot',
  'gap',
  'foreign_client',
  'too_large',
  'not_found',
  'not_allowed',
  'conflict',
  'unavailable',
  'internal',
] as const;
export type SyncErrorCode = (typeof SYNC_ERRORS)[number];

/** Body of every answer that is not 2xx. */
export const syncErrorBody = z.object({
  error: z.object({
    code: z.enum(SYNC_ERRORS),
    /** What is wrong and where, for a person who runs a server; never a value of a client's record. */
    detail: z.string().max(500).optional(),
    /** Seconds to wait before the next try. */
    retryAfter: z.number().optional(),
    /** gap: the number that is expected. */
    expected: z.number().int().optional(),
  }),
});
export type SyncErrorBody = z.infer<typeof syncErrorBody>;

export const stamp = z.string().regex(/^[0-9a-z]{9}-[0-9a-z]{4}-[\w-]{1,64}$/);
export const clientId = z.string().regex(/^[\w-]{1,64}$/);
/** Name of a field or entity; what could reach into a prototype is none. */
export const fieldName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/)
  .refine((name) => !['constructor', 'prototype', 'toString', 'valueOf'].includes(name));
const stampName = z.union([z.literal('*'), fieldName]);
const values = z.record(fieldName, z.unknown());
const stamps = z.record(stampName, stamp);

/** One change on its way to the server. `n` counts the mutations of this client without a gap, from 1. */
export const wireMutation = z.strictObject({
  n: z.number().int().min(1),
  entity: fieldName,
  id: z.uuid(),
  op: z.enum(OPERATIONS),
  fields: values,
  /** Values the changed fields had where it was typed; null for a new record. Texts are merged from it. */
  before: values.nullable(),
  /** Stamps the changed fields had where it was typed; `` where there was none. */
  base: z.record(stampName, z.union([stamp, z.literal('')])),
  stamp,
  typedAt: instant(),
  schemaVersion: z.number().int().min(1),
});
export type WireMutation = z.infer<typeof wireMutation>;

/** A record as the server holds it. `data` has every field that is not at its default. */
export const wireRecord = z.object({
  entity: fieldName,
  id: z.uuid(),
  data: values,
  stamps,
  deleted: z.boolean(),
  /** It left the user's scope with another customer: remove it without a trace. */
  gone: z.literal(true).optional(),
  seq: z.number().int().min(1),
});
export type WireRecord = z.infer<typeof wireRecord>;

export const pushRequest = z.strictObject({
  clientId,
  schema: z.number().int().min(1),
  /** Answers up to this number are stored by the client; the server may forget them. */
  stored: z.number().int().min(0),
  mutations: z.array(wireMutation).min(1).max(PAGE_ROWS),
});
export type PushRequest = z.infer<typeof pushRequest>;

/** Why a mutation was refused; the words lie in the locales under `refused.*`. */
export const REFUSALS = [
  'out_of_scope',
  'not_allowed',
  'owned_by_bank',
  'locked_record',
  'unknown_record',
  'unknown_entity',
  'invalid_value',
  'too_large',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export const pushResult = z.object({
  n: z.number().int(),
  /** applied: as typed · merged: brought together with what others typed · refused: not applied, see `reason`. */
  status: z.enum(['applied', 'merged', 'refused']),
  reason: z.enum(REFUSALS).optional(),
  /** Which field a refusal is about, where it is about one. */
  field: z.string().optional(),
  /** Refused: the record as the server holds it, null where it holds none the user may see. */
  current: wireRecord.nullable().optional(),
  /** The content was put in quarantine, where a team leader reads it. */
  quarantined: z.boolean().optional(),
});
export type PushResult = z.infer<typeof pushResult>;

export const pushAnswer = z.object({
  epoch: z.string(),
  lastN: z.number().int(),
  /** Newest sequence number after this push. */
  head: z.number().int(),
  time: instant(),
  results: z.array(pushResult),
});
export type PushAnswer = z.infer<typeof pushAnswer>;

/** `epoch.seq.within`; opaque to the client. */
export const cursor = z.string().max(120);

export const pullRequest = z.strictObject({
  clientId,
  since: cursor,
  schema: z.coerce.number().int().min(1),
});
export const pullAnswer = z.object({
  records: z.array(wireRecord),
  /** Customers that left the user's scope: purge them, after pushing what is still waiting there. */
  revoked: z.array(z.object({ customerId: z.uuid(), seq: z.number().int() })),
  /** User behind each client whose stamps these records carry. */
  authors: z.record(clientId, z.uuid()),
  cursor,
  head: z.number().int(),
  more: z.boolean(),
  time: instant(),
});
export type PullAnswer = z.infer<typeof pullAnswer>;

/** A snapshot is asked for page by page; the first request has no `from`. */
export const snapshotRequest = z.strictObject({
  clientId,
  from: z.string().max(300).optional(),
  /** The user's own date, for "today's customers first". */
  today: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  schema: z.coerce.number().int().min(1),
});
export const snapshotAnswer = z.object({
  phase: z.enum(['today', 'customers', 'rest']),
  records: z.array(wireRecord),
  authors: z.record(clientId, z.uuid()),
  /** Records of the whole scope, in the first page only. */
  total: z.number().int().optional(),
  /** Where the next page starts; null after the last. */
  next: z.string().nullable(),
  /** The cursor to pull from after the last page. */
  cursor,
  time: instant(),
});
export type SnapshotAnswer = z.infer<typeof snapshotAnswer>;

export const handshakeRequest = z.strictObject({
  protocol: z.number().int(),
  schema: z.number().int().min(1),
  clientId,
  appVersion: z.string().max(40),
  /** Mutations waiting on the laptop, for the team leader's overview. */
  waiting: z.number().int().min(0),
});
export type HandshakeRequest = z.infer<typeof handshakeRequest>;
export const handshakeAnswer = z.object({
  time: instant(),
  user: z.object({ id: z.uuid(), username: z.string(), name: z.string(), role: z.enum(USER_ROLES) }),
  book: z.object({ id: z.uuid(), name: z.string() }),
  epoch: z.string(),
  head: z.number().int(),
  /** Newest mutation of this client the server has answered; 0 when it knows none. */
  lastN: z.number().int(),
  /** assigned: the customers of this user · book: all of the book. */
  scope: z.enum(['assigned', 'book']),
  /** Days the laptop may work without this handshake: then it only reads, and after as many again it locks. */
  leaseDays: z.number().int().min(1),
});
export type HandshakeAnswer = z.infer<typeof handshakeAnswer>;

/** What the scope holds at a sequence number, to find out whether both sides hold the same. */
export const checksumAnswer = z.object({
  cursor,
  entities: z.record(fieldName, z.object({ count: z.number().int(), sum: z.number().int() })),
});
export type ChecksumAnswer = z.infer<typeof checksumAnswer>;

export const purgedRequest = z.strictObject({
  clientId,
  purged: z
    .array(z.strictObject({ customerId: z.uuid(), records: z.number().int().min(0) }))
    .min(1)
    .max(PAGE_ROWS),
});
/** What a revoked device still holds; read by nobody but a team leader of its user. */
export const escrowRequest = z.strictObject({
  clientId,
  mutations: z.array(wireMutation).max(PAGE_ROWS),
  /** true in the last message: the laptop purges itself once it is answered. */
  last: z.boolean(),
});

/** A device is enrolled once, with the user's password or a one-time code of an administrator. */
export const enrollRequest = z
  .strictObject({
    username: z.string().min(1).max(80),
    password: z.string().max(400).optional(),
    code: z.string().max(80).optional(),
    device: z.strictObject({ name: z.string().min(1).max(120), platform: z.string().max(40) }),
    clientId,
  })
  .refine((request) => (request.password === undefined) !== (request.code === undefined), {
    message: 'password or code',
  });
export const tokens = z.object({
  accessToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.number().int(),
  refreshToken: z.string(),
  deviceId: z.uuid(),
});
export type Tokens = z.infer<typeof tokens>;
export const refreshRequest = z.strictObject({ deviceId: z.uuid(), refreshToken: z.string().max(400) });

export const helloAnswer = z.object({
  name: z.string(),
  product: z.literal('visitbook'),
  protocol: z.object({ min: z.number().int(), max: z.number().int() }),
  schema: z.object({ min: z.number().int(), max: z.number().int() }),
  time: instant(),
});
