import { type ReadableDb, read } from '../../database/connection.ts';
import { defineFeature } from '../../feature.ts';
import { dayOf } from './day.ts';
import { duplicatesOf } from './duplicates.ts';
import { mergeChanges } from './merge.ts';
import { countsOf, orderOf } from './order.ts';
import { customerPageOf } from './page.ts';
import { rowsOf } from './rows.ts';
import { suggestCustomers } from './suggest.ts';
import { timelineOf } from './timeline.ts';
import { updateManyChanges } from './update-many.ts';
import { customFieldsOf, tagsOf, valuesOf } from './values.ts';

/** Ids of the rows an order names. */
const idsOf = (db: ReadableDb, order: Int32Array): string[] =>
  read<{ id: string }>(
    db,
    'SELECT f.customer_id AS id FROM json_each(?) j JOIN customer_fact f ON f.n = j.value ORDER BY j.key',
  )
    .all(JSON.stringify([...order]))
    .map((row) => row.id);

const rowNumberOf = (db: ReadableDb, id: string): number =>
  read<{ n: number }>(db, 'SELECT n FROM customer_fact WHERE customer_id = ?').get(id)?.n ?? -1;

/** The customer side of the data process: table, page, timeline, pickers, and changes of many at once. */
export const customers = defineFeature({
  queries: {
    'customer.list': ({ offset, limit, columns, ...view }, { db, now }) => {
      const day = dayOf(now());
      const order = orderOf(db, view, day);
      const page = [...order.subarray(offset, offset + limit)];
      return { total: order.length, rows: rowsOf(db, 'n', page, day, columns ?? []) };
    },
    'customer.ids': (view, { db, now }) => ({ ids: idsOf(db, orderOf(db, view, dayOf(now()))) }),
    'customer.count': ({ filters }, { db, now }) => ({ counts: countsOf(db, filters, dayOf(now())) }),
    'customer.position': ({ id, ...view }, { db, now }) => ({
      position: orderOf(db, view, dayOf(now())).indexOf(rowNumberOf(db, id)),
    }),
    'customer.rows': ({ ids }, { db, now }) => ({ rows: rowsOf(db, 'customer_id', ids, dayOf(now())) }),
    'customer.get': ({ id }, { db, now }) => customerPageOf(db, id, dayOf(now())),
    'customer.timeline': (question, { db }) => timelineOf(db, question),
    'customer.duplicates': (question, { db }) => ({ duplicates: duplicatesOf(db, question) }),
    'customer.suggest': ({ text, limit }, { db }) => ({ rows: suggestCustomers(db, text, limit) }),
    'customer.values': ({ column, text }, { db, now }) => ({
      values: valuesOf(db, column, text, dayOf(now())),
    }),
    'customer.customFields': (_, { db }) => ({ names: customFieldsOf(db) }),
    'tag.list': (_, { db }) => ({ tags: tagsOf(db) }),
  },
  commands: {
    'customer.updateMany': (input, { db, commandId }) => ({
      changes: updateManyChanges(db, input),
      value: { commandId, id: null },
    }),
    'customer.merge': ({ intoId, fromId }, { db, commandId }) => ({
      changes: mergeChanges(db, intoId, fromId),
      value: { commandId, id: intoId },
    }),
  },
});
