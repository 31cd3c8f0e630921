import { addDays } from '#shared/domain/dates.ts';
import { defineFeature } from '../../feature.ts';
import { dayOf } from '../customers/day.ts';
import { customerTotal } from '../customers/order.ts';
import { recentChanges } from './changed.ts';
import { owedContacts, standingRisks } from './contacts.ts';
import { eventsBetween, firstEvents } from './dated.ts';
import { dueTasks, openPromises, unreportedVisits, visitsOn } from './work.ts';

const AHEAD_DAYS = 30;

/** S0-01: the four questions of the Today screen, its agenda, and the calendar of dates. */
export const today = defineFeature({
  queries: {
    'today.get': ({ date, zone, limit }, { db, now }) => {
      const moment = now();
      const visits = visitsOn(db, date, zone);
      const { due, ...promised } = openPromises(db, date, limit);
      const contacts = owedContacts(db, date, limit);
      const tasks = dueTasks(db, date, limit);
      const span = { from: date, to: addDays(date, AHEAD_DAYS), today: date };
      return {
        date,
        visits,
        ...contacts,
        risks: standingRisks(db, date, limit),
        promised,
        tasks,
        changed: recentChanges(db, moment, limit),
        ahead: firstEvents(db, span, limit),
        unreported: unreportedVisits(db, moment, limit),
        counts: {
          visits: visits.length,
          calls: contacts.calls.total,
          promisesDue: due,
          tasksDue: tasks.total,
        },
        customers: customerTotal(db, dayOf(moment)),
      };
    },
    'dates.list': ({ from, to, customerId }, { db, now }) => ({
      events: eventsBetween(db, { from, to, today: dayOf(now()).today }, customerId),
    }),
  },
});
