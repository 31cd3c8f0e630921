import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/store/database.ts';
import { saveRecords } from '../../../server/store/save.ts';
import { allocateSeq } from '../../../server/store/seq.ts';
import { addBook, addUser } from '../../support/server.ts';
import { inLists, MADE_STAMP, makeRecords } from './made-records.ts';

export interface FilledBook {
  bookId: string;
  accountId: string;
  username: string;
  customers: number;
  records: number;
}

const ROWS = 5_000;

/** A manager who looks after made customers, written straight into the tables. */
export const fillServer = async (db: Database, customers: number): Promise<FilledBook> => {
  const bookId = await addBook(db);
  const username = `bench-${randomUUID().slice(0, 8)}`;
  const accountId = await addUser(db, { username, bookId });
  let records = 0;
  for (const list of inLists(makeRecords(customers, accountId), ROWS)) {
    const first = await allocateSeq(db, bookId, list.length);
    const rows = list.map(({ entity, id, customerId, data }, index) => ({
      entity,
      id,
      customer_id: customerId,
      owner_id: null,
      moved_from: null,
      data,
      stamps: { '*': MADE_STAMP },
      deleted: false,
      seq: first + index,
    }));
    await saveRecords(db, bookId, rows);
    // the assignment lies as far back as its customer: nothing was granted later
    await db.query(
      `INSERT INTO assignment (book_id, customer_id, account_id, role, seq)
       SELECT $1, id, $2, 'owner', seq FROM jsonb_to_recordset($3::jsonb) AS row (id uuid, seq bigint)`,
      [
        bookId,
        accountId,
        JSON.stringify(
          rows.filter(({ entity }) => entity === 'customer').map(({ id, seq }) => ({ id, seq })),
        ),
      ],
    );
    records += list.length;
  }
  await db.script('ANALYZE');
  return { bookId, accountId, username, customers, records };
};
