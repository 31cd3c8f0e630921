import type { CustomerPage } from '#shared/contracts/customers.ts';
import type { Relation } from '#shared/domain/entities/index.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { Day } from './day.ts';
import { fileOf, outlookOf } from './outlook.ts';

/** Relations from and to a customer; a name that was only written down stands where there is no other customer. */
export const relationsOf = (db: ReadableDb, id: string): CustomerPage['relations'] =>
  read<Record<string, unknown> & { incoming: number; found_name: string | null }>(
    db,
    `SELECT r.*, r.customer_id <> @id AS incoming, f.name AS found_name FROM relation r
     LEFT JOIN customer_fact f
       ON f.customer_id = CASE WHEN r.customer_id = @id THEN r.other_customer_id ELSE r.customer_id END
     WHERE (r.customer_id = @id OR r.other_customer_id = @id) AND r.deleted = 0 ORDER BY r.created_at, r.id`,
  )
    .all({ id })
    .flatMap((row) => {
      const relation = codecs.relation.decode(row) as unknown as Relation;
      const incoming = row.incoming === 1;
      // The other customer was removed: nobody to name.
      if (incoming && row.found_name === null) return [];
      return {
        relation,
        incoming,
        otherName: row.found_name ?? relation.otherName ?? '',
        otherId: row.found_name === null ? null : incoming ? relation.customerId : relation.otherCustomerId,
      };
    });

const countsOf = (db: ReadableDb, id: string): CustomerPage['counts'] =>
  read<CustomerPage['counts']>(
    db,
    `SELECT
       (SELECT count(*) FROM interaction WHERE customer_id = @id AND deleted = 0) AS interactions,
       (SELECT count(*) FROM note WHERE customer_id = @id AND deleted = 0) AS notes,
       (SELECT count(*) FROM visit WHERE customer_id = @id AND deleted = 0) AS visits,
       (SELECT count(*) FROM visit_report WHERE customer_id = @id AND deleted = 0) AS reports,
       open_promises AS openPromises, open_tasks AS openTasks
     FROM customer_fact WHERE customer_id = @id`,
  ).get({ id }) as CustomerPage['counts'];

/** Changes of the record that no server has acknowledged; the outbox is sent in order, so its first entry bounds them. */
const waitingOf = (db: ReadableDb, id: string): number =>
  read<{ waiting: number }>(
    db,
    `SELECT count(*) AS waiting FROM change WHERE record_id = ?
       AND seq >= (SELECT change_seq FROM outbox ORDER BY n LIMIT 1)`,
  ).get(id)?.waiting ?? 0;

/** S2-15: the customer page in one answer. */
export const customerPageOf = (db: ReadableDb, id: string, day: Day): CustomerPage => {
  const file = fileOf(db, id);
  return {
    ...file,
    ...outlookOf(db, file, day.today),
    waiting: waitingOf(db, id),
    relations: relationsOf(db, id),
    counts: countsOf(db, id),
  };
};
