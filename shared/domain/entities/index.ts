import { collateral, facility, holding } from './bank-facts.ts';
import { companyContact, customer, relation, tag } from './customer.ts';
import { assignment, fieldConflict, user } from './team.ts';
import {
  attachment,
  interaction,
  note,
  promise,
  savedView,
  script,
  task,
  visit,
  visitReport,
} from './work.ts';

/** Every entity of the book, by name. Tables, codecs, contracts and sync are derived from this one list. */
export const entities = {
  customer,
  companyContact,
  relation,
  tag,
  holding,
  facility,
  collateral,
  visit,
  interaction,
  promise,
  task,
  note,
  visitReport,
  script,
  attachment,
  savedView,
  user,
  assignment,
  fieldConflict,
} as const;

export type Entities = typeof entities;
export type EntityName = keyof Entities;

export * from './bank-facts.ts';
export * from './customer.ts';
export * from './team.ts';
export * from './work.ts';
