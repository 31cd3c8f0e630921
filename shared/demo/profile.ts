import type { CompanyContact, Customer, companyContact, customer } from '../domain/entities/index.ts';
import type { DraftOf } from '../domain/entity.ts';
import type { Random } from './random.ts';

const COMPANY_PLACES = [2, 5, 9];

/** Whether the customer of a number is a company. */
export const isCompany = (n: number): boolean => COMPANY_PLACES.includes(n % 10);

/** Of a customer who is a company: which one of the companies it is. */
export const companyPlace = (n: number): number =>
  Math.floor(n / 10) * COMPANY_PLACES.length + COMPANY_PLACES.indexOf(n % 10);

export interface DemoContact {
  id: string;
  /** How the manager speaks of the person. */
  called: string;
  fields: DraftOf<typeof companyContact>;
}

/** One customer of the demo book, with what its history is told from. */
export interface DemoCustomer {
  n: number;
  id: string;
  kind: Customer['kind'];
  class: Customer['class'];
  status: Customer['status'];
  /** When the customer came into the book, as days from today. */
  sinceDays: number;
  random: Random;
  fields: DraftOf<typeof customer>;
  contacts: DemoContact[];
  /** Words for the slots of sentences. */
  slots: Record<string, string>;
}

/** The part of a profile that persons and companies make each in their own way. */
export interface DemoProfile {
  fields: Omit<DraftOf<typeof customer>, 'createdAt'>;
  contacts: DemoContact[];
  slots: Record<string, string>;
}

export interface ProfileSeed {
  n: number;
  /** Its number among the customers of all books. */
  serial: number;
  id: string;
  class: Customer['class'];
  random: Random;
  /** The probability that a manager knows a fact of such a customer. */
  knows: number;
}

export type ContactRole = NonNullable<CompanyContact['role']>;
