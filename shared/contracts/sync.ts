import { z } from 'zod';
import { USER_ROLES } from '../domain/entities/team.ts';
import { id, instant } from '../domain/fields.ts';
import { OPERATIONS } from '../sync/mutation.ts';
import { REFUSALS } from '../sync/protocol.ts';
import { byId, fileToken, ids, nothing, page, receipt } from './common.ts';
import { command, query } from './contract.ts';

const ok = z.strictObject({ ok: z.literal(true) });
const count = z.number().int().min(0);
const serverUrl = z.string().trim().min(1).max(500);
const secret = {
  password: z.string().min(1).max(400).optional(),
  /** One-time code of an administrator, in place of a password. */
  code: z.string().trim().min(1).max(80).optional(),
};

/** What stands in the way of sync; words under `sync.problem.*`. */
export const SYNC_PROBLEMS = [
  'offline',
  'server_fault',
  'sign_in',
  'client_too_old',
  'server_too_old',
  'many_deletions',
  'revoked',
  'disk_full',
] as const;

export const syncState = z.strictObject({
  /** Whether this book has a server. Without one everything waits, and nothing is wrong. */
  connected: z.boolean(),
  server: z.strictObject({ url: z.string(), name: z.string() }).nullable(),
  user: z
    .strictObject({ id: id(), username: z.string(), name: z.string(), role: z.enum(USER_ROLES) })
    .nullable(),
  bookName: z.string().nullable(),
  phase: z.enum(['off', 'idle', 'connecting', 'pushing', 'pulling', 'snapshot', 'paused']),
  problem: z
    .strictObject({
      code: z.enum(SYNC_PROBLEMS),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    })
    .nullable(),
  /** Next try by itself, while there is a problem that may pass. */
  retryAt: instant().nullable(),
  waiting: count,
  refused: count,
  conflicts: count,
  lastSyncAt: instant().nullable(),
  /** How far the computer's clock is off, once it is more than two minutes; positive is ahead. */
  clockOffMs: z.number().nullable(),
  lease: z.strictObject({ until: instant(), state: z.enum(['ok', 'read_only', 'locked']) }).nullable(),
  progress: z
    .strictObject({
      phase: z.enum(['today', 'customers', 'rest', 'changes', 'sending']),
      done: count,
      total: count.nullable(),
    })
    .nullable(),
  lastBackupAt: instant().nullable(),
});
export type SyncState = z.infer<typeof syncState>;

/** A record as a line names it. */
const subject = {
  entity: z.string(),
  recordId: id(),
  customerId: id().nullable(),
  customerName: z.string().nullable(),
  /** Its own words: a name, a title, the beginning of a text. */
  label: z.string(),
  /** It is there and can be opened; a refused new record is not, nor one that was removed. */
  present: z.boolean(),
};
/** Values of one field; null is unknown. */
const fieldChange = z.strictObject({
  field: z.string(),
  before: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown().optional(),
});
export type FieldChange = z.infer<typeof fieldChange>;

export const waitingItem = z.strictObject({
  ...subject,
  n: z.number().int(),
  op: z.enum(OPERATIONS),
  typedAt: instant(),
  fields: z.array(fieldChange),
});
export type WaitingItem = z.infer<typeof waitingItem>;

export const refusedItem = z.strictObject({
  ...subject,
  id: id(),
  op: z.enum(OPERATIONS),
  typedAt: instant(),
  refusedAt: instant(),
  reason: z.enum(REFUSALS),
  /** The field the refusal is about, where it is about one. */
  field: z.string().nullable(),
  fields: z.array(fieldChange),
  /** A team leader can read it too. */
  quarantined: z.boolean(),
  settledAs: z.enum(['retried', 'discarded']).nullable(),
  settledAt: instant().nullable(),
});
export type RefusedItem = z.infer<typeof refusedItem>;

const side = z.strictObject({
  value: z.unknown(),
  /** Name of who typed it; null where the server did not say. */
  by: z.string().nullable(),
  mine: z.boolean(),
  at: instant(),
});
export const conflictItem = z.strictObject({
  ...subject,
  id: id(),
  field: z.string(),
  before: z.unknown(),
  /** What the record holds now. */
  kept: side,
  /** What it does not hold. */
  lost: side,
  /** Both can stand together: a text. */
  isText: z.boolean(),
  /** What the record holds at this moment, and whether that is no longer `kept`. */
  now: z.unknown(),
  changedSince: z.boolean(),
  /** The record was removed, or is not on this device. */
  gone: z.boolean(),
  settledAs: z.enum(['kept', 'lost', 'both', 'merged']).nullable(),
  settledBy: z.string().nullable(),
  settledAt: instant().nullable(),
});
export type ConflictItem = z.infer<typeof conflictItem>;

export const MARK_KINDS = ['waiting', 'refused', 'conflict'] as const;
export const mark = z.strictObject({
  entity: z.string(),
  recordId: id(),
  /** Of what is disputed: the customer it lies below. */
  customerId: id().nullable(),
  /** null: the whole record (new, removed) */
  field: z.string().nullable(),
  kind: z.enum(MARK_KINDS),
  /** The refused or conflict item, to open it. */
  itemId: id().nullable(),
});
export type Mark = z.infer<typeof mark>;

export const historyLine = z.strictObject({
  /** Number of the change in this device's history; with `field` it names a value that can be brought back. */
  seq: z.number().int(),
  at: instant(),
  /** Name of who typed it; null is me. */
  by: z.string().nullable(),
  op: z.enum(OPERATIONS),
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** current: the record holds it · past: replaced since · waiting · refused · lost: gave way in a conflict. */
  state: z.enum(['current', 'past', 'waiting', 'refused', 'lost']),
  /** The record holds this value now; one that waits may be it too. */
  held: z.boolean(),
  /** The conflict that knows the value, where no change here does (`seq` is 0 then). */
  conflictId: id().nullable(),
});
export type HistoryLine = z.infer<typeof historyLine>;

/** State of sync, and what connects this device. Words: waiting 待同步, refused 被拒, conflict 冲突. */
export const syncStateContract = {
  'sync.state': query(nothing, syncState),
  /** Tells whether a server answers there, and its name: the first step of connecting. */
  'sync.probe': query(
    z.strictObject({ url: serverUrl }),
    z.strictObject({ url: z.string(), name: z.string() }),
  ),
  /** Enrols this device. Everything typed before is pushed in the first round. */
  'sync.connect': command(
    z.strictObject({
      url: serverUrl,
      username: z.string().trim().min(1).max(80),
      ...secret,
      deviceName: z.string().trim().min(1).max(120),
    }),
    z.strictObject({ name: z.string() }),
    'manage',
  ),
  /** Signs in again after the tokens ended. */
  'sync.signIn': command(z.strictObject(secret), ok, 'manage'),
  /** Stops syncing on this device; the book and what waits stay. */
  'sync.signOut': command(nothing, ok, 'manage'),
  /** Starts a round at once. */
  'sync.now': command(nothing, ok),
  /** Answers the guard: apply a page that would remove much, or stay as it is. */
  'sync.answerDeletions': command(z.strictObject({ apply: z.boolean() }), ok, 'manage'),
};

/** The devices a user has enrolled. */
export const deviceContract = {
  /** Devices of this user, as the server knows them; needs a connection. */
  'sync.devices': query(
    nothing,
    z.strictObject({
      devices: z.array(
        z.strictObject({
          id: id(),
          name: z.string(),
          platform: z.string(),
          enrolledAt: instant(),
          lastSeenAt: instant().nullable(),
          revokedAt: instant().nullable(),
          thisOne: z.boolean(),
        }),
      ),
    }),
  ),
  'sync.revokeDevice': command(byId, ok, 'manage'),
};

/** The lists of 同步 and the choices in them. */
export const syncListContract = {
  'sync.waiting': query(z.strictObject(page), z.strictObject({ total: count, items: z.array(waitingItem) })),
  'sync.refused': query(
    z.strictObject({ ...page, settled: z.boolean().default(false) }),
    z.strictObject({ total: count, items: z.array(refusedItem) }),
  ),
  /** Tries once more with these values: a new change, typed now. */
  'sync.retryRefused': command(
    z.strictObject({ id: id(), fields: z.record(z.string().max(64), z.unknown()) }),
    receipt,
  ),
  /** Lets it go; its text stays in the history. */
  'sync.discardRefused': command(byId, receipt),
  'sync.conflicts': query(
    z.strictObject({ ...page, settled: z.boolean().default(false) }),
    z.strictObject({ total: count, items: z.array(conflictItem) }),
  ),
  'sync.settleConflict': command(z.strictObject({ id: id(), as: z.enum(['kept', 'lost', 'both']) }), receipt),
  /** What sync did, newest first. */
  'sync.events': query(
    z.strictObject(page),
    z.strictObject({
      total: count,
      events: z.array(
        z.strictObject({
          n: z.number().int(),
          at: instant(),
          kind: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
    }),
  ),
  /** Everything that waits, was refused or conflicts, as text a person can read. */
  'sync.exportOutbox': command(
    z.strictObject({ file: fileToken, language: z.enum(['zh-CN', 'zh-TW', 'en']) }),
    z.strictObject({ items: count }),
    'export',
  ),
};

/** Marks on records, and every value a field had. */
export const historyContract = {
  /** What is waiting or disputed on a customer and below, or on single records. */
  'sync.marks': query(
    z.strictObject({ customerId: id().optional(), recordIds: ids(1_000).optional() }),
    z.strictObject({ marks: z.array(mark) }),
  ),
  /** Every value a record's fields had, as far as this device saw them; newest first. */
  'record.history': query(
    z.strictObject({ entity: z.string().max(60), id: id(), field: z.string().max(64).optional(), ...page }),
    z.strictObject({
      /** Changed fields in all; defaults of a new record are counted, not told. */
      total: count,
      /** All fields that ever changed, newest first: what can be filtered by. */
      fields: z.array(z.string()),
      lines: z.array(historyLine),
    }),
  ),
  /** Types a value of the history into its field again. */
  'record.restoreField': command(
    z.strictObject({
      entity: z.string().max(60),
      id: id(),
      seq: z.number().int().min(0),
      /** Where the line names one. */
      conflictId: id().optional(),
      field: z.string().max(64),
      /** Which side of that change: what it brought or what it replaced. */
      side: z.enum(['before', 'after']),
    }),
    receipt,
  ),
};
