import { normalisePhone } from '#shared/domain/rules/phone.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { Fields } from './map-row.ts';

const one = (db: ReadableDb, sql: string, ...params: unknown[]): string | null =>
  read<{ id: string }>(db, sql).get(...params)?.id ?? null;

/** The customer a row speaks of, by number, by telephone, or by name and document tail; null when it is somebody new. */
export const findDuplicate = (db: ReadableDb, fields: Fields): string | null => {
  if (typeof fields.customerNo === 'string') {
    const found = one(db, 'SELECT id FROM customer WHERE customer_no = ? AND deleted = 0', fields.customerNo);
    if (found) return found;
  }
  for (const phone of (fields.phones as { number: string }[] | undefined) ?? []) {
    const normal = normalisePhone(phone.number);
    const found =
      normal &&
      one(
        db,
        'SELECT p.customer_id AS id FROM customer_phone p JOIN customer c ON c.id = p.customer_id AND c.deleted = 0 WHERE p.phone = ?',
        normal,
      );
    if (found) return found;
  }
  if (typeof fields.idTail === 'string' && typeof fields.name === 'string') {
    return one(
      db,
      'SELECT id FROM customer WHERE name = ? AND id_tail = ? AND deleted = 0',
      fields.name,
      fields.idTail,
    );
  }
  return null;
};

/** The keys by which later rows of the same file find this one, before it is in the database. */
export const keysOf = (fields: Fields): string[] => [
  ...(typeof fields.customerNo === 'string' ? [`no:${fields.customerNo}`] : []),
  ...((fields.phones as { number: string }[] | undefined) ?? [])
    .flatMap((phone) => normalisePhone(phone.number) ?? [])
    .map((phone) => `phone:${phone}`),
  ...(typeof fields.idTail === 'string' && typeof fields.name === 'string'
    ? [`id:${fields.name}\n${fields.idTail}`]
    : []),
];
