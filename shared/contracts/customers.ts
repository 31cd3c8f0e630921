import { z } from 'zod';
import {
  collateral,
  companyContact,
  customer,
  facility,
  holding,
  relation,
} from '../domain/entities/index.ts';
import { id, instant, plainDate, requiredText, text } from '../domain/fields.ts';
import { CUSTOMER_COLUMN_NAMES, customerView, filterGroup } from '../domain/filter.ts';
import {
  CUSTOMER_CLASSES,
  CUSTOMER_KINDS,
  CUSTOMER_STATUSES,
  INTERACTION_KINDS,
} from '../domain/vocabulary.ts';
import { byId, ids, nothing, page, receipt, recordLink } from './common.ts';
import { command, query } from './contract.ts';

const withId = <S extends z.ZodRawShape>(schema: z.ZodObject<S>) => schema.extend({ id: id() });

export const CONTACT_STATES = ['due', 'soon', 'overdue', 'ok', 'none'] as const;
const contactState = z.enum(CONTACT_STATES);

/** A row of the customer table: everything a column may show. */
export const customerRow = z.strictObject({
  id: id(),
  kind: z.enum(CUSTOMER_KINDS),
  name: z.string(),
  class: z.enum(CUSTOMER_CLASSES).nullable(),
  status: z.enum(CUSTOMER_STATUSES),
  tags: z.array(id()),
  phone: z.string().nullable(),
  contactState,
  dueOn: plainDate().nullable(),
  lastContactAt: instant().nullable(),
  lastContactKind: z.enum(INTERACTION_KINDS).nullable(),
  nextVisitAt: instant().nullable(),
  /** Sum of holdings per currency, largest first; null while nothing is known. */
  balanceMinor: z.number().int().nullable(),
  currency: z.string().nullable(),
  nextMaturityOn: plainDate().nullable(),
  openPromises: z.number().int(),
  openTasks: z.number().int(),
  riskCount: z.number().int(),
  /** 0 to 100 */
  completeness: z.number().int(),
  doNotCall: z.boolean(),
  /** Fields that only some views show, by column name. */
  more: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type CustomerRow = z.infer<typeof customerRow>;

/** A fact with a date and where it comes from: birthday, maturity, expiry (S1-05). */
export const datedEvent = z.strictObject({
  kind: z.enum([
    'birthday',
    'contactBirthday',
    'maturity',
    'facilityExpiry',
    'valuationDue',
    'insuranceExpiry',
    'riskProfileExpiry',
    'anniversary',
    'festival',
  ]),
  on: plainDate(),
  daysAhead: z.number().int(),
  customerId: id().nullable(),
  customerName: z.string().nullable(),
  /** Words that fill the line of this kind in the locale: product name, contact name, lunar date … */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  source: recordLink.nullable(),
});
export type DatedEvent = z.infer<typeof datedEvent>;

/** A signal that somebody should look at (S0-05), explained by the facts it was computed from. */
export const riskSignal = z.strictObject({
  kind: z.enum([
    'contactOverdue',
    'balanceFalling',
    'maturityUnattended',
    'promiseOverdue',
    'limitNearlyUsed',
    'limitUnused',
    'facilityExpiring',
    'valuationOld',
    'keyContactLeft',
    'singleThread',
  ]),
  severity: z.enum(['soon', 'now']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  source: recordLink.nullable(),
});
export type RiskSignal = z.infer<typeof riskSignal>;

/** S1-06: a missing fact and how much asking for it would help. `field` is a customer field. */
export const profileGap = z.strictObject({ field: z.string(), group: z.string(), weight: z.number() });
export const completeness = z.strictObject({
  percent: z.number().int(),
  known: z.number().int(),
  expected: z.number().int(),
  gaps: z.array(profileGap),
});
export type Completeness = z.infer<typeof completeness>;

export const contactDue = z.strictObject({
  state: contactState,
  intervalDays: z.number().int().nullable(),
  /** Where the interval comes from: set for this customer, or the default of the class. */
  intervalFrom: z.enum(['customer', 'class', 'none']),
  lastContactAt: instant().nullable(),
  dueOn: plainDate().nullable(),
  daysLeft: z.number().int().nullable(),
});
export type ContactDue = z.infer<typeof contactDue>;

/** The customer page in one answer. */
export const customerPage = z.strictObject({
  customer: withId(customer.schema),
  /** Command that last changed the record and whether changes still wait for the server. */
  waiting: z.number().int(),
  contact: contactDue,
  completeness,
  risks: z.array(riskSignal),
  ahead: z.array(datedEvent),
  contacts: z.array(withId(companyContact.schema)),
  relations: z.array(
    z.strictObject({
      relation: withId(relation.schema),
      otherName: z.string(),
      otherId: id().nullable(),
      incoming: z.boolean(),
    }),
  ),
  holdings: z.array(withId(holding.schema)),
  facilities: z.array(withId(facility.schema)),
  collaterals: z.array(withId(collateral.schema)),
  counts: z.strictObject({
    interactions: z.number().int(),
    notes: z.number().int(),
    visits: z.number().int(),
    reports: z.number().int(),
    openPromises: z.number().int(),
    openTasks: z.number().int(),
  }),
});
export type CustomerPage = z.infer<typeof customerPage>;

export const TIMELINE_KINDS = [
  'call',
  'visit',
  'video',
  'message',
  'event',
  'note',
  'promise',
  'task',
  'report',
  'plan',
] as const;

/** One line of the timeline. */
export const timelineItem = z.strictObject({
  id: id(),
  entity: z.enum(['interaction', 'note', 'promise', 'task', 'visitReport', 'visit']),
  kind: z.enum(TIMELINE_KINDS),
  at: instant(),
  title: z.string(),
  text: z.string(),
  /** purpose, outcome, state … by their vocabulary value */
  marks: z.record(z.string(), z.string()),
});
export type TimelineItem = z.infer<typeof timelineItem>;

export const duplicate = z.strictObject({
  id: id(),
  name: z.string(),
  because: z.array(z.enum(['name', 'phone', 'idTail', 'employer', 'customerNo'])),
  detail: z.string(),
});

export const customerContract = {
  'customer.list': query(
    customerView.extend({ ...page }),
    z.strictObject({ total: z.number().int(), rows: z.array(customerRow) }),
  ),
  /** Ids of everything a view shows, for select-all and exports. */
  'customer.ids': query(customerView, z.strictObject({ ids: z.array(id()) })),
  /** Live counts of several filters at once, in their order. */
  'customer.count': query(
    z.strictObject({ filters: z.array(filterGroup).max(60) }),
    z.strictObject({ counts: z.array(z.number().int()) }),
  ),
  /** Position of a customer in a view, or -1: keeps the selection in sight when sorting changes. */
  'customer.position': query(
    customerView.extend({ id: id() }),
    z.strictObject({ position: z.number().int() }),
  ),
  'customer.rows': query(z.strictObject({ ids: ids(500) }), z.strictObject({ rows: z.array(customerRow) })),
  'customer.get': query(byId, customerPage),
  /** Newest first; `before` continues a page. */
  'customer.timeline': query(
    z.strictObject({
      id: id(),
      kinds: z.array(z.enum(TIMELINE_KINDS)).max(10).default([]),
      text: text(100).default(''),
      before: instant().optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    z.strictObject({ items: z.array(timelineItem), more: z.boolean() }),
  ),
  'customer.duplicates': query(
    z.strictObject({
      id: id().optional(),
      kind: z.enum(CUSTOMER_KINDS),
      name: text(200).default(''),
      phones: z.array(text(40)).max(20).default([]),
      idTail: text(8).default(''),
      employer: text(200).default(''),
      customerNo: text(60).default(''),
    }),
    z.strictObject({ duplicates: z.array(duplicate) }),
  ),
  /** Names while typing, for pickers: most recently touched first when `text` is empty. */
  'customer.suggest': query(
    z.strictObject({ text: text(100), limit: z.number().int().min(1).max(50).default(10) }),
    z.strictObject({
      rows: z.array(
        z.strictObject({
          id: id(),
          name: z.string(),
          kind: z.enum(CUSTOMER_KINDS),
          class: z.enum(CUSTOMER_CLASSES).nullable(),
          detail: z.string(),
        }),
      ),
    }),
  ),
  /** The same change for many customers; one undo takes it back. */
  'customer.updateMany': command(
    z.strictObject({
      ids: ids(),
      set: z
        .strictObject({
          class: z.enum(CUSTOMER_CLASSES).nullable().optional(),
          status: z.enum(CUSTOMER_STATUSES).optional(),
          contactIntervalDays: z.number().int().min(1).max(1_000).nullable().optional(),
          area: text(80).nullable().optional(),
        })
        .default({}),
      addTags: ids(20).default([]),
      removeTags: ids(20).default([]),
    }),
    receipt,
  ),
  /** Moves everything of `fromId` to `intoId`, fills what is unknown there, removes `fromId`. */
  'customer.merge': command(z.strictObject({ intoId: id(), fromId: id() }), receipt),
  /** Distinct values of a column for filter pickers, with counts. */
  'customer.values': query(
    z.strictObject({
      column: z.union([
        z.enum(CUSTOMER_COLUMN_NAMES),
        z
          .string()
          .max(90)
          .regex(/^custom:/),
      ]),
      text: text(60).default(''),
    }),
    z.strictObject({ values: z.array(z.strictObject({ value: z.string(), count: z.number().int() })) }),
  ),
  /** Names of the custom fields that imports brought. */
  'customer.customFields': query(nothing, z.strictObject({ names: z.array(z.string()) })),
  'tag.list': query(
    nothing,
    z.strictObject({
      tags: z.array(
        z.strictObject({ id: id(), name: requiredText(40), color: z.string(), count: z.number().int() }),
      ),
    }),
  ),
};
