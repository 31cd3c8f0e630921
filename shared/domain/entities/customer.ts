import { z } from 'zod';
import { type DraftOf, defineEntity, type PatchOf, type RecordOf } from '../entity.ts';
import { clockTime, id, instant, plainDate, requiredText, text, unknownable } from '../fields.ts';
import * as words from '../vocabulary.ts';

const phone = z.strictObject({ label: text(40).default(''), number: requiredText(40) });
const email = z.strictObject({ label: text(40).default(''), address: requiredText(200) });

const identity = {
  kind: z.enum(words.CUSTOMER_KINDS),
  name: requiredText(200),
  alias: unknownable(text(200)),
  customerNo: unknownable(text(60)),
  status: z.enum(words.CUSTOMER_STATUSES).default('active'),
  class: unknownable(z.enum(words.CUSTOMER_CLASSES)),
  tags: z.array(id()).max(50).default([]),
  phones: z.array(phone).max(20).default([]),
  emails: z.array(email).max(20).default([]),
  wechat: unknownable(text(80)),
  address: unknownable(text(400)),
  area: unknownable(text(80)),
  latitude: unknownable(z.number().min(-90).max(90)),
  longitude: unknownable(z.number().min(-180).max(180)),
  /** Last digits only: the full document number has no use in a visit and is not kept. */
  idTail: unknownable(text(8)),
  referredBy: unknownable(text(200)),
  openedOn: unknownable(plainDate()),
  closedOn: unknownable(plainDate()),
  about: unknownable(text(20_000)),
};

/** S4-03 買方特點: age, social class, life stage. */
const person = {
  gender: unknownable(z.enum(words.GENDERS)),
  birthDate: unknownable(plainDate()),
  birthdayCalendar: z.enum(words.CALENDARS).default('solar'),
  age: unknownable(z.number().int().min(0).max(130)),
  maritalStatus: unknownable(z.enum(words.MARITAL_STATUSES)),
  education: unknownable(z.enum(words.EDUCATIONS)),
  occupation: unknownable(text(120)),
  employer: unknownable(text(200)),
  jobTitle: unknownable(text(120)),
  lifeStage: unknownable(z.enum(words.LIFE_STAGES)),
  socialClass: unknownable(z.enum(words.SOCIAL_CLASSES)),
  family: unknownable(text(1_000)),
  hobbies: unknownable(text(500)),
  incomeMinor: unknownable(z.number().int().min(0)),
  riskLevel: unknownable(z.enum(words.RISK_LEVELS)),
  riskValidUntil: unknownable(plainDate()),
};

/** S4-03 商業結構, 運作變數, 購買取態, 情景要素. */
const company = {
  industry: unknownable(text(120)),
  companySize: unknownable(z.enum(words.COMPANY_SIZES)),
  employees: unknownable(z.number().int().min(0).max(10_000_000)),
  city: unknownable(text(80)),
  foundedOn: unknownable(plainDate()),
  productUsage: unknownable(text(1_000)),
  techLevel: unknownable(z.enum(words.LEVELS)),
  purchasingPolicy: unknownable(text(1_000)),
  purchasingDemands: unknownable(text(1_000)),
  urgency: unknownable(z.enum(words.LEVELS)),
  application: unknownable(text(500)),
  orderSize: unknownable(text(120)),
};

/** S0-19 contact preferences, opt-outs and consent. */
const preferences = {
  contactIntervalDays: unknownable(z.number().int().min(1).max(1_000)),
  bestWeekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  bestTimeFrom: unknownable(clockTime()),
  bestTimeTo: unknownable(clockTime()),
  channelOrder: z.array(z.enum(words.CONTACT_CHANNELS)).max(8).default([]),
  doNotCall: z.boolean().default(false),
  doNotMessage: z.boolean().default(false),
  doNotEmail: z.boolean().default(false),
  marketingConsent: unknownable(z.enum(words.CONSENTS)),
  marketingConsentOn: unknownable(plainDate()),
  dataConsent: unknownable(z.enum(words.CONSENTS)),
  dataConsentOn: unknownable(plainDate()),
};

/** A person or company the manager is assigned to. */
export const customer = defineEntity({
  name: 'customer',
  merge: 'fields',
  scope: 'self',
  fields: {
    ...identity,
    ...person,
    ...company,
    ...preferences,
    /** Columns of an import that have no home here, by their own name. */
    custom: z.record(requiredText(80), text(1_000)).default({}),
    importId: unknownable(id()),
    createdAt: instant(),
  },
});

export type Customer = RecordOf<typeof customer>;
export type CustomerDraft = DraftOf<typeof customer>;
export type CustomerPatch = PatchOf<typeof customer>;

/** S1-08: a person inside a company customer. */
export const companyContact = defineEntity({
  name: 'companyContact',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: id(),
    name: requiredText(120),
    jobTitle: unknownable(text(120)),
    department: unknownable(text(120)),
    role: unknownable(z.enum(words.CONTACT_ROLES)),
    influence: unknownable(z.number().int().min(1).max(5)),
    attitude: unknownable(z.enum(words.ATTITUDES)),
    phones: z.array(phone).max(10).default([]),
    emails: z.array(email).max(10).default([]),
    wechat: unknownable(text(80)),
    birthDate: unknownable(plainDate()),
    birthdayCalendar: z.enum(words.CALENDARS).default('solar'),
    successor: unknownable(text(120)),
    leftOn: unknownable(plainDate()),
    remark: unknownable(text(2_000)),
    createdAt: instant(),
  },
});
export type CompanyContact = RecordOf<typeof companyContact>;

/** A tie between two customers, or from a customer to somebody who is none (then only a name). */
export const relation = defineEntity({
  name: 'relation',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: id(),
    otherCustomerId: unknownable(id()),
    otherName: unknownable(text(200)),
    kind: z.enum(words.RELATION_KINDS),
    remark: unknownable(text(1_000)),
    createdAt: instant(),
  },
});
export type Relation = RecordOf<typeof relation>;

/** A label the manager gives to customers. */
export const tag = defineEntity({
  name: 'tag',
  merge: 'fields',
  scope: 'owner',
  fields: {
    name: requiredText(40),
    color: z.enum(['gray', 'teal', 'blue', 'amber', 'red', 'green', 'violet']).default('gray'),
    createdAt: instant(),
  },
});
export type Tag = RecordOf<typeof tag>;
