import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import type { Operation } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type Row, selectRow } from '../../database/commit.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { customerNameOf } from '../named-rows.ts';

/** Fields in which a record says its own name, best first. */
const LABELS = ['name', 'title', 'text', 'summary', 'aim', 'body', 'discussion', 'productName', 'otherName'];
const LONGEST_LABEL = 80;

export type Fields = Record<string, unknown>;

/** A record as a line names it. */
export interface Subject {
  entity: string;
  recordId: string;
  customerId: string | null;
  customerName: string | null;
  label: string;
  present: boolean;
}

export const isKnown = (entity: string): entity is EntityName => Object.hasOwn(entities, entity);

/** The row of a record that may be of an entity this program does not know. */
export const knownRow = (db: ReadableDb, entity: string, id: string): Row | undefined =>
  isKnown(entity) ? selectRow(db, entity, id) : undefined;

const firstLine = (fields: Fields): string => {
  for (const name of LABELS) {
    const value = fields[name];
    const line = typeof value === 'string' ? value.trim().split('\n')[0] : undefined;
    if (line) return line.length > LONGEST_LABEL ? `${line.slice(0, LONGEST_LABEL)}…` : line;
  }
  return '';
};

/** Names a record: as it is, or as it was typed where it is not there (any more). */
export const subjectOf = (
  db: ReadableDb,
  entity: string,
  recordId: string,
  typed: Fields,
  knownCustomer: string | null = null,
): Subject => {
  const row = knownRow(db, entity, recordId);
  const fields: Fields = row && isKnown(entity) ? codecs[entity].decode(row) : typed;
  if (entity === 'fieldConflict' && typeof fields.recordId === 'string')
    return { ...subjectOf(db, String(fields.entity), fields.recordId, {}), entity, recordId };
  const own = entity === 'customer' ? recordId : (fields.customerId ?? knownCustomer);
  const customerId = typeof own === 'string' ? own : null;
  return {
    entity,
    recordId,
    customerId,
    customerName: (entity === 'customer' ? firstLine(fields) : customerNameOf(db, customerId)) || null,
    label: firstLine(fields),
    present: row?.deleted === 0,
  };
};

interface Changed {
  field: string;
  before: unknown;
  mine: unknown;
  theirs?: unknown;
}

/** What a change did to each field. `theirs`: the record as the server holds it, where it told. */
export const fieldsOf = (
  op: Operation,
  fields: Fields,
  before: Fields | null,
  theirs: Fields | null = null,
): Changed[] => {
  if (op === 'delete' || op === 'restore')
    return [{ field: 'deleted', before: before?.deleted ?? op === 'restore', mine: op === 'delete' }];
  return Object.entries(fields).map(([field, mine]) => ({
    field,
    before: before?.[field] ?? null,
    mine,
    ...(theirs && { theirs: theirs[field] ?? null }),
  }));
};

/** Names of the people of the book by their ids. */
export const nameOfUser = (db: ReadableDb, id: string | null): string | null =>
  (id && read<{ name: string }>(db, 'SELECT name FROM user WHERE id = ?').get(id)?.name) || null;
