import type { Brief, BriefLine, PromiseRow, TaskRow, VisitRow } from '#shared/contracts/work.ts';
import { addDays } from '#shared/domain/dates.ts';
import type { CompanyContact, Customer, EntityName, Note } from '#shared/domain/entities/index.ts';
import { conversationOpeners, excerptOf, kitOf, suggestedQuestions } from '#shared/domain/rules/brief.ts';
import { festivalEvents } from '#shared/domain/rules/dated-events.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { defineFeature } from '../feature.ts';
import { COUNTED } from './customer-facts/contact.ts';
import { type Day, dayOf } from './customers/day.ts';
import { type CustomerFile, fileOf, outlookOf } from './customers/outlook.ts';
import { relationsOf } from './customers/page.ts';
import { visitRowOf } from './visits.ts';

const PEOPLE = 8;
const AHEAD = 10;
const NOTES = 3;
const FESTIVALS_AHEAD_DAYS = 14;

type LastContact = NonNullable<Brief['lastContact']>;

/** The latest contact before the visit; with `hooked`, the latest that left something to come back to. */
const contactBefore = (db: ReadableDb, visit: VisitRow, hooked: boolean): LastContact | null =>
  read<LastContact>(
    db,
    `SELECT x.at, x.kind, x.purpose, x.outcome, coalesce(x.summary, '') AS summary, x.next_hook AS nextHook, x.id
     FROM interaction x WHERE x.customer_id = ? AND x.at <= ? AND ${COUNTED}
     ${hooked ? 'AND x.next_hook IS NOT NULL' : ''} ORDER BY x.at DESC, x.id DESC LIMIT 1`,
  ).get(visit.customerId, visit.startsAt) ?? null;

const openOf = <R>(
  db: ReadableDb,
  entity: Extract<EntityName, 'promise' | 'task'>,
  customer: Customer,
): R[] =>
  read(
    db,
    `SELECT * FROM ${entity} WHERE customer_id = ? AND status = 'open' AND deleted = 0
     ORDER BY due_on IS NULL, due_on, created_at, id`,
  )
    .all(customer.id)
    .map((row) => ({ ...codecs[entity].decode(row), customerName: customer.name }) as R);

const personLine = (contact: CompanyContact): BriefLine => {
  const { id, name, jobTitle, department, role, influence, attitude } = contact;
  const known = Object.entries({ jobTitle, department, role, influence, attitude }).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  return {
    key: 'person',
    text: '',
    params: { name, ...Object.fromEntries(known) },
    source: { entity: 'companyContact', id, label: name },
  };
};

/** Whom the visit meets: of a company the people it names first, of a person the family and friends who matter. */
const peopleOf = (db: ReadableDb, file: CustomerFile, visit: VisitRow): BriefLine[] => {
  const meets = (contact: CompanyContact): number => (visit.companyContactIds.includes(contact.id) ? 0 : 1);
  const contacts = file.contacts
    .filter((contact) => contact.leftOn === null)
    .toSorted((a, b) => meets(a) - meets(b) || (b.influence ?? 0) - (a.influence ?? 0));
  const relations = relationsOf(db, file.customer.id).map(
    ({ relation, otherName, otherId, incoming }): BriefLine => ({
      key: incoming ? 'relationOf' : 'relation',
      text: '',
      params: { name: otherName, relation: relation.kind },
      source: otherId ? { entity: 'customer', id: otherId, label: otherName } : null,
    }),
  );
  return [...contacts.map(personLine), ...relations].slice(0, PEOPLE);
};

const notesOf = (db: ReadableDb, customerId: string): Brief['notes'] =>
  read<Pick<Note, 'id' | 'title' | 'body'> & { takenAt: string }>(
    db,
    `SELECT id, taken_at AS takenAt, title, substr(body, 1, 2000) AS body FROM note
     WHERE customer_id = ? AND deleted = 0 ORDER BY taken_at DESC LIMIT ${NOTES}`,
  )
    .all(customerId)
    .map(({ id, takenAt, title, body }) => ({ id, takenAt, title: title ?? '', excerpt: excerptOf(body) }));

const bankOf = (file: CustomerFile): Pick<Brief, 'holdings' | 'limits'> => ({
  holdings: file.holdings
    .toSorted((a, b) => (b.balanceMinor ?? 0) - (a.balanceMinor ?? 0))
    .map(({ id, kind, productName: name, balanceMinor, currency, maturesOn }) => ({
      ...{ id, kind, name, balanceMinor, currency, maturesOn },
    })),
  limits: file.facilities.map(({ id, kind, name, limitMinor, usedMinor, currency, expiresOn }) => ({
    ...{ id, kind, name, limitMinor, usedMinor, currency, expiresOn },
  })),
});

const headOf = (customer: Customer): Brief['customer'] => {
  const { id, name, kind, phones, address } = customer;
  const parts =
    kind === 'person'
      ? [customer.occupation, customer.employer, customer.jobTitle]
      : [customer.industry, customer.city];
  return {
    ...{ id, name, kind, address, class: customer.class },
    phone: phones[0]?.number ?? null,
    subtitle: parts.filter(Boolean).join(' · '),
  };
};

/** 访前简报: everything worth knowing before a visit, each line with its source (S1-06, S3-31, S4-10, S4-12). */
const briefOf = (db: ReadableDb, visitId: string, day: Day): Brief => {
  const visit = visitRowOf(db, visitId);
  const file = fileOf(db, visit.customerId);
  const { customer } = file;
  const { contact, completeness, risks, ahead } = outlookOf(db, file, day.today);
  const lastContact = contactBefore(db, visit, false);
  const hooked = lastContact?.nextHook ? lastContact : contactBefore(db, visit, true);
  const span = { from: day.today, to: addDays(day.today, FESTIVALS_AHEAD_DAYS), today: day.today };
  return {
    visit,
    customer: headOf(customer),
    contact,
    lastContact,
    people: peopleOf(db, file, visit),
    promises: openOf<PromiseRow>(db, 'promise', customer),
    tasks: openOf<TaskRow>(db, 'task', customer),
    ahead: ahead.slice(0, AHEAD),
    risks,
    ...bankOf(file),
    completeness,
    questions: suggestedQuestions(customer, completeness.gaps),
    openers: conversationOpeners({
      customer,
      ahead: [...ahead, ...festivalEvents(span)],
      hook: hooked?.nextHook ? { text: hooked.nextHook, id: hooked.id } : null,
      lastTopic: lastContact?.summary
        ? { text: excerptOf(lastContact.summary, 80), id: lastContact.id }
        : null,
    }),
    kit: kitOf(visit),
    notes: notesOf(db, customer.id),
    madeAt: day.now,
  };
};

export const brief = defineFeature({
  queries: { 'visit.brief': ({ id }, { db, now }) => briefOf(db, id, dayOf(now())) },
});
