import { v7 as uuid } from 'uuid';
import { AppError } from '#shared/contracts/errors.ts';
import type { Change, Mutation } from '#shared/sync/mutation.ts';
import { creation } from '../../changes.ts';
import { type JournalEntry, selectRow } from '../../database/commit.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { contentOf } from './content.ts';

const LONGEST_TASK = 2_000;
const LONGEST_NOTE = 200_000;

/** What a mutation means for the records as they are now: what was created meanwhile is updated, what went comes back. */
export const fitted = (
  db: ReadableDb,
  { entity, id, op, fields }: Pick<Mutation, 'entity' | 'id' | 'op' | 'fields'>,
): Change[] => {
  const row = selectRow(db, entity, id);
  const living = row?.deleted === 0;
  if (op === 'delete') return living ? [{ entity, id, op, fields: {} }] : [];
  if (!row) {
    if (op === 'create') return [{ entity, id, op, fields }];
    throw new AppError('not_found', { params: { entity } });
  }
  const back: Change[] = living ? [] : [{ entity, id, op: 'restore', fields: {} }];
  return op === 'restore' ? back : [...back, { entity, id, op: 'update', fields }];
};

const livingCustomer = (db: ReadableDb, entry: JournalEntry): string | null => {
  const named = entry.mutations.flatMap(({ entity, id, fields }) => [
    fields.customerId,
    entity === 'customer' ? id : null,
  ]);
  const found = named.find(
    (id) =>
      typeof id === 'string' &&
      read(db, 'SELECT id FROM customer WHERE id = ? AND deleted = 0').get(id) !== undefined,
  );
  return typeof found === 'string' ? found : null;
};

/** A note with the customer it was about; without one a task, so that it is met again. */
const asNote = (db: ReadableDb, entry: JournalEntry, at: string): Change => {
  const content = contentOf(entry);
  const customerId = livingCustomer(db, entry);
  return customerId
    ? creation('note', uuid(), {
        customerId,
        body: content.slice(0, LONGEST_NOTE),
        takenAt: at,
        zone: 'UTC',
        createdAt: at,
      })
    : creation('task', uuid(), { text: content.slice(0, LONGEST_TASK) || entry.name, createdAt: at });
};

/** The changes that settle an entry in the way a person chose. */
export const settlingChanges = (
  db: ReadableDb,
  entry: JournalEntry,
  how: 'apply' | 'keepAsNote' | 'discard',
  at: string,
): Change[] => {
  if (how === 'discard') return [];
  if (how === 'keepAsNote') return [asNote(db, entry, at)];
  return entry.mutations.flatMap((mutation) => fitted(db, mutation));
};
