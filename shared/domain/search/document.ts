import type { SearchKind } from '../../contracts/book.ts';
import type {
  CompanyContact,
  Customer,
  Interaction,
  Note,
  Promise_,
  Script,
  Task,
  Visit,
  VisitReport,
} from '../entities/index.ts';

/** What a record can be found by. */
export interface SearchDocument {
  /** Names of a person or company: found by pinyin as well. */
  names: string[];
  /** Phones and the like: found by any three digits or more. */
  numbers: string[];
  texts: string[];
}

/** A record as a commit carries it: fields at their default may be missing. */
type Sparse<T> = { [K in keyof T]?: T[K] | undefined };

const filled = (values: readonly (string | null | undefined)[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

const numbersOf = (phones: readonly { number: string }[] | undefined): string[] =>
  (phones ?? []).map((phone) => phone.number);

/** Values of an import worth finding: words, not its codes and numbers. */
const isWords = (value: string): boolean => /\p{Script=Han}|\p{L}\s+\p{L}/u.test(value);

const customerDocument = (
  record: Sparse<Customer> & { accountTails?: readonly string[] },
): SearchDocument => ({
  names: filled([record.name, record.alias]),
  numbers: filled([
    record.customerNo,
    ...numbersOf(record.phones),
    record.idTail,
    ...(record.accountTails ?? []),
  ]),
  texts: filled([
    record.employer,
    record.jobTitle,
    record.occupation,
    record.industry,
    record.city,
    record.area,
    record.address,
    ...(record.emails ?? []).map((email) => email.address),
    record.wechat,
    record.referredBy,
    record.hobbies,
    record.family,
    record.about,
    ...Object.values(record.custom ?? {}).filter(isWords),
  ]),
});

const contactDocument = (record: Sparse<CompanyContact>): SearchDocument => ({
  names: filled([record.name]),
  numbers: numbersOf(record.phones),
  texts: filled([
    record.jobTitle,
    record.department,
    ...(record.emails ?? []).map((email) => email.address),
    record.wechat,
    record.remark,
  ]),
});

const texts = (...values: (string | null | undefined)[]): SearchDocument => ({
  names: [],
  numbers: [],
  texts: filled(values),
});

const reportDocument = (record: Sparse<VisitReport>): SearchDocument =>
  texts(
    record.title,
    record.place,
    record.facts,
    record.discussion,
    record.confirmedSummary,
    ...(record.needs ?? []).map((need) => need.text),
    ...(record.nextSteps ?? []).map((step) => step.text),
    record.nextHook,
    ...(record.participants ?? []).map((participant) => participant.name),
  );

const visitDocument = (record: Sparse<Visit>): SearchDocument =>
  texts(
    record.title,
    record.aim,
    record.place,
    ...(record.agenda ?? []).map((item) => item.text),
    ...(record.preparation ?? []).map((item) => item.text),
    ...(record.participants ?? []).map((participant) => participant.name),
  );

/** How each kind of record is read, and the fields that are read. */
const READERS: { [K in SearchKind]: { fields: readonly string[]; read(record: never): SearchDocument } } = {
  customer: {
    fields: [
      'name',
      'alias',
      'customerNo',
      'phones',
      'idTail',
      'employer',
      'jobTitle',
      'occupation',
      'industry',
      'city',
      'area',
      'address',
      'emails',
      'wechat',
      'referredBy',
      'hobbies',
      'family',
      'about',
      'custom',
    ],
    read: customerDocument,
  },
  companyContact: {
    fields: ['name', 'phones', 'jobTitle', 'department', 'emails', 'wechat', 'remark'],
    read: contactDocument,
  },
  note: { fields: ['title', 'body'], read: (record: Sparse<Note>) => texts(record.title, record.body) },
  visitReport: {
    fields: [
      'title',
      'place',
      'facts',
      'discussion',
      'confirmedSummary',
      'needs',
      'nextSteps',
      'nextHook',
      'participants',
    ],
    read: reportDocument,
  },
  task: { fields: ['text'], read: (record: Sparse<Task>) => texts(record.text) },
  promise: {
    fields: ['text', 'evidence', 'reason'],
    read: (record: Sparse<Promise_>) => texts(record.text, record.evidence, record.reason),
  },
  visit: { fields: ['title', 'aim', 'place', 'agenda', 'preparation', 'participants'], read: visitDocument },
  script: { fields: ['title', 'body'], read: (record: Sparse<Script>) => texts(record.title, record.body) },
  interaction: {
    fields: ['summary', 'nextHook'],
    read: (record: Sparse<Interaction>) => texts(record.summary, record.nextHook),
  },
};

/** Fields of a kind that make it findable. */
export const searchedFields = (kind: SearchKind): readonly string[] => READERS[kind].fields;

/** What a record can be found by. */
export const documentOf = (kind: SearchKind, record: Readonly<Record<string, unknown>>): SearchDocument =>
  READERS[kind].read(record as never);
