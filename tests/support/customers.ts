import { v7 as uuid } from 'uuid';
import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Operation } from '#shared/sync/mutation.ts';
import type { TestBook } from './book.ts';

export const CREATED = '2025-01-01T02:00:00.000Z';
export const ZONE = 'Asia/Shanghai';

/** Commits one change of one record, past the contracts: for arranging what a test looks at. */
export const put = (
  book: TestBook,
  entity: EntityName,
  fields: Record<string, unknown>,
  id: string = uuid(),
  op: Operation = 'create',
): string => {
  const all = op === 'create' ? { createdAt: CREATED, ...fields } : fields;
  book.book.commit({
    commandId: uuid(),
    name: 'test.put',
    changes: [{ entity, id, op, fields: all }],
    result: null,
    at: CREATED,
    actor: 'me',
  });
  return id;
};

export const putPerson = (book: TestBook, name: string, fields: Record<string, unknown> = {}): string =>
  put(book, 'customer', { kind: 'person', name, ...fields });

export const putCompany = (book: TestBook, name: string, fields: Record<string, unknown> = {}): string =>
  put(book, 'customer', { kind: 'company', name, ...fields });

export const putContact = (
  book: TestBook,
  customerId: string,
  at: string,
  fields: Record<string, unknown> = {},
): string => put(book, 'interaction', { customerId, kind: 'call', at, zone: ZONE, ...fields });
