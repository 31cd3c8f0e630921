import { creation } from '../sync/changes.ts';
import type { Change } from '../sync/mutation.ts';
import { bankFactsOf } from './bank-facts.ts';
import type { DemoContext } from './context.ts';
import { demoCustomer } from './customers.ts';
import { moved } from './moves.ts';
import { relationsOf } from './network.ts';
import { noteOf, reportOf, tasksOf } from './papers.ts';
import type { DemoCustomer } from './profile.ts';
import { promisesOf } from './promises.ts';
import { interactionOf, talksWith } from './talk.ts';
import { lostVisit, plannedVisits, visitAhead, visitOf } from './visits.ts';

/** Customers whose records are committed together: about a tenth of a second of work. */
const CHUNK = 15;

/** Tags, scripts, views and tasks that belong to nobody in particular. */
const shelfOf = (context: DemoContext): Change[] => {
  const { work } = context.words;
  const createdAt = context.at(-400, '09:00');
  return [
    ...work.tags.map((tag, place) => creation('tag', context.id('tag', place), { ...tag, createdAt })),
    ...work.scripts.map((script, place) =>
      creation('script', context.id('script', place), { ...script, language: context.language, createdAt }),
    ),
    ...work.views.map((view, position) =>
      creation('savedView', context.id('view', position), {
        name: view.name,
        place: 'customers',
        definition: JSON.stringify(view.definition),
        position,
        createdAt,
      }),
    ),
    ...work.generalTasks.map((text, place) =>
      creation('task', context.id('general', place), {
        text,
        dueOn: context.day(place - 1),
        priority: place === 0 ? 'high' : 'normal',
        createdAt: context.at(-3, '08:30'),
      }),
    ),
  ];
};

/** A customer with everything below it. */
const recordsOf = (
  context: DemoContext,
  customer: DemoCustomer,
  plans: ReturnType<typeof plannedVisits>,
): Change[] => {
  const { n, id, contacts } = customer;
  const talks = talksWith(context, customer);
  const past = talks.flatMap((talk, place): Change[] => {
    const contact =
      contacts.length > 0 && customer.random.chance(0.9)
        ? contacts[place % (n % 8 === 1 ? 1 : contacts.length)]
        : undefined;
    const link = { companyContactId: contact?.id ?? null };
    const interactionId = context.id('interaction', n, place);
    if (talk.kind !== 'visit')
      return [creation('interaction', interactionId, interactionOf(context, customer, talk, link))];
    const visit = visitOf(context, customer, talk, place);
    return [
      creation('visit', visit.id, visit.fields),
      creation(
        'interaction',
        interactionId,
        interactionOf(context, customer, talk, { ...link, visitId: visit.id }),
      ),
      ...(customer.random.chance(0.7) ? [noteOf(context, customer, visit, place)] : []),
      ...reportOf(context, customer, visit, talk, place),
    ];
  });
  return [
    creation('customer', id, customer.fields),
    ...contacts.map((contact) => creation('companyContact', contact.id, contact.fields)),
    ...bankFactsOf(context, customer),
    ...past,
    ...visitAhead(context, customer, plans.get(n)),
    ...lostVisit(context, customer),
    ...promisesOf(context, customer, talks),
    ...tasksOf(context, customer),
  ];
};

export interface DemoChunk {
  changes: Change[];
  /** Customers in the book once this is in. */
  customers: number;
}

/** The whole demo book, piece by piece; today's visits are in the first one. */
export function* demoBook(context: DemoContext): Generator<DemoChunk> {
  const plans = plannedVisits(context);
  const customers: DemoCustomer[] = [];
  const facts: Change[] = [];
  for (let from = 0; from < context.customers; from += CHUNK) {
    const changes = from === 0 ? shelfOf(context) : [];
    for (let n = from; n < Math.min(from + CHUNK, context.customers); n++) {
      const customer = demoCustomer(context, n);
      customers.push(customer);
      changes.push(...recordsOf(context, customer, plans));
    }
    facts.push(...changes.filter(({ entity }) => entity === 'holding' || entity === 'facility'));
    yield { changes, customers: customers.length };
  }
  yield { changes: relationsOf(context, customers), customers: customers.length };
  yield { changes: moved(customers, facts), customers: customers.length };
}
