import { z } from 'zod';
import { interaction, note, promise, script, task, visit, visitReport } from '../domain/entities/index.ts';
import { patchShape } from '../domain/entity.ts';
import { id, instant, plainDate, requiredText, text, zone } from '../domain/fields.ts';
import {
  CONTACT_CHANNELS,
  INITIATORS,
  INTERACTION_KINDS,
  OUTCOMES,
  PROMISE_LEVELS,
  PROMISE_MAKERS,
  PROMISE_STATUSES,
  PURPOSES,
  TASK_STATUSES,
  TOUCH_FORMS,
  TOUCH_METHODS,
  VISIT_MODES,
  VISIT_STATES,
} from '../domain/vocabulary.ts';
import { byId, ids, nothing, page, receipt, recordLink } from './common.ts';
import { command, query } from './contract.ts';
import { completeness, contactDue, datedEvent, riskSignal } from './customers.ts';

const withId = <S extends z.ZodRawShape>(schema: z.ZodObject<S>) => schema.extend({ id: id() });
const named = { customerName: z.string() };

export const visitRow = withId(visit.schema).extend({
  ...named,
  reportId: id().nullable(),
  reportState: z.enum(['draft', 'signed']).nullable(),
});
export type VisitRow = z.infer<typeof visitRow>;
export const promiseRow = withId(promise.schema).extend(named);
export type PromiseRow = z.infer<typeof promiseRow>;
export const taskRow = withId(task.schema).extend({ customerName: z.string().nullable() });
export type TaskRow = z.infer<typeof taskRow>;
export const interactionRow = withId(interaction.schema).extend({
  ...named,
  /** The row that replaces this one; lists leave replaced rows out. */
  correctedById: id().nullable(),
});
export type InteractionRow = z.infer<typeof interactionRow>;
export const reportRow = withId(visitReport.schema).extend({
  ...named,
  promises: z.array(withId(promise.schema)),
});
export type ReportRow = z.infer<typeof reportRow>;

/** The one-page brief of a visit, as data; the screen and the PDF render the same. Each line names its source. */
export const briefLine = z.strictObject({
  /** Locale key under `brief:lines.*` (questions: `brief:questions.*`), filled with `params`; or plain words in `text`. */
  key: z.string().nullable(),
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  source: recordLink.nullable(),
});
export type BriefLine = z.infer<typeof briefLine>;
export const brief = z.strictObject({
  visit: visitRow,
  customer: z.strictObject({
    id: id(),
    name: z.string(),
    kind: z.string(),
    class: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    subtitle: z.string(),
  }),
  contact: contactDue,
  lastContact: z
    .strictObject({
      at: instant(),
      kind: z.string(),
      purpose: z.string().nullable(),
      outcome: z.string().nullable(),
      summary: z.string(),
      nextHook: z.string().nullable(),
      id: id(),
    })
    .nullable(),
  people: z.array(briefLine),
  promises: z.array(promiseRow),
  tasks: z.array(taskRow),
  ahead: z.array(datedEvent),
  risks: z.array(riskSignal),
  holdings: z.array(
    z.strictObject({
      id: id(),
      kind: z.string(),
      name: z.string(),
      balanceMinor: z.number().int().nullable(),
      currency: z.string(),
      maturesOn: plainDate().nullable(),
    }),
  ),
  limits: z.array(
    z.strictObject({
      id: id(),
      kind: z.string(),
      name: z.string(),
      limitMinor: z.number().int().nullable(),
      usedMinor: z.number().int().nullable(),
      currency: z.string(),
      expiresOn: plainDate().nullable(),
    }),
  ),
  completeness,
  questions: z.array(briefLine),
  openers: z.array(briefLine),
  /** The visit's own list in `text`, or the usual kit of its mode by locale key under `brief:kit.*`. */
  kit: z.array(z.strictObject({ key: z.string().nullable(), text: z.string(), done: z.boolean() })),
  notes: z.array(z.strictObject({ id: id(), takenAt: instant(), title: z.string(), excerpt: z.string() })),
  madeAt: instant(),
});
export type Brief = z.infer<typeof brief>;

export const visitContract = {
  'visit.list': query(
    z.strictObject({
      from: instant().optional(),
      to: instant().optional(),
      customerId: id().optional(),
      states: z.array(z.enum(VISIT_STATES)).max(7).default([]),
      text: text(100).default(''),
      newestFirst: z.boolean().default(false),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(visitRow) }),
  ),
  'visit.get': query(byId, visitRow),
  /** Moves a visit along its states (S3-32); an illegal step is `not_allowed`. */
  'visit.transition': command(
    z.strictObject({ id: id(), to: z.enum(VISIT_STATES), reason: text(500).optional() }),
    receipt,
  ),
  'visit.brief': query(byId, brief),
};

export const interactionContract = {
  /** Log a call (or any contact) with all that follows from it, in one go. */
  'interaction.log': command(
    z.strictObject({
      id: id(),
      customerId: id(),
      companyContactId: id().nullable().default(null),
      visitId: id().nullable().default(null),
      kind: z.enum(INTERACTION_KINDS),
      at: instant(),
      zone: zone(),
      durationSeconds: z.number().int().min(0).max(86_400).nullable().default(null),
      initiator: z.enum(INITIATORS).default('bank'),
      channel: z.enum(CONTACT_CHANNELS).nullable().default(null),
      purpose: z.enum(PURPOSES).nullable().default(null),
      outcome: z.enum(OUTCOMES).nullable().default(null),
      form: z.enum(TOUCH_FORMS).nullable().default(null),
      method: z.enum(TOUCH_METHODS).nullable().default(null),
      summary: text(20_000).nullable().default(null),
      nextHook: text(500).nullable().default(null),
      correctsId: id().nullable().default(null),
      promise: z
        .strictObject({
          id: id(),
          text: requiredText(2_000),
          madeBy: z.enum(PROMISE_MAKERS).default('me'),
          dueOn: plainDate().nullable().default(null),
          level: z.enum(PROMISE_LEVELS).default('must'),
        })
        .nullable()
        .default(null),
      nextStep: z
        .strictObject({ id: id(), text: requiredText(2_000), dueOn: plainDate().nullable().default(null) })
        .nullable()
        .default(null),
      nextVisit: z
        .strictObject({ id: id(), startsAt: instant(), endsAt: instant(), mode: z.enum(VISIT_MODES) })
        .nullable()
        .default(null),
      /** Tasks and promises this contact settles. */
      completesTaskIds: ids(50).default([]),
      keepsPromiseIds: ids(50).default([]),
      /** Draft that becomes this record and goes with it. */
      draftKey: text(80).optional(),
    }),
    receipt,
  ),
  'interaction.get': query(byId, interactionRow),
  'interaction.list': query(
    z.strictObject({
      from: instant().optional(),
      to: instant().optional(),
      customerId: id().optional(),
      kinds: z.array(z.enum(INTERACTION_KINDS)).max(5).default([]),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(interactionRow) }),
  ),
};

/** What a note's text yields when saved: lines that became promises or tasks. */
const noteExtract = z.strictObject({
  line: z.number().int(),
  kind: z.enum(['promise', 'task']),
  text: z.string(),
  recordId: id(),
});

export const noteContract = {
  'note.get': query(byId, withId(note.schema).extend({ ...named, extracts: z.array(noteExtract) })),
  'note.list': query(
    z.strictObject({ customerId: id().optional(), visitId: id().optional(), ...page }),
    z.strictObject({ total: z.number().int(), rows: z.array(withId(note.schema).extend(named)) }),
  ),
  /** Turns "I promised…" and "next step" lines into promises and tasks; lines already turned are left alone. */
  'note.extract': command(
    z.strictObject({ id: id() }),
    z.strictObject({ commandId: z.uuid(), extracts: z.array(noteExtract) }),
  ),
};

export const promiseContract = {
  'promise.list': query(
    z.strictObject({
      customerId: id().optional(),
      statuses: z.array(z.enum(PROMISE_STATUSES)).max(6).default([]),
      madeBy: z.enum(PROMISE_MAKERS).optional(),
      dueBefore: plainDate().optional(),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(promiseRow) }),
  ),
  /** Kept, broken, renegotiated or withdrawn; kept after its due date becomes kept late. */
  'promise.settle': command(
    z.strictObject({
      id: id(),
      as: z.enum(['kept', 'broken', 'renegotiated', 'withdrawn', 'open']),
      on: plainDate(),
      evidence: text(2_000).optional(),
      reason: text(1_000).optional(),
      newDueOn: plainDate().optional(),
    }),
    receipt,
  ),
  'task.list': query(
    z.strictObject({
      customerId: id().optional(),
      statuses: z.array(z.enum(TASK_STATUSES)).max(3).default([]),
      dueBefore: plainDate().optional(),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(taskRow) }),
  ),
  'task.complete': command(z.strictObject({ id: id(), done: z.boolean(), on: plainDate() }), receipt),
};

const reportFields = z.strictObject(
  patchShape(
    visitReport.schema.pick({
      title: true,
      visitedAt: true,
      endedAt: true,
      zone: true,
      mode: true,
      purpose: true,
      place: true,
      participants: true,
      facts: true,
      discussion: true,
      confirmedSummary: true,
      needs: true,
      nextSteps: true,
      nextHook: true,
      promiseIds: true,
    }).shape,
  ),
);

export const reportContract = {
  'report.list': query(
    z.strictObject({
      from: plainDate().optional(),
      to: plainDate().optional(),
      customerId: id().optional(),
      state: z.enum(['draft', 'signed']).optional(),
      allVersions: z.boolean().default(false),
      text: text(100).default(''),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(reportRow) }),
  ),
  'report.get': query(
    byId,
    reportRow.extend({
      versions: z.array(
        z.strictObject({
          id: id(),
          version: z.number().int(),
          state: z.enum(['draft', 'signed']),
          signedAt: instant().nullable(),
        }),
      ),
    }),
  ),
  /** Drafts the report of a visit from what is known; answers the existing draft if there is one. */
  'report.fromVisit': command(z.strictObject({ id: id(), visitId: id() }), receipt),
  'report.update': command(z.strictObject({ id: id(), fields: reportFields }), receipt),
  /** Locks the report with its hash; the visit becomes signed, next steps become tasks, their promises promises. */
  'report.sign': command(
    z.strictObject({ id: id(), signature: z.string().max(400_000), signedBy: requiredText(120) }),
    receipt,
  ),
  /** A new draft version of a signed report. */
  'report.correct': command(z.strictObject({ id: id(), newId: id() }), receipt),
  'report.remove': command(z.strictObject({ id: id() }), receipt),
};

export const scriptContract = {
  'script.list': query(nothing, z.strictObject({ rows: z.array(withId(script.schema)) })),
  'script.get': query(byId, withId(script.schema)),
};

const todayContact = z.strictObject({
  customerId: id(),
  name: z.string(),
  class: z.string().nullable(),
  phone: z.string().nullable(),
  doNotCall: z.boolean(),
  contact: contactDue,
});
const section = <T extends z.ZodType>(row: T) =>
  z.strictObject({ total: z.number().int(), rows: z.array(row) });

/** S0-01: the four questions, the day's agenda and what lies ahead. */
export const todayContract = {
  'today.get': query(
    z.strictObject({ date: plainDate(), zone: zone(), limit: z.number().int().min(1).max(500).default(5) }),
    z.strictObject({
      date: plainDate(),
      visits: z.array(visitRow),
      calls: section(todayContact),
      owed: section(todayContact),
      risks: section(
        z.strictObject({
          customerId: id(),
          name: z.string(),
          class: z.string().nullable(),
          risk: riskSignal,
        }),
      ),
      promised: section(promiseRow),
      tasks: section(taskRow),
      changed: section(
        z.strictObject({
          customerId: id(),
          name: z.string(),
          at: instant(),
          entity: z.string(),
          recordId: id(),
          key: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])),
        }),
      ),
      ahead: section(datedEvent),
      unreported: section(visitRow),
      /** Counts for the opening sentence. */
      counts: z.strictObject({
        visits: z.number().int(),
        calls: z.number().int(),
        promisesDue: z.number().int(),
        tasksDue: z.number().int(),
      }),
      customers: z.number().int(),
    }),
  ),
  /** Dated events of a span for the calendar and the list ahead. */
  'dates.list': query(
    z.strictObject({ from: plainDate(), to: plainDate(), customerId: id().optional() }),
    z.strictObject({ events: z.array(datedEvent) }),
  ),
};
