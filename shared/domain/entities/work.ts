import { z } from 'zod';
import { defineEntity, type RecordOf } from '../entity.ts';
import {
  currency,
  id,
  instant,
  LONG_TEXT,
  minorUnits,
  plainDate,
  requiredText,
  text,
  unknownable,
  zone,
} from '../fields.ts';
import * as words from '../vocabulary.ts';

const checkItem = z.strictObject({ text: requiredText(300), done: z.boolean().default(false) });
const participant = z.strictObject({
  name: requiredText(120),
  role: text(120).default(''),
  side: z.enum(['customer', 'bank']).default('customer'),
});

/** S3-32: one visit, from plan to report. */
export const visit = defineEntity({
  name: 'visit',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: id(),
    title: unknownable(text(200)),
    purpose: unknownable(z.enum(words.PURPOSES)),
    aim: unknownable(text(2_000)),
    mode: z.enum(words.VISIT_MODES).default('onSite'),
    state: z.enum(words.VISIT_STATES).default('planned'),
    startsAt: instant(),
    endsAt: instant(),
    zone: zone(),
    place: unknownable(text(400)),
    companyContactIds: z.array(id()).max(30).default([]),
    participants: z.array(participant).max(50).default([]),
    agenda: z.array(checkItem).max(50).default([]),
    preparation: z.array(checkItem).max(50).default([]),
    cancelReason: unknownable(text(500)),
    createdAt: instant(),
  },
});
export type Visit = RecordOf<typeof visit>;

/** A contact that took place. Append-only: a correction is a new row that names the one it corrects. */
export const interaction = defineEntity({
  name: 'interaction',
  merge: 'append',
  scope: 'customerId',
  fields: {
    customerId: id(),
    companyContactId: unknownable(id()),
    visitId: unknownable(id()),
    kind: z.enum(words.INTERACTION_KINDS),
    at: instant(),
    zone: zone(),
    durationSeconds: unknownable(z.number().int().min(0).max(86_400)),
    initiator: z.enum(words.INITIATORS).default('bank'),
    channel: unknownable(z.enum(words.CONTACT_CHANNELS)),
    purpose: unknownable(z.enum(words.PURPOSES)),
    outcome: unknownable(z.enum(words.OUTCOMES)),
    form: unknownable(z.enum(words.TOUCH_FORMS)),
    method: unknownable(z.enum(words.TOUCH_METHODS)),
    domain: unknownable(z.enum(words.TOUCH_DOMAINS)),
    summary: unknownable(text(20_000)),
    /** S3-31: what was left to come back to. */
    nextHook: unknownable(text(500)),
    correctsId: unknownable(id()),
    importId: unknownable(id()),
    custom: z.record(requiredText(80), text(1_000)).default({}),
    createdAt: instant(),
  },
});
export type Interaction = RecordOf<typeof interaction>;

/** S0-04: something promised, by the manager or by the customer. */
export const promise = defineEntity({
  name: 'promise',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: id(),
    visitId: unknownable(id()),
    interactionId: unknownable(id()),
    noteId: unknownable(id()),
    text: requiredText(2_000),
    madeBy: z.enum(words.PROMISE_MAKERS).default('me'),
    madeOn: plainDate(),
    dueOn: unknownable(plainDate()),
    level: z.enum(words.PROMISE_LEVELS).default('must'),
    needsApproval: z.boolean().default(false),
    approvedBy: unknownable(text(120)),
    status: z.enum(words.PROMISE_STATUSES).default('open'),
    settledOn: unknownable(plainDate()),
    evidence: unknownable(text(2_000)),
    reason: unknownable(text(1_000)),
    createdAt: instant(),
  },
});
export type Promise_ = RecordOf<typeof promise>;

/** Something to do, with or without a customer. */
export const task = defineEntity({
  name: 'task',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: unknownable(id()),
    visitId: unknownable(id()),
    noteId: unknownable(id()),
    text: requiredText(2_000),
    dueOn: unknownable(plainDate()),
    priority: z.enum(words.PRIORITIES).default('normal'),
    status: z.enum(words.TASK_STATUSES).default('open'),
    doneOn: unknownable(plainDate()),
    createdAt: instant(),
  },
});
export type Task = RecordOf<typeof task>;

/** Meeting notes in Markdown. Merged as text. */
export const note = defineEntity({
  name: 'note',
  merge: 'text',
  texts: ['body'],
  scope: 'customerId',
  fields: {
    customerId: id(),
    visitId: unknownable(id()),
    title: unknownable(text(200)),
    body: text(LONG_TEXT).default(''),
    pinned: z.boolean().default(false),
    takenAt: instant(),
    zone: zone(),
    createdAt: instant(),
  },
});
export type Note = RecordOf<typeof note>;

const reportedNeed = z.strictObject({
  text: requiredText(1_000),
  category: z.enum(words.NEED_CATEGORIES).default('other'),
  amountMinor: unknownable(minorUnits()),
  currency: currency().default('CNY'),
});
const nextStep = z.strictObject({
  text: requiredText(1_000),
  who: z.enum(words.PROMISE_MAKERS).default('me'),
  dueOn: unknownable(plainDate()),
});

/** The report of a visit. Locked once signed; a correction is a new version. */
export const visitReport = defineEntity({
  name: 'visitReport',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: id(),
    visitId: unknownable(id()),
    version: z.number().int().min(1).default(1),
    supersedesId: unknownable(id()),
    state: z.enum(words.REPORT_STATES).default('draft'),
    title: requiredText(200),
    visitedAt: instant(),
    endedAt: unknownable(instant()),
    zone: zone(),
    mode: z.enum(words.VISIT_MODES).default('onSite'),
    purpose: unknownable(z.enum(words.PURPOSES)),
    place: unknownable(text(400)),
    participants: z.array(participant).max(50).default([]),
    facts: unknownable(text(20_000)),
    discussion: unknownable(text(50_000)),
    /** S3-30 確認理解: the summary the customer agreed to. */
    confirmedSummary: unknownable(text(20_000)),
    needs: z.array(reportedNeed).max(50).default([]),
    promiseIds: z.array(id()).max(100).default([]),
    nextSteps: z.array(nextStep).max(50).default([]),
    nextHook: unknownable(text(500)),
    /** PNG data URL of the drawn signature. */
    signature: unknownable(
      z
        .string()
        .max(400_000)
        .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/),
    ),
    signedBy: unknownable(text(120)),
    signedAt: unknownable(instant()),
    /** SHA-256 over the content as it was signed, hexadecimal. */
    contentHash: unknownable(text(64)),
    createdAt: instant(),
  },
});
export type VisitReport = RecordOf<typeof visitReport>;

/** A call script. */
export const script = defineEntity({
  name: 'script',
  merge: 'text',
  texts: ['body'],
  scope: 'owner',
  fields: {
    title: requiredText(200),
    purpose: unknownable(z.enum(words.PURPOSES)),
    language: z.enum(['zh-CN', 'zh-TW', 'en']).default('zh-CN'),
    body: text(LONG_TEXT).default(''),
    version: z.number().int().min(1).default(1),
    createdAt: instant(),
  },
});
export type Script = RecordOf<typeof script>;

/** A file kept with a customer; the bytes lie beside the database, encrypted, under their sha256. */
export const attachment = defineEntity({
  name: 'attachment',
  merge: 'append',
  scope: 'customerId',
  fields: {
    customerId: id(),
    visitId: unknownable(id()),
    noteId: unknownable(id()),
    name: requiredText(255),
    mediaType: text(120),
    bytes: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    createdAt: instant(),
  },
});
export type Attachment = RecordOf<typeof attachment>;

/** A named filter, sort and choice of columns of the customer table. */
export const savedView = defineEntity({
  name: 'savedView',
  merge: 'fields',
  scope: 'owner',
  fields: {
    name: requiredText(80),
    place: z.enum(['customers', 'visits', 'reports']).default('customers'),
    /** The view as the screen wrote it; parsed again by the contract that uses it. */
    definition: text(50_000),
    position: z.number().int().default(0),
    createdAt: instant(),
  },
});
export type SavedView = RecordOf<typeof savedView>;
